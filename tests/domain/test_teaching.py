"""Offers run out, steps are short, and who is named to whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.progress import Depth
from bot.domain.teaching import (
    LONGEST_STEP,
    MOST_NAMES,
    OFFER_STANDS,
    Explainer,
    StepMissing,
    TeachOffer,
    best_explained,
    explainers,
    step_of,
)
from tests.domain.theories import paper, theory

NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
THEORY = theory("spline", paper("first", "First"), paper("second", "Second"))
ASKER = 99

able = st.lists(
    st.builds(
        Explainer,
        user_id=st.integers(1, 30) | st.just(ASKER),
        name=st.sampled_from(["ann", "Bob", "ben", "Émile", "zoe"]),
        paper_id=st.sampled_from(["first", "second"]),
        depth=st.sampled_from([Depth.ALMOST, Depth.UNDERSTOOD]),
    ),
    max_size=60,
)


def offer(*, closed_at: datetime | None = None) -> TeachOffer:
    return TeachOffer(1, 2, 3, "first", NOW, closed_at, NOW)


@given(st.integers(0, 40 * 24 * 3600))
def test_an_offer_is_open_for_fourteen_days_after_the_last_word(seconds: int) -> None:
    later = NOW + timedelta(seconds=seconds)
    assert offer().is_open(later) is (later - NOW < OFFER_STANDS)


def test_a_closed_offer_is_not_open() -> None:
    assert not offer(closed_at=NOW).is_open(NOW)


@given(st.text(max_size=2000))
def test_a_step_is_one_short_line_or_refused(text: str) -> None:
    try:
        step = step_of(text)
    except StepMissing:
        assert not any(character.isalnum() for character in text)
        return
    assert 0 < len(step) <= LONGEST_STEP
    assert len(step.splitlines()) == 1


@given(able, st.booleans())
def test_everybody_able_is_named_once_or_counted_and_never_the_asker(
    rows: list[Explainer], asked_too: bool
) -> None:
    found = explainers(THEORY, rows, ASKER, asker_explains=asked_too)
    named = [one.user_id for one in found.people]
    others = {one.user_id for one in rows} - {ASKER}
    assert len(named) == len(set(named)) <= MOST_NAMES
    assert set(named) <= others
    assert len(named) + found.more == len(others)
    could = any(one.user_id == ASKER for one in rows)
    assert found.explains is (asked_too if could else None)


@given(able)
def test_names_stand_in_the_order_of_the_alphabet(rows: list[Explainer]) -> None:
    names = [
        one.name.casefold() for one in explainers(THEORY, rows, ASKER, asker_explains=True).people
    ]
    assert names == sorted(names)


@given(able)
def test_each_is_named_for_the_paper_they_know_best(rows: list[Explainer]) -> None:
    for one in explainers(THEORY, rows, ASKER, asker_explains=True).people:
        assert one.depth == max(row.depth for row in rows if row.user_id == one.user_id)


def test_of_two_papers_known_alike_the_first_of_the_theory_counts() -> None:
    rows = [Explainer(1, "ann", paper_id, Depth.ALMOST) for paper_id in ("second", "first")]
    (one,) = explainers(THEORY, rows, ASKER, asker_explains=True).people
    assert one.paper_id == "first"


@pytest.mark.parametrize(
    ("depths", "expected"),
    [
        ({}, None),
        ({"first": Depth.READ}, None),
        ({"first": Depth.ALMOST}, "first"),
        ({"first": Depth.ALMOST, "second": Depth.UNDERSTOOD}, "second"),
        ({"elsewhere": Depth.UNDERSTOOD}, None),
    ],
)
def test_one_can_explain_what_one_almost_understands(
    depths: dict[str, Depth], expected: str | None
) -> None:
    assert best_explained(THEORY, depths) == expected
