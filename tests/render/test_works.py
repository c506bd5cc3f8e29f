"""The page of all works never states as a fact what nobody has confirmed."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import Theory
from bot.domain.lookup import CardPage, TheoryCard
from bot.render.theory_card import theory_card
from bot.render.words import Words
from tests.domain.theories import founding_theories

each_theory = pytest.mark.parametrize("theory", founding_theories(), ids=lambda t: t.slug)


def works(theory: Theory) -> str:
    embed = theory_card(TheoryCard(theory, ()), CardPage.WORKS, Words())
    return "\n".join(str(field.value) for field in embed.fields)


def of_slug(slug: str) -> Theory:
    return next(theory for theory in founding_theories() if theory.slug == slug)


@each_theory
def test_an_unconfirmed_identifier_is_marked_and_a_confirmed_one_is_not(theory: Theory) -> None:
    page = works(theory)
    for paper in theory.papers:
        if paper.doi and not paper.doi.startswith("10.48550/"):
            marked = f"DOI {paper.doi} (unverified)" in page
            assert marked == ("doi" in paper.unverified), paper.id
        if paper.arxiv and "arxiv" in paper.unverified:
            assert f"arXiv {paper.arxiv} (unverified)" in page


def test_a_title_nobody_has_confirmed_is_marked() -> None:
    assert "(unverified)" in works(of_slug("statmech"))
    assert "(unverified)" not in works(of_slug("thermo-ml"))


def test_the_wrong_year_of_the_founding_list_stands_beside_the_real_ones() -> None:
    assert "2020 (first public 2019; the founding list says 2022)" in works(of_slug("statmech"))


def test_the_years_of_preprint_and_book_are_both_said() -> None:
    assert "2022 (first public 2021)" in works(of_slug("pdlt"))
