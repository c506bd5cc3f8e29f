"""What shows that an entry is a work that is known, in words."""

from __future__ import annotations

from bot.domain.imports.matching import Evidence
from bot.render.words import Words


def evidence_text(evidence: Evidence, words: Words) -> str:
    """A few words, to stand in brackets."""
    match evidence:
        case Evidence.DOI:
            return words.text("same DOI")
        case Evidence.ARXIV_VERSION:
            return words.text("same arXiv number and version")
        case Evidence.ARXIV:
            return words.text("same arXiv number")
        case Evidence.OPENREVIEW:
            return words.text("same page on OpenReview")
        case Evidence.ISBN:
            return words.text("same ISBN")
        case Evidence.KEY:
            return words.text("same key")
        case Evidence.URL:
            return words.text("same address")
        case Evidence.TITLE:
            return words.text("same title and year")
