"""How far one member, and the whole group, has come: values that are put into words elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalogue import Theory
from bot.domain.outline import Outline
from bot.domain.papers import Paper
from bot.domain.progress import Depth
from bot.domain.signups import SignupState

PAGE_SIZE = 5


@dataclass(frozen=True, slots=True)
class OwnSignup:
    """A member's live sign-up. ``until`` is when an offered seat goes to the next."""

    id: int
    paper_id: str
    state: SignupState
    due_at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaperProgress:
    """One paper of one member. ``taught`` counts the listeners who could then explain it."""

    theory: Theory
    paper: Paper
    depth: Depth | None = None
    done: frozenset[str] = frozenset()
    taught: int = 0
    changed_at: datetime | None = None
    signup: OwnSignup | None = None

    @property
    def percent(self) -> int:
        """How much of it is done, 0 to 100."""
        return Outline(self.paper.sections).percent(self.done, self.depth)

    @property
    def is_read(self) -> bool:
        """At *read* or deeper."""
        return self.depth is not None and self.depth.is_reader


@dataclass(frozen=True, slots=True)
class Overview:
    """One page of a member's own papers; ``page`` counts from 0 and ``total`` the papers.

    ``notices`` is how many private messages wait for the member.
    """

    papers: tuple[PaperProgress, ...]
    page: int
    total: int
    notices: int = 0

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member's reading looks like to others.

    ``papers`` is None where they keep it to themselves, and just so for somebody unknown.
    ``is_own`` says that the viewer looks at themselves.
    """

    user_id: int
    display_name: str | None = None
    papers: tuple[PaperProgress, ...] | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Finish:
    """A member read a paper for the first time. ``name`` only of those on the name board."""

    user_id: int
    paper_id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class BoardName:
    """Somebody on the name board, with the titles of what they finished this month."""

    name: str
    finished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """Totals of one server. Nobody is named but those who put themselves on the board.

    ``reading`` counts members with a paper in hand; ``readers`` and ``understanders`` are sums
    over the theories. ``finished`` maps the title of what was finished this week to how many
    finished it and which of them are named.
    """

    theories: int
    known: int
    met: int
    covered: int
    readers: int
    understanders: int
    reading: int
    open_signups: int
    waiting: int
    finished: Mapping[str, tuple[int, tuple[str, ...]]]
    board: tuple[BoardName, ...]

    @property
    def is_empty(self) -> bool:
        """Nobody has begun anything here."""
        return not (self.readers or self.reading or self.open_signups or self.waiting)


def tallied(
    finishes: Iterable[Finish], titles: Mapping[str, str]
) -> dict[str, tuple[int, tuple[str, ...]]]:
    """By title: how many finished it, and the names of those who may be named, in order.

    Titles stand in the order of the alphabet; a paper without a title is gone, and left out.
    """
    by_title: dict[str, list[str | None]] = {}
    for finish in finishes:
        if finish.paper_id in titles:
            by_title.setdefault(titles[finish.paper_id], []).append(finish.name)
    return {
        title: (len(who), tuple(sorted((n for n in who if n is not None), key=str.casefold)))
        for title, who in sorted(by_title.items(), key=lambda item: item[0].casefold())
    }


def in_order(papers: list[PaperProgress]) -> list[PaperProgress]:
    """What needs an answer first, then what is due soonest, what is begun, and what is read."""

    def rank(one: PaperProgress) -> tuple[int, float, float, str]:
        state = one.signup.state if one.signup else None
        due = one.signup.due_at.timestamp() if one.signup and one.signup.due_at else 0.0
        changed = one.changed_at.timestamp() if one.changed_at else 0.0
        if state is SignupState.OFFERED:
            group = 0
        elif state in (SignupState.OPEN, SignupState.PAUSED):
            group = 1
        elif one.is_read:
            group = 4
        else:
            group = 3 if state is SignupState.WAITING else 2
        return group, due, -changed, one.paper.id

    return sorted(papers, key=rank)
