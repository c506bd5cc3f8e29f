"""What a search answers with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """The kind of field through which a theory was found."""

    SLUG = "slug"
    NAME = "name"
    ALIAS = "alias"
    TITLE = "title"
    AUTHOR = "author"
    IDENTIFIER = "identifier"
    LINK = "link"
    YEAR = "year"
    TAG = "tag"
    TOPIC = "topic"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Hit:
    """A theory that was found.

    ``score`` runs from 0 (listed only so that there is something) to 100 (exactly this).
    ``matched`` is the text of the field that spoke for it most, and ``paper_id`` the paper
    which that field belongs to, if it belongs to one.
    """

    slug: str
    score: float
    reason: Reason
    matched: str
    paper_id: str | None = None


@dataclass(frozen=True, slots=True)
class LookUp:
    """The answer to somebody who means one theory.

    ``best`` is None when nothing is near enough. ``alternatives`` are other theories that
    may have been meant, empty when the best is clear. ``nearest`` holds the three nearest
    theories, however far (fewer only in a catalogue of fewer), the best among them first.
    """

    best: Hit | None
    alternatives: tuple[Hit, ...]
    nearest: tuple[Hit, ...]
