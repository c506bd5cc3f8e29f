"""Builders of theories: only what a test says matters, the rest is neutral."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.domain.catalogue import (
    Difficulty,
    Hours,
    Link,
    Paper,
    PaperType,
    Role,
    Theory,
    Vocabulary,
)

FOUNDING = Path(__file__).with_name("founding.toml")


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


def vocabulary() -> Vocabulary:
    """A small controlled vocabulary."""
    return Vocabulary(
        prerequisites={
            "topology": "graphs, complexes, cobordisms",
            "tropical-geometry": "max-plus algebra, tropical hypersurfaces, Newton polytopes",
            "thermodynamics": "work, heat, entropy production, Landauer bound",
        },
        topics={
            "mechanisms": "Mechanisms",
            "geometry-of-the-map": "Geometry of the map",
            "statistics-of-ensembles": "Statistics of ensembles",
            "physics-of-agents-and-foundations": "Physics of agents and foundations",
        },
        neutral_sections=(),
    )


def founding_theories() -> tuple[Theory, ...]:
    """The nine theories of the founding list, with what the search needs of them."""
    rows = tomllib.loads(FOUNDING.read_text(encoding="utf-8"))["theories"]
    return tuple(_founding(order, row) for order, row in enumerate(rows, 1))


def _founding(order: int, row: dict[str, Any]) -> Theory:
    slug, papers = row.pop("slug"), tuple(_founding_paper(fields) for fields in row.pop("papers"))
    return theory(slug, *papers, order=order, **_frozen(row))


def _founding_paper(row: dict[str, Any]) -> Paper:
    role, kind = Role(row.pop("role")), PaperType(row.pop("type"))
    paper_id, title, authors = row.pop("id"), row.pop("title"), row.pop("authors")
    return paper(paper_id, title, authors, role=role, type=kind, **_frozen(row))


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
