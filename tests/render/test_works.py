"""The page of all works never states as a fact what nobody has confirmed."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.boards import BoardEntry
from bot.domain.catalogue import Catalogue, Theory
from bot.domain.entries import link_to
from bot.domain.lookup import CardPage, TheoryCard
from bot.domain.overlay import overlay
from bot.domain.papers import Section
from bot.domain.signups import PaperStanding
from bot.render.board import entry_text
from bot.render.markdown import size
from bot.render.papers import status_text
from bot.render.theory_card import theory_card
from bot.render.words import Words
from tests.domain.own_entries import own_paper, own_theory
from tests.domain.theories import founding_theories, vocabulary

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


def test_of_many_works_as_many_stand_on_the_card_as_fit_whole() -> None:
    papers = [own_paper(f"p{n}", "own", f"Work {n} on 🦊", arxiv=f"2001.{n:05}") for n in range(99)]
    endless = own_paper(
        "q", "own", "Work without end", links=(link_to(f"https://a.org/{'x' * 3000}"),)
    )
    theories = overlay(Catalogue((), (), vocabulary()), [own_theory("own"), endless, *papers])
    (theory,) = theories
    card = theory_card(TheoryCard(theory, ()), CardPage.CARD, Words())
    assert card.url == "https://arxiv.org/abs/2001.00000"
    (read,) = (field.value or "" for field in card.fields if field.name == "Read")
    assert size(read) <= 1024
    assert read.startswith("**Work without end**")
    *lines, more = read.splitlines()
    assert more == f"and {100 - len(lines) // 2} more works under *All works*"
    assert lines[-2].endswith("**")
    # The other page leaves none out in the middle.
    page = works(theory)
    shown = [n for n in range(99) if f"Work {n} on" in page]
    assert shown == list(range(len(shown)))
    assert f"and {99 - len(shown)} more works" in page


def test_a_link_that_a_list_would_cut_is_left_out_and_the_title_stays() -> None:
    address = link_to("https://a.org/" + "x" * 420)
    (theory,) = overlay(
        Catalogue((), (), vocabulary()),
        [
            own_theory("own"),
            own_paper("q", "own", "Far away", links=(address,), authors=("Ann Ex",)),
        ],
    )
    entry = BoardEntry(theory, theory.papers[0], PaperStanding("q", seats=3, taken=0, waiting=0))
    assert entry_text(entry, Words()).startswith("**Far away** · own")


@pytest.mark.parametrize(
    ("known", "said"), [({"doi": "10.5555/a"}, ""), ({"arxiv": "1806.07572"}, "free to read")]
)
def test_a_doi_alone_does_not_say_that_reading_costs(known: dict[str, Any], said: str) -> None:
    theories = overlay(
        Catalogue((), (), vocabulary()), [own_theory("own"), own_paper("p", "own", **known)]
    )
    (paper,) = next(iter(theories)).papers
    assert status_text(paper, Words()) == said


def test_outlines_of_several_works_stand_under_their_titles() -> None:
    sections = tuple(Section(str(n), f"Part {n}") for n in (1, 2))
    one, other = (own_paper(key, "own", f"Work {key}", sections=sections) for key in ("a", "b"))
    base = Catalogue((), (), vocabulary())
    alone, both = (
        theory_card(TheoryCard(theory, ()), CardPage.WORKS, Words()).fields[-1].value
        for papers in ([one], [one, other])
        for theory in overlay(base, [own_theory("own"), *papers])
    )
    assert alone == "Part 1 · Part 2"
    assert both == "**Work a**\nPart 1 · Part 2\n**Work b**\nPart 1 · Part 2"
    long = (Section("1", "Part " + "x" * 250),)
    endless = [own_paper(f"w{n}", "own", f"Work {n} " + "y" * 70, sections=long) for n in range(9)]
    (theory,) = overlay(base, [own_theory("own"), *endless])
    outline = theory_card(TheoryCard(theory, ()), CardPage.WORKS, Words()).fields[-1].value
    assert outline is not None
    assert size(outline) <= 1024
    assert outline.count("**") % 2 == 0
