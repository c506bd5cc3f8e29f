"""Which backups are kept, and that nothing else is touched."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.storage.backup import back_up, backups_of
from bot.storage.rotation import DAYS, WEEKS, kept, rotate
from tests.storage.builders import NOW

moments = st.integers(0, 150 * 24).map(lambda hours: NOW + timedelta(hours=hours))


@given(st.lists(moments, max_size=60))
def test_a_week_of_days_and_a_month_of_weeks_are_kept(made: list[datetime]) -> None:
    keep = kept(made)
    assert keep <= set(made)
    assert len(keep) <= DAYS + WEEKS
    if made:
        assert max(made) in keep
    days = sorted({at.date() for at in made}, reverse=True)[:DAYS]
    for day in days:
        assert max(at for at in made if at.date() == day) in keep
    weeks = sorted({at.isocalendar()[:2] for at in made}, reverse=True)[:WEEKS]
    for week in weeks:
        assert max(at for at in made if at.isocalendar()[:2] == week) in keep


@given(st.lists(moments, max_size=40))
def test_keeping_twice_keeps_the_same(made: list[datetime]) -> None:
    assert kept(kept(made)) == kept(made)


def test_sixty_daily_copies_leave_ten_or_eleven(prepared: Path) -> None:
    folder = prepared.parent / "backups"
    back_up(prepared, "0004", NOW)
    (original,) = folder.iterdir()
    for day in range(1, 60):
        at = NOW + timedelta(days=day)
        (folder / original.name.replace("20260105", at.strftime("%Y%m%d"))).touch()
    (folder / "notes.txt").touch()
    rotate(prepared)
    assert 9 <= len(backups_of(prepared)) <= 11
    assert (folder / "notes.txt").exists()
    assert rotate(prepared) == ()
