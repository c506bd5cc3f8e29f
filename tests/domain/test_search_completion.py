"""Completing while somebody types."""

from __future__ import annotations

import pytest

from bot.domain.search import SearchIndex
from tests.domain.theories import theory


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("s", "spline"),
        ("spl", "spline"),
        ("Sta", "statmech"),
        ("stat m", "statmech"),
        ("mathematical fr", "transformer-circuits"),
        ("framework mathem", "transformer-circuits"),
        ("marc", "tqnn"),
        ("vanch", "vanchurin"),
        ("transformer-cir", "transformer-circuits"),
        ("tropc", "tropical"),
        ("blaestr", "spline"),
        ("trpo", "tropical"),
        ("crtuch", "thermo-ml"),
        ("balestreier", "spline"),
        ("thermodynamc machi", "thermo-ml"),
        ("toy mod", "circuits"),
        ("thermodynamic machine lear", "thermo-ml"),
    ],
)
def test_a_beginning_offers_the_theory(index: SearchIndex, typed: str, slug: str) -> None:
    assert slug in [hit.slug for hit in index.complete(typed)][:3]


def test_every_beginning_of_every_slug_offers_it(index: SearchIndex) -> None:
    for slug in (hit.slug for hit in index.search("learning", limit=9)):
        for length in range(2, len(slug) + 1):
            assert slug in {hit.slug for hit in index.complete(slug[:length])}, slug[:length]


@pytest.mark.parametrize("typed", ["", "   ", "-", "🎉"])
def test_an_empty_beginning_offers_nothing(index: SearchIndex, typed: str) -> None:
    assert index.complete(typed) == ()


def test_no_more_is_offered_than_fits() -> None:
    crowd = SearchIndex.build(theory(f"same-{n}", order=n) for n in range(80))
    assert len(crowd.complete("sa")) == 25
    assert len(crowd.complete("same", limit=7)) == 7


def test_each_theory_is_offered_once(index: SearchIndex) -> None:
    offered = [hit.slug for hit in index.complete("t")]
    assert len(offered) == len(set(offered))
