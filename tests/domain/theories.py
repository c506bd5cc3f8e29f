"""Builders of theories: only what a test says matters, the rest is neutral."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.catalogue import read_catalogue
from bot.domain.catalogue import Difficulty, Hours, Theory, Vocabulary
from bot.domain.papers import Link, Paper, PaperType, Role
from tests.founding import DATA, SLUGS

__all__ = ["DATA", "founding_theories", "paper", "theory", "vocabulary"]


def paper(
    paper_id: str,
    title: str,
    authors: Iterable[str] = (),
    *,
    role: Role = Role.PRIMARY,
    links: Iterable[str] = (),
    **fields: Any,
) -> Paper:
    """A paper, a primary article unless the test says otherwise."""
    return Paper(
        id=paper_id,
        role=role,
        type=fields.pop("type", PaperType.ARTICLE),
        title=title,
        authors=tuple(authors),
        links=tuple(Link("link", url, True) for url in links),
        **fields,
    )


def theory(
    slug: str,
    *papers: Paper,
    name: str | None = None,
    short_name: str | None = None,
    order: int = 0,
    **fields: Any,
) -> Theory:
    """A theory; without a name it is called by its slug."""
    return Theory(
        slug=slug,
        order=order,
        name=name or slug,
        short_name=short_name or name or slug,
        claim=fields.pop("claim", ""),
        key_ideas=fields.pop("key_ideas", ()),
        difficulty=Difficulty(2, "neutral"),
        hours=Hours(5),
        prerequisites=fields.pop("prerequisites", ()),
        topic=fields.pop("topic", "other"),
        papers=papers,
        **fields,
    )


def founding_theories() -> tuple[Theory, ...]:
    """The nine theories of the founding list, as they are shipped."""
    return tuple(theory for theory in read_catalogue(DATA) if theory.slug in SLUGS)


def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return read_catalogue(DATA).vocabulary
