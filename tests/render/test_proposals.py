"""A proposal shows where to look at what is proposed, and what is alike says why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.domain.catalogue import Catalogue
from bot.domain.entries import link_to
from bot.domain.proposals import Proposal, ProposalState
from bot.render.curating import alike_text
from bot.render.member_privacy import erasure_page
from bot.render.proposals import proposal_texts
from bot.render.words import Words
from tests.domain.own_entries import own_paper, own_theory
from tests.domain.theories import vocabulary

NOW = datetime(2026, 3, 19, tzinfo=UTC)


def told(**fields: Any) -> str:
    entry = own_paper("new", "own", "New work", authors=("A. B",), **fields)
    proposal = Proposal(1, 2, 3, "alice", entry, ProposalState.OPEN, NOW)
    return "\n".join(proposal_texts(proposal, Catalogue((), (), vocabulary()), Words()))


def test_what_a_registry_knows_can_be_opened() -> None:
    said = told(arxiv="1806.07572", openreview="Syxt2jC5FX", doi="10.5555/a(1)", isbn="9781108")
    assert "[arXiv 1806.07572](https://arxiv.org/abs/1806.07572)" in said
    assert "[OpenReview](https://openreview.net/forum?id=Syxt2jC5FX)" in said
    assert "](https://doi.org/10.5555/a%281%29)" in said
    assert "ISBN 9781108" in said


def test_any_other_address_is_said_and_cannot_be_pressed() -> None:
    said = told(links=(link_to("https://elsewhere.example/work"),))
    assert "elsewhere.example" in said
    assert "https://" not in said


def test_what_is_alike_by_another_of_its_names_says_which() -> None:
    entry = own_theory(name="Neural tangent kernel")
    said = alike_text(entry, "PDLT", None, True, Words(), "neural tangent kernel")
    assert (
        "**PDLT** is in the catalogue already: it is also called “neural tangent kernel”." in said
    )
    assert "the same name" in alike_text(entry, "PDLT", None, True, Words())


def test_who_asks_to_be_erased_reads_what_becomes_of_their_proposals() -> None:
    said = erasure_page(NOW, Words()).description or ""
    assert "Your proposals for the catalogue and their messages go." in said
