"""Builders of a server's own entries."""

from __future__ import annotations

from typing import Any

from bot.domain.catalogue import Difficulty, Hours, Theory
from bot.domain.entries import Entry, Name
from bot.domain.own_entries import OwnPaper, OwnTheory
from bot.domain.papers import Role


def own_theory(
    slug: str = "", name: str | None = None, *, retired: bool = False, **fields: Any
) -> OwnTheory:
    """A theory of a server; without a name it is called by its slug."""
    known = {"claim": "", "key_ideas": (), "prerequisites": (), "topic": "mechanisms", **fields}
    return OwnTheory(
        Theory(
            slug=slug,
            order=0,
            name=name or slug,
            short_name=name or slug,
            difficulty=Difficulty(0, ""),
            hours=Hours(0),
            papers=(),
            **known,
        ),
        retired,
    )


def own_paper(
    key: str = "",
    theory: str = "spline",
    title: str | None = None,
    *,
    authors: tuple[str, ...] = (),
    retired: bool = False,
    role: Role = Role.PRIMARY,
    **fields: Any,
) -> OwnPaper:
    """A paper of a server, a primary one unless the test says otherwise."""
    work = Entry(
        key, title or key, tuple(map(Name.of, authors)), role=role, theory=theory, **fields
    )
    return OwnPaper(work, retired)
