"""What was known when, from the history of changes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.history import DepthChange, depths_at, month_of, week_of
from bot.domain.progress import Depth

START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
moments = st.integers(0, 50).map(lambda hours: START + timedelta(hours=hours))
changes = st.lists(
    st.builds(
        DepthChange,
        st.integers(1, 3),
        st.sampled_from(("a", "b")),
        st.none() | st.sampled_from(Depth),
        moments,
    )
).map(lambda found: sorted(found, key=lambda change: change.changed_at))


@given(changes, moments)
def test_the_last_change_of_a_member_and_paper_up_to_then_counts(
    found: list[DepthChange], moment: datetime
) -> None:
    last = {(c.user_id, c.paper_id): c.depth for c in found if c.changed_at <= moment}
    assert depths_at(found, moment) == {k: depth for k, depth in last.items() if depth is not None}


@given(changes, moments)
def test_what_happened_later_changes_nothing_about_then(
    found: list[DepthChange], moment: datetime
) -> None:
    until = [change for change in found if change.changed_at <= moment]
    assert depths_at(found, moment) == depths_at(until, moment)


@given(st.integers(0, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_a_week_begins_on_monday_and_a_month_on_its_first_day(moment: datetime) -> None:
    week, month = week_of(moment), month_of(moment)
    assert week <= moment < week + timedelta(days=7)
    assert week.isocalendar()[:2] == moment.isocalendar()[:2]
    assert week.isoweekday() == 1
    assert (month.year, month.month, month.day) == (moment.year, moment.month, 1)
    assert week.time() == month.time() == time()
