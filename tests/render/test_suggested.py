"""Why a paper is suggested, in words."""

from __future__ import annotations

from pathlib import Path

from bot.catalogue import read_catalogue
from bot.domain.signups import PaperStanding
from bot.domain.suggesting import Candidate, Suggested
from bot.render.suggested import why_text
from bot.render.words import Words


def test_what_one_likes_is_said_by_its_title_and_first() -> None:
    theory = read_catalogue(Path(__file__).parents[2] / "data").get("tropical")
    assert theory is not None
    paper = theory.primary_papers[0]
    candidate = Candidate(theory, paper, PaperStanding(paper.id, 3), 0, 0, 2)
    one = Suggested(candidate, 3.0, (), liked=("topology", "gone-meanwhile"))
    text = why_text(one, {"topology": "Topology"}, Words())
    assert text.startswith("You like: Topology. Nobody here has read it")
