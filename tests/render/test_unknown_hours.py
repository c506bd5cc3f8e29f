"""What a server adds may say nothing of hours: then no number is made up for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.catalogue import read_catalogue
from bot.domain.catalogue import Hours, Theory
from bot.domain.newcomers import offers
from bot.domain.papers import Paper
from bot.domain.signups import PaperStanding
from bot.domain.suggesting import Candidate, Reader, Suggested
from bot.render.newcomers import offer_texts
from bot.render.rounds.answers import hours_hint
from bot.render.suggested import why_text
from bot.render.words import Words

WORDS = Words()
ANYBODY = Reader(frozenset(), None, frozenset(), frozenset())


def unknown() -> tuple[Theory, Paper]:
    theory = read_catalogue(Path(__file__).parents[2] / "data").get("tropical")
    assert theory is not None
    paper = replace(theory.primary_papers[0], hours=None)
    return replace(theory, hours=Hours(0), papers=(paper,)), paper


def test_no_number_of_hours_is_made_up() -> None:
    theory, paper = unknown()
    candidate = Candidate(theory, paper, PaperStanding(paper.id, 3), 0, 0, 2)
    assert " h " not in why_text(Suggested(candidate, 0.0, ()), {}, WORDS)
    (offer,) = offers([candidate], ANYBODY)
    told = "\n".join(offer_texts(offer, {}, WORDS))
    assert "Nobody has said how long it takes" in told
    assert "0 h" not in told
    assert hours_hint(theory, paper, WORDS) == "nobody knows how many hours"
