from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage import (
    Change,
    Completion,
    Consent,
    History,
    Reading,
    Snapshot,
    Standing,
    Taught,
    TheoryCoverage,
    at_risk,
    distance,
    survey,
    trend,
    unlike,
    week_ends,
)
from bot.domain.progress import Depth
from tests.domain.communities import NOW, PAPERS, THEORIES, matrix, read, readings, snapshot

WEIGHTS = np.array([0.0, 0.0, 0.0, 0.5, 0.8, 1.0])  # by rank + 1


@given(readings, st.integers(1, 4))
def test_every_number_is_that_of_an_independent_computation(
    rows: list[Reading], target: int
) -> None:
    found = survey(snapshot(*rows, target=target), THEORIES)
    best = matrix(rows)
    readers, understanders = (best >= 2).sum(axis=0), (best >= 3).sum(axis=0)
    assert [s.tally.readers for s in found.theories] == readers.tolist()
    assert [s.tally.understanders for s in found.theories] == understanders.tolist()
    for depth in Depth:
        assert [s.tally.at(depth) for s in found.theories] == (best == depth.rank).sum(
            axis=0
        ).tolist()
    assert found.known == (readers >= 1).sum()
    assert found.met == (readers >= target).sum()
    assert found.covered == (understanders >= target).sum()
    assert found.readers == (best >= 2).any(axis=1).sum()
    held = WEIGHTS[best + 1].sum(axis=0)
    shares = held[held > 0] / max(held.sum(), 1e-12)
    assert found.effective(0) == len(shares)
    assert found.effective(1) == pytest.approx(
        np.exp(-(shares * np.log(shares)).sum()) if len(shares) else 0
    )
    assert found.effective(2) == pytest.approx(1 / (shares**2).sum() if len(shares) else 0)
    assert found.explained() == pytest.approx((1 - 0.4**readers).sum())
    assert found.share(["a"]) == pytest.approx(held[0] / held.sum() if held.sum() else 0)
    common = (best >= 2).T.astype(int) @ (best >= 2).astype(int)
    slugs = [theory.slug for theory in THEORIES]
    expected = {
        (slugs[i], slugs[j]): common[i, j]
        for i in range(5)
        for j in range(i + 1, 5)
        if common[i, j]
    }
    assert found.pairs == expected


@given(readings, st.randoms())
def test_the_order_of_readings_does_not_matter(rows: list[Reading], rng: object) -> None:
    shuffled = list(rows)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis has no type for it
    assert survey(snapshot(*shuffled), THEORIES) == survey(snapshot(*rows), THEORIES)


@given(readings)
def test_there_are_no_more_pairs_than_theories_allow(rows: list[Reading]) -> None:
    found = survey(snapshot(*rows), THEORIES)
    assert len(found.pairs) <= found.known * (found.known - 1) // 2 <= found.possible_pairs == 10


def test_two_primary_papers_make_one_reader_at_the_deeper_depth() -> None:
    found = survey(snapshot(read(1, "a1"), read(1, "a2", Depth.UNDERSTOOD)), THEORIES)
    assert found.theories[0].tally.members == {Depth.UNDERSTOOD: 1}


def test_a_paper_that_is_not_primary_counts_for_itself_only() -> None:
    assert survey(snapshot(read(1, "a3", Depth.UNDERSTOOD)), THEORIES).is_empty


def test_signing_up_is_seen_but_makes_nobody_a_reader() -> None:
    found = survey(snapshot(read(1, "b1", Depth.SIGNED_UP)), THEORIES)
    assert not found.is_empty
    assert (found.known, found.readers, found.effective()) == (0, 0, 0)


def test_who_taught_counts_once_however_often() -> None:
    taught = [
        Taught(1, "a1", NOW),
        Taught(1, "a2", NOW),
        Taught(2, "a1", NOW),
        Taught(1, "a3", NOW),
    ]
    found = survey(snapshot(read(1, "a1"), taught=taught), THEORIES)
    assert [state.taught for state in found.theories] == [2, 0, 0, 0, 0]
    assert found.taught == 1


