"""What a new version of the time-zone database changes: wall-clock times stay, instants move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.schedule.series import Occurrence


@dataclass(frozen=True, slots=True)
class Shifted:
    """A session whose instant is another one than had been planned: ``planned`` (aware, UTC)."""

    session: Occurrence
    planned: datetime


def agrees(session: Occurrence, planned: datetime) -> bool:
    """Whether a session still starts at the instant it was planned for."""
    return session.starts == planned


def shifted(
    sessions: Iterable[Occurrence], planned: Mapping[date, datetime], now: datetime
) -> tuple[Shifted, ...]:
    """The sessions still to come that start at another instant than planned, in their order.

    ``planned`` holds the instants worked out before, by original day; a session that is over by
    either reckoning is left as it was, and one that was never planned cannot have shifted.
    """
    return tuple(
        Shifted(session, planned[session.original])
        for session in sessions
        if session.original in planned
        and not agrees(session, planned[session.original])
        and min(session.starts, planned[session.original]) > now
    )
