"""Laying the sections of papers over the sessions of a club."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.papers import Section
from bot.domain.plan import (
    MOST_HOURS,
    MOST_PARTS,
    HoursOutOfRange,
    NoSessionToPlan,
    NothingToPlan,
    Part,
    Plan,
    PlanTooLong,
    Reading,
    Shift,
    Sitting,
    budget,
    difference,
    lay,
    replan,
)
from bot.domain.schedule import Recurrence

MONDAY = date(2026, 3, 2)


def weeks(count: int, first: date = MONDAY) -> list[date]:
    return [first + timedelta(weeks=n) for n in range(count)]


def reading(paper_id: str, sections: int, hours: float) -> Reading:
    ids = (str(n) for n in range(1, sections + 1))
    return Reading(paper_id, tuple(Section(one, f"Section {one}") for one in ids), hours)


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, ...]:
    papers = draw(st.integers(1, 3))
    return tuple(
        reading(f"paper-{n}", draw(st.integers(1, 9)), draw(st.integers(1, 60)) / 4)
        for n in range(papers)
    )


def parts_of(plan: Plan) -> list[Part]:
    return [part for sitting in plan.sittings for part in sitting.parts]


def minutes_of(parts: Sequence[Part]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for part in parts:
        found[part.key] += part.minutes
    return dict(found)


def keys(papers: Sequence[Reading]) -> list[tuple[str, str]]:
    return [(paper.paper_id, section.id) for paper in papers for section in paper.sections]


@given(readings(), st.integers(1, 40), st.integers(30, 600))
def test_every_section_comes_once_in_order_with_all_its_time(
    papers: tuple[Reading, ...], count: int, minutes: int
) -> None:
    plan = lay(papers, weeks(count), minutes)
    parts = [*parts_of(plan), *plan.left]
    assert list(dict.fromkeys(part.key for part in parts)) == keys(papers)
    assert len({(part.key, part.number) for part in parts}) == len(parts)
    time_of_paper: dict[str, int] = defaultdict(int)
    for (paper_id, _), length in minutes_of(parts).items():
        time_of_paper[paper_id] += length
    assert time_of_paper == {
        one.paper_id: max(len(one.sections), round(one.hours * 60)) for one in papers
    }


@given(readings(), st.integers(1, 40), st.integers(30, 600))
def test_no_session_is_above_the_budget_and_none_in_between_is_empty(
    papers: tuple[Reading, ...], count: int, minutes: int
) -> None:
    sessions = weeks(count)
    plan = lay(papers, sessions, minutes)
    assert all(0 < sitting.minutes <= minutes for sitting in plan.sittings)
    used = [sitting.session for sitting in plan.sittings]
    assert [*used, *plan.free] == sessions
    assert not (plan.left and plan.free)


@given(readings(), st.integers(1, 40), st.integers(30, 600))
def test_only_a_section_longer_than_a_budget_is_split_and_into_as_few_as_can_be(
    papers: tuple[Reading, ...], count: int, minutes: int
) -> None:
    plan = lay(papers, weeks(count), minutes)
    parts = [*parts_of(plan), *plan.left]
    length = minutes_of(parts)
    for part in parts:
        assert part.of == -(-length[part.key] // minutes)
    assert set(plan.split) == {key for key, total in length.items() if total > minutes}
    for key in plan.split:
        own = [part for part in parts if part.key == key]
        assert [part.number for part in own] == list(range(1, len(own) + 1))
        assert max(p.minutes for p in own) - min(p.minutes for p in own) <= 1


def runs(lengths: Sequence[int], groups: int) -> list[list[int]]:
    """The sums of every way to cut ``lengths`` into so many runs."""
    found = []
    for cuts in combinations(range(1, len(lengths)), groups - 1):
        ends = (0, *cuts, len(lengths))
        found.append([sum(lengths[a:b]) for a, b in pairwise(ends)])
    return found


@given(st.lists(st.integers(1, 12), min_size=1, max_size=9), st.integers(12, 40))
def test_the_sessions_are_as_few_and_as_even_as_they_can_be(
    quarters: list[int], minutes: int
) -> None:
    papers = [reading(f"paper-{n}", 1, quarter / 60) for n, quarter in enumerate(quarters)]
    plan = lay(papers, weeks(20), minutes)
    possible = {
        groups: [run for run in runs(quarters, groups) if max(run) <= minutes]
        for groups in range(1, len(quarters) + 1)
    }
    fewest = min(groups for groups, found in possible.items() if found)
    assert len(plan.sittings) == fewest
    least = min(sum(n * n for n in run) for run in possible[fewest])
    assert sum(sitting.minutes**2 for sitting in plan.sittings) == least


@given(readings(), st.integers(1, 8), st.integers(30, 300))
def test_too_few_sessions_take_as_much_as_fits_and_the_rest_is_said(
    papers: tuple[Reading, ...], count: int, minutes: int
) -> None:
    plan = lay(papers, weeks(count), minutes)
    whole = lay(papers, weeks(400), minutes)
    assert not whole.left
    assert bool(plan.left) is (len(whole.sittings) > count)
    if plan.left:
        # One more part would need one more session.
        longer = [*(p.minutes for p in parts_of(plan)), plan.left[0].minutes]
        assert fewest_sessions(tuple(longer), minutes) == count + 1


@cache
def fewest_sessions(lengths: tuple[int, ...], minutes: int) -> int:
    if not lengths:
        return 0
    return min(
        1 + fewest_sessions(lengths[end:], minutes)
        for end in range(1, len(lengths) + 1)
        if sum(lengths[:end]) <= minutes
    )


def test_a_plan_for_two_papers_as_a_group_would_make_it() -> None:
    plan = lay([reading("a", 3, 6.0), reading("b", 2, 2.0)], weeks(6), 180)
    assert [[part.key for part in sitting.parts] for sitting in plan.sittings] == [
        [("a", "1")], [("a", "2")], [("a", "3")], [("b", "1"), ("b", "2")],
    ]  # fmt: skip
    assert plan.free == tuple(weeks(6)[len(plan.sittings) :])
    assert plan.budget == 180


def test_the_same_paper_is_laid_once() -> None:
    twice = lay([reading("a", 2, 2.0), reading("a", 2, 2.0)], weeks(6), 60)
    assert twice == lay([reading("a", 2, 2.0)], weeks(6), 60)


def test_what_cannot_be_planned_is_refused() -> None:
    with pytest.raises(NothingToPlan):
        lay([], weeks(3), 60)
    with pytest.raises(NothingToPlan):
        lay([Reading("empty", (), 3.0)], weeks(3), 60)
    with pytest.raises(NoSessionToPlan):
        lay([reading("a", 2, 2.0)], [], 60)
    with pytest.raises(PlanTooLong) as refused:
        lay([reading("a", 1, 10.0)], weeks(3), 1)
    assert (refused.value.count, refused.value.most) == (600, MOST_PARTS)


@given(readings(), st.integers(2, 30), st.integers(30, 400), st.integers(30, 400), st.data())
def test_a_new_plan_keeps_what_was_held_and_lays_every_other_minute_again(
    papers: tuple[Reading, ...], count: int, minutes: int, later: int, data: st.DataObject
) -> None:
    old = lay(papers, weeks(count), minutes)
    sessions = [sitting.session for sitting in old.sittings]
    passed = data.draw(st.integers(0, len(sessions)))
    held = data.draw(st.sets(st.sampled_from(sessions[:passed]))) if passed else set()
    coming = weeks(400, sessions[-1] + timedelta(weeks=1))
    kept = tuple(one for one in old.sittings if one.session in held)
    total = minutes_of([*parts_of(old), *old.left])
    try:
        new = replan(old.sittings, held, papers, coming, later)
    except NothingToPlan:
        assert minutes_of([p for one in kept for p in one.parts]) == total
        return
    assert new.sittings[: len(kept)] == kept
    assert minutes_of([*parts_of(new), *new.left]) == total
    assert all(one.minutes <= later for one in new.sittings[len(kept) :])
    fresh = [part.key for one in new.sittings[len(kept) :] for part in one.parts]
    order = keys(papers)
    assert fresh == sorted(fresh, key=order.index)


def test_the_rest_of_a_split_section_goes_on_counting() -> None:
    paper = [reading("a", 1, 4.0)]
    old = lay(paper, weeks(4), 60)
    new = replan(old.sittings, {weeks(4)[0]}, paper, weeks(4)[1:], 90)
    assert [(p.minutes, p.number, p.of) for p in parts_of(new)] == [
        (60, 1, 4), (90, 2, 3), (90, 3, 3),
    ]  # fmt: skip


def test_a_section_that_was_read_in_a_piece_is_done_whatever_the_hours_say_since() -> None:
    old = lay([reading("a", 2, 2.0)], weeks(4), 60)
    new = replan(old.sittings, {MONDAY}, [reading("a", 2, 4.0)], weeks(4)[1:], 120)
    assert [part.section_id for part in parts_of(new)] == ["1", "2"]
    assert new.sittings[1].minutes == 120


@given(readings(), st.integers(30, 400), st.integers(30, 400))
def test_the_difference_turns_the_old_sessions_of_each_section_into_the_new_ones(
    papers: tuple[Reading, ...], minutes: int, later: int
) -> None:
    old = lay(papers, weeks(300), minutes).sittings
    new = lay(papers[::-1], weeks(300), later).sittings
    found = difference(old, new)

    def sessions(sittings: Sequence[Sitting]) -> dict[tuple[str, str], list[date]]:
        by_key: dict[tuple[str, str], list[date]] = defaultdict(list)
        for sitting in sittings:
            for part in sitting.parts:
                by_key[part.key].append(sitting.session)
        return by_key

    changed = sessions(old)
    for shift in found:
        assert tuple(changed[shift.paper_id, shift.section_id]) == shift.before != shift.after
        changed[shift.paper_id, shift.section_id] = list(shift.after)
    assert changed == sessions(new)
    assert difference(new, new) == ()


def test_a_section_that_is_new_or_dropped_has_no_session_on_one_side() -> None:
    old = lay([reading("a", 1, 1.0)], weeks(1), 60).sittings
    new = lay([reading("b", 1, 1.0)], weeks(1), 60).sittings
    assert difference(old, new) == (
        Shift("b", "1", (), (MONDAY,)),
        Shift("a", "1", (MONDAY,), ()),
    )


@pytest.mark.parametrize(
    ("recurrence", "minutes"),
    [
        (Recurrence((1,), time(18)), 180),
        (Recurrence((1,), time(18), every=2), 360),
        (Recurrence((1, 3), time(18)), 90),
        (Recurrence((1,), time(18), ordinals=(1,)), 783),
        (Recurrence((1,), time(18), every=2, ordinals=(1, 3)), 783),
    ],
)
def test_a_budget_is_the_time_between_two_sessions(recurrence: Recurrence, minutes: int) -> None:
    assert budget(recurrence, 3.0) == minutes


@pytest.mark.parametrize("hours", [0.0, -1.0, MOST_HOURS + 0.1, float("nan"), float("inf")])
def test_hours_a_week_are_some_and_not_too_many(hours: float) -> None:
    with pytest.raises(HoursOutOfRange):
        budget(Recurrence((1,), time(18)), hours)


def test_the_least_time_is_a_minute() -> None:
    assert budget(Recurrence((1,), time(18)), 0.001) == 1


def test_the_longest_plan_is_laid() -> None:
    plan = lay([reading("long", MOST_PARTS, 500.0)], weeks(MOST_PARTS), 60 * 60)
    assert len(plan.sittings) == 9
