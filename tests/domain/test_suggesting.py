"""Suggestions: what the community lacks comes first, and only what fits the member."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Theory
from bot.domain.signups import PaperStanding
from bot.domain.suggesting import Candidate, Effect, PassedOver, Reader, suggest

NOBODY = Reader(frozenset(), None, frozenset(), frozenset())


def candidates(
    founding_theories: tuple[Theory, ...], readers: dict[str, int] | None = None
) -> list[Candidate]:
    readers = readers or {}
    return [
        Candidate(theory, paper, PaperStanding(paper.id, 3), readers.get(theory.slug, 0), 0, 2)
        for theory in founding_theories
        for paper in theory.primary_papers
    ]


def slugs(found: object) -> list[str]:
    return [one.candidate.theory.slug for one in found.chosen]  # type: ignore[attr-defined]


def theory(founding_theories: tuple[Theory, ...], slug: str) -> Theory:
    return next(theory for theory in founding_theories if theory.slug == slug)


def test_three_theories_nobody_has_read_come_first(founding_theories: tuple[Theory, ...]) -> None:
    found = suggest(candidates(founding_theories, {"spline": 1, "tqnn": 5}), NOBODY)
    assert len(found.chosen) == 3
    assert {one.candidate.effect for one in found.chosen} == {Effect.FIRST}
    assert not {"spline", "tqnn"} & set(slugs(found))


def test_the_famous_ones_are_explained_when_they_are_not_suggested(
    founding_theories: tuple[Theory, ...],
) -> None:
    found = suggest(candidates(founding_theories, {"circuits": 6}), NOBODY)
    why = {one.theory.slug: reason for one, reason in found.passed_over}
    assert why == {
        "circuits": PassedOver.OTHERS_FIRST,
        "transformer-circuits": PassedOver.OTHERS_FIRST,
    }


def test_what_one_took_up_or_has_no_seat_is_not_suggested(
    founding_theories: tuple[Theory, ...],
) -> None:
    every = [
        replace(one, standing=PaperStanding(one.paper.id, 1, taken=1))
        if one.theory.slug == "tropical"
        else one
        for one in candidates(founding_theories)
    ]
    found = suggest(every, replace(NOBODY, taken_up=frozenset({"spline", "circuits"})))
    assert not {"tropical", "spline", "circuits"} & set(slugs(found))
    assert {c.theory.slug: why for c, why in found.passed_over}["circuits"] is (PassedOver.TAKEN_UP)


def test_a_long_paper_is_for_who_names_the_hours(founding_theories: tuple[Theory, ...]) -> None:
    only = [one for one in candidates(founding_theories) if one.theory.slug == "pdlt"]
    assert not suggest(only, NOBODY).chosen
    assert slugs(suggest(only, replace(NOBODY, hours=200.0))) == ["pdlt"]


def test_missing_prerequisites_cost_time(founding_theories: tuple[Theory, ...]) -> None:
    tropical = theory(founding_theories, "tropical")
    knowing = replace(NOBODY, tags=frozenset(tropical.prerequisites))
    unknowing = replace(NOBODY, tags=frozenset({"nothing-of-it"}))
    paper = tropical.primary_papers[0]
    assert knowing.needs(paper, tropical) == paper.hours
    assert unknowing.needs(paper, tropical) > (paper.hours or 0)


def test_what_one_gave_back_comes_after_its_equals(founding_theories: tuple[Theory, ...]) -> None:
    first = suggest(candidates(founding_theories), NOBODY).chosen[0].candidate.paper.id
    again = suggest(candidates(founding_theories), replace(NOBODY, given_back=frozenset({first})))
    assert again.chosen[0].candidate.paper.id != first


@given(
    readers=st.dictionaries(st.sampled_from(["spline", "circuits", "tqnn", "vanchurin"]), st.integers(0, 9)),
    hours=st.none() | st.floats(0, 200),
    taken=st.sets(st.sampled_from(["spline", "circuits", "tqnn"])),
)  # fmt: skip
def test_whatever_the_state_each_suggestion_is_free_fitting_and_of_its_own_theory(
    founding_theories: tuple[Theory, ...],
    readers: dict[str, int],
    hours: float | None,
    taken: set[str],
) -> None:
    reader = replace(NOBODY, hours=hours, taken_up=frozenset(taken))
    every = candidates(founding_theories, readers)
    found = suggest(every, reader)
    assert found == suggest(list(reversed(every)), reader)
    assert len(set(slugs(found))) == len(found.chosen) <= 3
    for one in found.chosen:
        assert one.candidate.standing.free
        assert one.candidate.theory.slug not in taken
        assert one.hours <= (20 if hours is None else hours)


def test_a_wish_decides_among_equals_and_not_above_what_the_group_lacks(
    founding_theories: tuple[Theory, ...],
) -> None:
    wishing = replace(NOBODY, points={"alfarra-tpami": 100, "zoom-in-2020": 100})
    found = suggest(candidates(founding_theories, {"circuits": 2}), wishing)
    assert slugs(found)[0] == "tropical"
    assert found.chosen[0].wished
    assert "circuits" not in slugs(found)


def test_what_one_likes_decides_among_equals_and_not_above_a_wish_or_what_the_group_lacks(
    founding_theories: tuple[Theory, ...],
) -> None:
    every = candidates(founding_theories, {"circuits": 2})
    first = suggest(every, NOBODY).chosen
    known = {tag for one in first for tag in one.candidate.theory.prerequisites}
    other = theory(founding_theories, "thermo-ml")
    only = next(tag for tag in other.prerequisites if tag not in known)
    liking = replace(NOBODY, interests=frozenset({only, "interpretability"}))
    assert "thermo-ml" not in {one.candidate.theory.slug for one in first}
    found = suggest(every, liking)
    assert only in next(one for one in found.chosen if one.candidate.theory is other).liked
    likes = [bool(one.liked) for one in found.chosen]
    assert likes == sorted(likes, reverse=True)
    assert "circuits" not in slugs(found)
    wishing = replace(liking, points={first[-1].candidate.paper.id: 85})
    assert suggest(every, wishing).chosen[0].candidate == first[-1].candidate


def test_what_one_would_rather_not_read_is_not_suggested_and_it_is_said(
    founding_theories: tuple[Theory, ...],
) -> None:
    unwilling = replace(NOBODY, rather_not=frozenset({"zoom-in-2020", "vanchurin-tml"}))
    found = suggest(candidates(founding_theories), unwilling)
    assert "vanchurin" not in slugs(found)
    assert {why for one, why in found.passed_over if one.theory.slug == "circuits"} == {
        PassedOver.RATHER_NOT
    }
