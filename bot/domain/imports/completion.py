"""Identifiers that an entry names in passing, put where they belong."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.entries import Entry
from bot.domain.imports.identifiers import (
    arxiv_mentioned,
    arxiv_number,
    openreview_linked,
)


def completed(entry: Entry) -> Entry:
    """The entry with the arXiv number and OpenReview id that its other fields give away.

    What it already has stays; an entry that is complete is returned as it is.
    """
    if entry.arxiv is None:
        number = _arxiv_of(entry)
        if number is not None:
            entry = replace(entry, arxiv=number[0], arxiv_version=number[1])
    if entry.openreview is None:
        ids = (openreview_linked(link.url) for link in entry.links)
        entry = replace(entry, openreview=next(filter(None, ids), None))
    return entry


def _arxiv_of(entry: Entry) -> tuple[str, int | None] | None:
    """From the DOI that arXiv gives, the links, or a venue like "arXiv preprint arXiv:…"."""
    if entry.doi and entry.doi.lower().startswith("10.48550/"):
        return arxiv_number(entry.doi)
    linked = (arxiv_number(link.url) for link in entry.links if "arxiv.org/" in link.url.lower())
    return next(filter(None, linked), None) or arxiv_mentioned(entry.venue or "")
