"""A round of splitting: what is split, by which measure, until when, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.living import LivingMessage, MessageTrouble
from bot.domain.rounds.errors import DeadlineImpossible, TermOutOfRange, TermsContradict

MOST_ITEMS = 25
"""Papers or theories of one round: as many as a menu of Discord's takes."""
EACH = range(1, 11)
HOURS = range(1, 41)
WEEKS = range(1, 27)
SLACKS = (0, 2, 5)
"""How much of the coverage gained may go to wishes, in percent."""
DEFAULT_EACH, DEFAULT_WEEKS = 2, 6
TIME_TO_ANSWER = timedelta(weeks=1)
LONGEST_COLLECTING = timedelta(days=90)


class RoundState(StrEnum):
    """How far a round has come. A closed one was called off, or a newer one took its place."""

    COLLECTING = "collecting"
    PUBLISHED = "published"
    CLOSED = "closed"


class RoundUnit(StrEnum):
    """What the members are given: theories, each by its first primary paper, or single papers."""

    THEORIES = "theories"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Terms:
    """The measure of a round: papers for each member, or hours a week, over some weeks.

    One of ``each`` and ``hours_a_week`` is None. Raises TermsContradict, TermOutOfRange.
    """

    unit: RoundUnit = RoundUnit.THEORIES
    each: int | None = None
    hours_a_week: int | None = None
    weeks: int = DEFAULT_WEEKS

    def __post_init__(self) -> None:
        if (self.each is None) == (self.hours_a_week is None):
            raise TermsContradict
        for term, value, numbers in (
            ("each", self.each, EACH),
            ("hours", self.hours_a_week, HOURS),
            ("weeks", self.weeks, WEEKS),
        ):
            if value is not None and value not in numbers:
                raise TermOutOfRange(term, numbers)

    @property
    def usual(self) -> int:
        """Papers, or hours a week, for a member who says no number of their own."""
        usual = self.each if self.hours_a_week is None else self.hours_a_week
        assert usual is not None
        return usual

    @property
    def numbers(self) -> range:
        """What a member may say for themselves; nothing at all is possible too."""
        return range((EACH if self.hours_a_week is None else HOURS)[-1] + 1)

    @property
    def time_to_read(self) -> timedelta:
        """How long the round lasts once it is published."""
        return timedelta(weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of one server.

    ``fingerprint`` is that of the problem whose split was last shown to an organiser; only what
    was shown is published. ``slack`` is None until an organiser chooses one, ``keeps`` whether a
    change after publishing may move no promise at all.
    """

    id: int
    guild_id: int
    state: RoundState
    terms: Terms
    items: tuple[str, ...]
    started_by: int | None
    created_at: datetime
    deadline_at: datetime
    published_at: datetime | None
    slack: int | None
    keeps: bool
    fingerprint: str | None
    channel_id: int
    message_id: int | None
    posted_at: datetime | None
    edited_at: datetime | None
    shown: str | None
    trouble: MessageTrouble | None

    @property
    def is_live(self) -> bool:
        """Whether it goes on: wishes are collected, or its papers are being read."""
        return self.state is not RoundState.CLOSED

    @property
    def due_at(self) -> datetime:
        """When what was published is to be read; before that, when it would be."""
        return (self.published_at or self.deadline_at) + self.terms.time_to_read

    @property
    def message(self) -> LivingMessage:
        """The round's panel in its channel."""
        return LivingMessage(
            f"split {self.id}",
            f":split-mine:{self.id}",
            self.guild_id,
            self.channel_id,
            self.message_id,
            self.posted_at,
            self.shown,
            self.trouble,
        )


def checked_deadline(deadline: datetime, now: datetime) -> datetime:
    """The deadline itself; DeadlineImpossible when it is past or too far ahead."""
    if not now < deadline <= now + LONGEST_COLLECTING:
        raise DeadlineImpossible
    return deadline
