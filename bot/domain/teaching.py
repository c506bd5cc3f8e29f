"""Explaining papers to each other: offers, what listeners say, and asking for an explanation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.catalogue import Theory
from bot.domain.errors import ClubError
from bot.domain.notes import LONGEST_NOTE, NoteEmpty, clean_text
from bot.domain.progress import Depth

# An offer to which nobody has said anything for so long is over.
OFFER_STANDS = timedelta(days=14)
# One member asks another for the same paper at most this often.
ASK_AGAIN_AFTER = timedelta(weeks=1)
LONGEST_STEP = 300
# Names that one answer holds.
MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class TeachOffer:
    """A member's offer to explain a paper in a quarter of an hour.

    ``active_at`` is when it was made or when a listener last said something to it.
    """

    id: int
    guild_id: int
    user_id: int
    paper_id: str
    offered_at: datetime
    closed_at: datetime | None
    active_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether listeners may still say how it went."""
        return self.closed_at is None and now < self.active_at + OFFER_STANDS


@dataclass(frozen=True, slots=True)
class Explainer:
    """A member who can explain ``paper_id``, which they know to ``depth``."""

    user_id: int
    name: str
    paper_id: str
    depth: Depth


@dataclass(frozen=True, slots=True)
class Explainers:
    """Who can explain a theory, in the order of their names.

    ``more`` others are left out. ``explains`` is whether the asker lets others ask them: None
    where they know the theory too little for the question to arise.
    """

    theory: Theory
    people: tuple[Explainer, ...]
    more: int = 0
    explains: bool | None = None


class NotReadYet(ClubError):
    """Only who has read a paper can offer to explain it."""


class OfferStands(ClubError):
    """The member has an open offer for the paper: ``offer``."""

    def __init__(self, offer: TeachOffer) -> None:
        super().__init__(offer.id)
        self.offer = offer


class OfferClosed(ClubError):
    """The offer is over; nothing is recorded to it any more."""


class OffererOnly(ClubError):
    """Only the member who made an offer, or an organiser, may close it."""


class OwnExplanation(ClubError):
    """Nobody confirms their own explanation."""


class HeardAlready(ClubError):
    """The listener's word is recorded; ``clear`` is whether they could now explain it."""

    def __init__(self, *, clear: bool) -> None:
        super().__init__(clear)
        self.clear = clear


class StepMissing(ClubError):
    """The listener did not say which step was unclear."""


class AskedAlready(ClubError):
    """The member was asked for that paper not long ago; again from ``again_at`` on."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at)
        self.again_at = again_at


def step_of(text: str) -> str:
    """The unclear step a listener names, on one line of at most LONGEST_STEP characters.

    Raises StepMissing when there are no words.
    """
    try:
        step = " ".join(clean_text(text[:LONGEST_NOTE]).split())
    except NoteEmpty:
        raise StepMissing from None
    return step[:LONGEST_STEP].rstrip()


def explainers(
    theory: Theory, able: Iterable[Explainer], asker_id: int, *, asker_explains: bool
) -> Explainers:
    """Who of ``able`` is named to the asker: each once, by name, for the paper known best.

    ``able`` are members who may be asked, and the asker if they know a paper well enough,
    with a row for each paper.
    """
    order = {paper_id: place for place, paper_id in enumerate(theory.counting_ids)}
    best: dict[int, Explainer] = {}
    for one in able:
        known = best.get(one.user_id)
        if known is None or _knows_better(one, known, order):
            best[one.user_id] = one
    could = best.pop(asker_id, None) is not None
    named = sorted(best.values(), key=lambda one: (one.name.casefold(), one.user_id))
    return Explainers(
        theory,
        tuple(named[:MOST_NAMES]),
        more=max(0, len(named) - MOST_NAMES),
        explains=asker_explains if could else None,
    )


def _knows_better(one: Explainer, other: Explainer, order: Mapping[str, int]) -> bool:
    return (one.depth, -order[one.paper_id]) > (other.depth, -order[other.paper_id])


def best_explained(theory: Theory, depths: Mapping[str, Depth]) -> str | None:
    """The primary paper of the theory that a member could explain best; None for none.

    It takes *almost understood* or better.
    """
    known = [
        paper for paper in theory.counting_ids if paper in depths and depths[paper].is_understander
    ]
    return max(known, key=lambda paper: depths[paper], default=None)
