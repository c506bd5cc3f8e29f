"""What a member wants of a round, and putting what they sent in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

FIRST_POINTS, ALSO_POINTS = 100, 85
MOST_ALSO = 2


@dataclass(frozen=True, slots=True)
class Wishes:
    """A first choice, up to two others wanted alike, and what they rather not read at all."""

    first: str | None = None
    also: tuple[str, ...] = ()
    rather_not: frozenset[str] = frozenset()

    @property
    def points(self) -> dict[str, int]:
        """The points of each paper that is wanted; the rest stands in the middle."""
        points = dict.fromkeys(self.also, ALSO_POINTS)
        return points if self.first is None else points | {self.first: FIRST_POINTS}

    def place(self, paper_id: str) -> int | None:
        """1 for the first choice, 2 for what is also wanted, None for everything else."""
        if paper_id == self.first:
            return 1
        return 2 if paper_id in self.also else None


@dataclass(frozen=True, slots=True)
class Answer:
    """One member's answer. ``amount`` is their own number of papers, or of hours a week.

    ``most`` is set when they found it too much: no more papers than that in this round.
    """

    wishes: Wishes = Wishes()
    amount: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came: ids nobody has checked, and the number as it was typed."""

    first: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    rather_not: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What a form comes to.

    ``read`` are papers to be logged as read. ``dropped`` are wishes for papers that the member
    avoids or has read, or that came twice; ``unknown`` counts those that take no part.
    ``amount_unclear`` says that the number was none: everything else is kept.
    """

    answer: Answer
    read: tuple[str, ...]
    dropped: tuple[str, ...] = ()
    unknown: int = 0
    amount_unclear: bool = False
    leaves_nothing: bool = False


def tidied(sent: Sent, items: Collection[str], numbers: range) -> Tidied:
    """The form in order: a veto and what is read weigh more than a wish, the first place most.

    ``items`` are the papers of the round and ``numbers`` the amounts that may be said.
    """
    fields = (sent.first[:1], sent.also, sent.rather_not, sent.read)
    unknown = sum(each not in items for field in fields for each in field)
    read = _unique(each for each in sent.read if each in items)
    rather_not = frozenset(each for each in sent.rather_not if each in items)
    wanted = [each for each in (*sent.first[:1], *sent.also) if each in items]
    kept = _unique(each for each in wanted if each not in rather_not and each not in read)
    first = kept[0] if kept and kept[0] in sent.first[:1] else None
    also = tuple(each for each in kept if each != first)[:MOST_ALSO]
    dropped = _unique(each for each in wanted if each not in (first, *also))
    amount, unclear = _amount(sent.amount, numbers)
    return Tidied(
        Answer(Wishes(first, also, rather_not), amount),
        read,
        dropped,
        unknown,
        unclear,
        leaves_nothing=not set(items) - rather_not - set(read) or amount == 0,
    )


def _amount(typed: str, numbers: range) -> tuple[int | None, bool]:
    text = typed.strip()
    if not text:
        return None, False
    if text.isascii() and text.isdecimal() and len(text) <= 4 and int(text) in numbers:
        return int(text), False
    return None, True


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
