"""Why a whole file cannot be imported: one class per rule, carrying fields, never prose."""

from __future__ import annotations

from bot.domain.errors import ClubError


class FileRefused(ClubError):
    """Base of what is wrong with a file as a whole; nothing of it is imported."""


class FileTooLarge(FileRefused):
    """A file has at most ``limit`` bytes and this one has ``size``."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(size, limit)
        self.size = size
        self.limit = limit


class FileKindUnknown(FileRefused):
    """The name does not end like one of the formats that are read."""


class FileNotText(FileRefused):
    """The bytes are no text in UTF-8, nor in UTF-16 with its mark at the beginning.

    ``line`` is where the first byte stands that is not (from 1).
    """

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class FileEmpty(FileRefused):
    """There is nothing in the file that could be an entry."""


class FileBroken(FileRefused):
    """The file ends or changes in the middle of something; ``line`` is where (from 1)."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class FileTooDeep(FileRefused):
    """Things are nested in one another more deeply than anybody writes them."""


class FileColumnsMissing(FileRefused):
    """The first row of a table names no column for the title."""


class TooManyColumns(FileRefused):
    """A table has at most ``limit`` columns and this one has ``count``."""

    def __init__(self, count: int, limit: int) -> None:
        super().__init__(count, limit)
        self.count = count
        self.limit = limit


class TooManyEntries(FileRefused):
    """A file has at most ``limit`` entries and this one has more."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class FileTooCostly(FileRefused):
    """Reading the file takes more time or memory than a file of this kind can need."""


class FileNotFetched(FileRefused):
    """Discord did not hand the file over."""
