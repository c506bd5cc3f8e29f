"""An entry says all that a paper of the catalogue says, in texts that are tidy."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entries import Entry, Name, entry_of, link_to, paper_of, tidy
from bot.domain.papers import Role, Section
from tests.domain.theories import founding_theories

NEUTRAL = (Section("u1", "First half"),)


@pytest.mark.parametrize("theory", founding_theories(), ids=lambda theory: theory.slug)
def test_no_paper_of_the_founding_list_loses_anything_as_an_entry(theory: object) -> None:
    for paper in theory.papers:  # type: ignore[attr-defined] # pytest's ids want an object
        neutral = NEUTRAL if paper.outlined else paper.sections
        assert paper_of(entry_of(paper), neutral, Role.SECONDARY) == paper


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Vitaly Vanchurin", Name("Vanchurin", "Vitaly")),
        ("Guido van Rossum", Name("van Rossum", "Guido")),
        ("Richard G. Baraniuk", Name("Baraniuk", "Richard G.")),
        ("Anthropic", Name(literal="Anthropic")),
    ],
)
def test_a_name_is_taken_apart_and_shown_as_it_was(shown: str, name: Name) -> None:
    assert Name.of(shown) == name
    assert name.shown == shown


@given(st.text(max_size=40))
def test_a_tidy_text_is_one_line_that_can_be_shown_and_stays_tidy(text: str) -> None:
    kept = tidy(text)
    assert tidy(kept) == kept == " ".join(kept.split())
    assert kept.isprintable() or any(unicodedata.category(sign) == "Zs" for sign in kept)
    assert Name.of(kept).shown == kept


def test_tidying_takes_away_what_cannot_be_seen() -> None:
    assert tidy(" a\u202e\x00b\n\tc\u0301 \ufeff") == "ab ć"


def test_without_links_a_paper_gets_those_its_identifiers_make() -> None:
    paper = paper_of(
        Entry("k", "T", arxiv="1805.06576", doi="10.1/x", openreview="abcde"),
        NEUTRAL,
        Role.FOLLOWUP,
    )
    assert [link.url for link in paper.links] == [
        "https://arxiv.org/abs/1805.06576", "https://openreview.net/forum?id=abcde", "https://doi.org/10.1/x",
    ]  # fmt: skip
    assert (paper.role, paper.sections, paper.outlined) == (Role.FOLLOWUP, NEUTRAL, False)


def test_a_bare_address_is_labelled_with_its_host() -> None:
    assert link_to("https://www.x.org/a").label == "x.org"
