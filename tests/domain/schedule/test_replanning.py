"""A newer time-zone database may move the instants of sessions: which, is told."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.schedule import Occurrence, Shifted, agrees, occurrences, shifted
from bot.zone_database import pin_zones
from tests.domain.schedule.builders import TUE, series, utc

pin_zones()

NOW = utc(2026, 10, 20)
HOUR = timedelta(hours=1)


def vancouver() -> tuple[Occurrence, ...]:
    """Up to 2025b Vancouver put its clocks back on 2026-11-01; later versions do not."""
    return occurrences(series(TUE, zone="America/Vancouver"), {}, since=utc(2026, 10, 7), limit=7)


def as_planned_with_2025b() -> list[Occurrence]:
    return [s for s in vancouver() if s.starts > utc(2026, 11, 1)]


def test_sessions_after_a_change_of_clocks_that_was_called_off_have_shifted() -> None:
    sessions = vancouver()
    called_off = as_planned_with_2025b()
    planned = {s.original: s.starts + HOUR * (s in called_off) for s in sessions}
    assert len(called_off) == 3
    assert shifted(sessions, planned, NOW) == tuple(Shifted(s, s.starts + HOUR) for s in called_off)


def test_what_agrees_has_not_shifted() -> None:
    sessions = vancouver()
    assert shifted(sessions, {s.original: s.starts for s in sessions}, NOW) == ()
    assert agrees(sessions[0], sessions[0].starts)
    assert not agrees(sessions[0], sessions[0].starts + HOUR)


def test_what_is_over_by_either_reckoning_and_what_was_never_planned_is_left() -> None:
    (session, *_) = vancouver()
    planned = {session.original: session.starts + HOUR}
    assert shifted([session], planned, session.starts - HOUR) != ()
    assert shifted([session], planned, session.starts + HOUR / 2) == ()
    assert shifted([session], {}, session.starts - HOUR) == ()
