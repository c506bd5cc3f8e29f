"""What a member can do wrong: one class per rule, carrying fields, never prose.

Errors that belong to one capability stand in its own module. The words a member reads for each
of them stand in ``bot.render.refusals``.
"""

from __future__ import annotations


class ClubError(Exception):
    """Base of everything a member can mend by acting differently."""


class TheoryUnknown(ClubError):
    """Nothing in the catalogue is near ``query``; ``nearest`` are the slugs that come closest.

    The query is a member's own words, so it stays out of what a traceback would show.
    """

    def __init__(self, query: str, nearest: tuple[str, ...]) -> None:
        super().__init__(nearest)
        self.query = query
        self.nearest = nearest


class TopicUnknown(ClubError):
    """No topic and no prerequisite of the catalogue is called that."""


class PaperUnknown(ClubError):
    """No work of the catalogue is meant by those words."""


class CannotSave(ClubError):
    """The database takes nothing more, its disk is full or fails; what is there can be read."""


class NotFound(ClubError):
    """There is no such thing for this member here: gone, somebody else's, or another server's.

    One and the same answer for all three, so that nobody learns which.
    """


class StaleControl(ClubError):
    """A button or menu of an older version was pressed, or one whose subject is gone."""


class CatalogueError(Exception):
    """A shipped catalogue file cannot be used; it stops the start.

    ``file`` is the file's name, ``key`` the dotted place inside it (empty when the
    whole file is at fault) and ``problem`` what is wrong, in one sentence.
    """

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(file, key, problem)
        self.file = file
        self.key = key
        self.problem = problem

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.problem}"