def test_the_last_evidence_is_what_was_logged_or_confirmed_last() -> None:
    rows = (read(1, "a1", days_ago=9), read(2, "a1", days_ago=5), read(3, "a1", Depth.READING, 1))
    assert survey(snapshot(*rows), THEORIES).theories[0].last_evidence == NOW - timedelta(days=5)
    heard = Taught(1, "a1", NOW - timedelta(days=2))
    found = survey(snapshot(*rows, taught=[heard]), THEORIES)
    assert found.theories[0].last_evidence == heard.heard_at
    assert found.theories[1].last_evidence is None


@pytest.mark.parametrize(
    ("readers", "understanders", "standing"),
    [(0, 0, "gap"), (1, 1, "known"), (2, 0, "met"), (2, 2, "covered"), (5, 1, "met")],
)
def test_a_theory_stands_as_far_as_readers_and_understanders_bring_it(
    readers: int, understanders: int, standing: str
) -> None:
    assert TheoryCoverage("a", readers, understanders, 2).standing is Standing(standing)


def test_the_completion_rate_is_the_groups_own_once_ten_sign_ups_ended() -> None:
    assert Completion(9, 9).rate == 0.6
    assert Completion(3, 10).rate == 0.3


@given(readings)
def test_the_trend_ends_where_the_community_is(rows: list[Reading]) -> None:
    changes = [Change(row.user_id, row.paper_id, row.depth, row.updated_at) for row in rows]
    changes.sort(key=lambda change: change.changed_at)
    (point,) = trend(History(tuple(changes), {}), THEORIES, 2, [NOW])
    now = survey(snapshot(*rows), THEORIES)
    assert (point.known, point.met, point.covered) == (now.known, now.met, now.covered)
    assert point.effective == pytest.approx(now.effective())


steps = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(PAPERS), st.sampled_from([*Depth, None])),
    max_size=25,
)


@given(steps, st.dictionaries(st.integers(1, 3), st.integers(0, 25), max_size=2))
def test_every_point_of_the_trend_is_a_replay_of_the_history(
    history: list[tuple[int, str, Depth | None]], left: dict[int, int]
) -> None:
    start = NOW - timedelta(hours=100)
    at = [start + timedelta(hours=2 * n) for n in range(len(history))]
    changes = tuple(Change(*step, moment) for step, moment in zip(history, at, strict=True))
    departures = {user: start + timedelta(hours=2 * n + 1) for user, n in left.items()}
    moments = [start + timedelta(hours=n + 0.5) for n in range(0, 60, 7)]
    points = trend(History(changes, departures), THEORIES, 2, moments)
    for moment, point in zip(moments, points, strict=True):
        state: dict[tuple[int, str], Depth | None] = {}
        for change in changes:
            if change.changed_at <= moment and departures.get(change.user_id, NOW) > moment:
                state[change.user_id, change.paper_id] = change.depth
        rows = [read(user, paper, depth) for (user, paper), depth in state.items() if depth]
        then = survey(snapshot(*rows), THEORIES)
        assert (point.known, point.met, point.covered) == (then.known, then.met, then.covered)
        assert point.effective == pytest.approx(then.effective())


def test_weeks_end_on_mondays_and_the_last_of_them_now() -> None:
    ends = week_ends(NOW, 4)
    assert [end.date().isoformat() for end in ends] == [
        "2026-02-16",
        "2026-02-23",
        "2026-03-02",
        "2026-03-04",
    ]
    monday = NOW.replace(day=2, hour=0)
    assert [end.day for end in week_ends(monday, 3)] == [16, 23, 2]


