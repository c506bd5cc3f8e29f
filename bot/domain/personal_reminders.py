"""What one member is reminded of: what is left to read, and notices on their way to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.domain.club_reminders import SessionReminder
from bot.domain.notices import Notice, NoticeKind
from bot.domain.progress import Depth
from bot.domain.reminders import CHANNEL, Planned, ReminderKind
from bot.domain.rounds import Round
from bot.domain.sessions import SessionReading

NO_CLUB = 0
"""The club of deliveries that are about none."""

NOTICE_KEY = "notice:"
"""What the key of a notice's delivery begins with; its id follows."""

SPLIT_LEAD = timedelta(hours=24)
"""So long before the time to answer a split ends, its channel is told."""

# What has no expiry of its own is worth a direct message so long; then it waits to be seen.
_NOTICE_USEFUL = timedelta(days=7)
_SPLIT_KEY = "split:"
_KINDS = {
    NoticeKind.SEAT_OFFERED: ReminderKind.OFFER,
    NoticeKind.SEAT_ASSIGNED: ReminderKind.OFFER,
    NoticeKind.CHECK_IN: ReminderKind.CHECK_IN,
}


class ReadingState(Enum):
    """How far a member is with what a session reads. Who is done is told nothing."""

    NOT_STARTED = auto()
    BEHIND = auto()
    PRESENTING = auto()


@dataclass(frozen=True, slots=True)
class ReadBy:
    """*Read this by then*: the session, and what of its readings is left to one member."""

    session: SessionReminder
    left: tuple[SessionReading, ...]
    state: ReadingState


@dataclass(frozen=True, slots=True)
class SplitEnding:
    """The time to answer a split is over soon; ``count`` members are in."""

    round: Round
    count: int


@dataclass(frozen=True, slots=True)
class OwnProgress:
    """A member's depths, and the sections they have done, by the paper's id."""

    depths: Mapping[str, Depth]
    sections: Mapping[str, Collection[str]]

    def has_read(self, reading: SessionReading) -> bool:
        """Whether all that a session reads of a paper is done."""
        depth = self.depths.get(reading.paper_id)
        if depth is not None and depth.is_reader:
            return True
        done = self.sections.get(reading.paper_id, ())
        return bool(reading.section_ids) and set(reading.section_ids) <= set(done)

    def left_of(self, readings: Iterable[SessionReading]) -> tuple[SessionReading, ...]:
        """What is not done yet; of a paper read in parts, the sections that are not."""
        left = []
        for one in readings:
            if not self.has_read(one):
                done = self.sections.get(one.paper_id, ())
                sections = tuple(section for section in one.section_ids if section not in done)
                left.append(SessionReading(one.paper_id, sections))
        return tuple(left)

    def state(self, readings: Collection[SessionReading], *, presents: bool) -> ReadingState | None:
        """How far the member is; None when nothing is left, or there was nothing to read."""
        left = self.left_of(readings)
        if not left:
            return None
        if presents:
            return ReadingState.PRESENTING
        begun = any(
            self.sections.get(one.paper_id)
            or self.depths.get(one.paper_id, Depth.SIGNED_UP) >= Depth.READING
            for one in readings
        )
        return ReadingState.BEHIND if begun else ReadingState.NOT_STARTED


def notice_planned(notice: Notice, now: datetime) -> Planned:
    """A notice as a direct message to its member, now."""
    kind = _KINDS.get(notice.kind, ReminderKind.NOTICE)
    deadline = notice.expires_at or now + _NOTICE_USEFUL
    user_id, key = notice.user_id, f"{NOTICE_KEY}{notice.id}"
    return Planned(
        notice.guild_id, NO_CLUB, key, kind, 0, user_id, user_id, now, deadline
    )  # fmt: skip


def notice_of(planned: Planned) -> int | None:
    """The id of the notice that a delivery tells; None for any other."""
    return _subject(planned, NOTICE_KEY)


def split_planned(found: Round) -> Planned:
    """Tells a round's channel that the time to answer is over soon."""
    return Planned(
        found.guild_id, NO_CLUB, f"{_SPLIT_KEY}{found.id}", ReminderKind.SPLIT_ENDS, 0, CHANNEL,
        found.channel_id, found.deadline_at - SPLIT_LEAD, found.deadline_at,
    )  # fmt: skip


def split_of(planned: Planned) -> int | None:
    """The id of the round whose end a delivery tells of; None for any other."""
    return _subject(planned, _SPLIT_KEY)


def _subject(planned: Planned, begins: str) -> int | None:
    is_it = planned.club_id == NO_CLUB and planned.key.startswith(begins)
    return int(planned.key.removeprefix(begins)) if is_it else None