def test_a_theory_hangs_on_its_one_active_understander() -> None:
    rows = snapshot(
        read(1, "a1", Depth.ALMOST),
        read(2, "a1"),
        read(1, "b1", Depth.ALMOST),
        read(2, "b1", Depth.UNDERSTOOD),
    )
    (risk,) = at_risk(rows, THEORIES, {}, NOW)
    assert (risk.slug, risk.understanders, risk.active) == ("a", 1, 1)


@pytest.mark.parametrize(("days", "active"), [(59, 1), (60, 0), (400, 0)])
def test_who_was_silent_for_sixty_days_is_not_active(days: int, active: int) -> None:
    (risk,) = at_risk(snapshot(read(1, "a1", Depth.ALMOST, days)), THEORIES, {}, NOW)
    assert risk.active == active


def test_any_sign_of_life_keeps_a_member_active() -> None:
    rows = snapshot(read(1, "a1", Depth.ALMOST, 90), read(2, "a1", Depth.ALMOST, 90))
    assert [risk.active for risk in at_risk(rows, THEORIES, {}, NOW)] == [0]
    assert [risk.active for risk in at_risk(rows, THEORIES, {2: NOW}, NOW)] == [1]
    assert at_risk(rows, THEORIES, {1: NOW, 2: NOW}, NOW) == ()


def test_what_nobody_understands_cannot_be_lost() -> None:
    assert at_risk(snapshot(read(1, "a1")), THEORIES, {}, NOW) == ()


profiles = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(Depth), max_size=5)


@given(profiles, profiles, profiles)
def test_the_distance_is_a_metric_between_nought_and_one(
    a: dict[str, Depth], b: dict[str, Depth], c: dict[str, Depth]
) -> None:
    assert distance(a, a) == 0
    assert 0 <= distance(a, b) == distance(b, a) <= 1
    assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-9


def test_nothing_in_common_is_as_far_as_it_gets() -> None:
    one, other = {"a": Depth.READ}, {"b": Depth.UNDERSTOOD}
    assert distance(one, other) == 1
    assert distance(one, {**one, **other}) == pytest.approx(1 - 0.5 / 1.5)


def member(user: int, *, shows: bool = False, explains: bool = False) -> Consent:
    return Consent(user, f"member {user}", shows, explains)


DEPTHS = {
    1: {"a": Depth.READ},
    2: {"b": Depth.READ, "c": Depth.UNDERSTOOD},
    3: {"a": Depth.READ, "b": Depth.READ},
    4: {"c": Depth.SIGNED_UP},
}


def test_only_who_agreed_to_be_seen_is_named_and_the_least_alike_first() -> None:
    everybody = {user: member(user, shows=True) for user in DEPTHS}
    assert [one.user_id for one in unlike(1, DEPTHS, everybody, 5)] == [2, 3]
    assert [one.user_id for one in unlike(1, DEPTHS, {3: member(3)}, 5)] == [3]
    assert [one.user_id for one in unlike(1, DEPTHS, everybody, 1)] == [2]
    assert unlike(1, DEPTHS, {}, 5) == ()


def test_no_more_is_shown_of_a_member_than_they_agreed_to() -> None:
    shown = [
        unlike(1, DEPTHS, {2: member(2, shows=s, explains=e)}, 5)[0].brings
        for s, e in ((True, False), (False, True), (False, False))
    ]
    assert shown == [{"b", "c"}, {"c"}, frozenset()]


def test_who_has_read_nothing_is_introduced_to_any_reader() -> None:
    everybody = {user: member(user, shows=True) for user in DEPTHS}
    assert {one.user_id for one in unlike(99, DEPTHS, everybody, 5)} == {1, 2, 3}


def test_a_snapshot_of_nobody_is_a_community_of_gaps() -> None:
    found = survey(Snapshot((), (), 2), THEORIES)
    assert found.is_empty
    assert {state.coverage.standing for state in found.theories} == {Standing.GAP}
    assert found.evenness() is None
    assert found.share(["a"]) == 0
