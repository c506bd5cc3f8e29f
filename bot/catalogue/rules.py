"""Rules of the catalogue that compare values: within one file, and between files."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from bot.catalogue.models import PaperEntry, TheoryFile, VocabularyFile
from bot.catalogue.problems import closest
from bot.domain.errors import CatalogueError
from bot.domain.papers import Paper, Role

# What can be unconfirmed is a fact about the work; these four are our own filing of it.
_FACTS = [
    f.name
    for f in dataclasses.fields(Paper)
    if f.name not in {"id", "role", "outlined", "unverified"}
]
_NOT_LISTED = "which vocabulary.toml does not list"


def check_vocabulary(file: str, words: VocabularyFile) -> None:
    """Raise CatalogueError if two neutral sections share an id."""
    _check_unique(file, "neutral_sections[{}].id", [s.id for s in words.neutral_sections])


def check_theory(file: str, theory: TheoryFile, words: VocabularyFile) -> None:
    """Raise CatalogueError for the first rule that this file breaks on its own."""
    # Two files cannot have one name, so this also makes slugs unique.
    if file != f"{theory.slug}.toml":
        raise CatalogueError(
            file, "slug", f"is '{theory.slug}', so the file must be named '{theory.slug}.toml'"
        )
    _check_words(file, theory, words)
    _check_hours(file, theory)
    if not any(p.role is Role.PRIMARY for p in theory.papers):
        raise CatalogueError(file, "papers", "must contain a paper with role 'primary'")
    for index, paper in enumerate(theory.papers):
        _check_paper(file, f"papers[{index}]", paper)


def check_together(theories: Mapping[str, TheoryFile]) -> None:
    """Raise CatalogueError for the first rule that files break in relation to each other."""
    orders: dict[int, str] = {}
    paper_files: dict[str, str] = {}
    for file, theory in theories.items():
        other = orders.setdefault(theory.order, file)
        if other != file:
            raise CatalogueError(file, "order", f"is {theory.order}, which {other} has already")
        for index, paper in enumerate(theory.papers):
            if paper.id in paper_files:
                raise CatalogueError(
                    file,
                    f"papers[{index}].id",
                    f"is '{paper.id}', which {paper_files[paper.id]} has already",
                )
            paper_files[paper.id] = file
    _check_relations(theories)


def _check_words(file: str, theory: TheoryFile, words: VocabularyFile) -> None:
    for index, tag in enumerate(theory.prerequisites):
        _check_known(file, f"prerequisites[{index}]", tag, words.prerequisites)
    _check_known(file, "topic", theory.topic, words.topics)
    _check_unique(file, "prerequisites[{}]", theory.prerequisites)
    _check_unique(file, "aliases[{}]", [a.casefold() for a in theory.aliases])


def _check_hours(file: str, theory: TheoryFile) -> None:
    hours = theory.hours
    if hours.low is not None and hours.low > hours.typical:
        raise CatalogueError(file, "hours.low", "must not be more than the typical hours")
    if hours.high is not None and hours.high < hours.typical:
        raise CatalogueError(file, "hours.high", "must not be less than the typical hours")


def _check_paper(file: str, key: str, paper: PaperEntry) -> None:
    if paper.role is Role.PRIMARY:
        needed = {"authors": paper.authors, "links": paper.links, "hours": paper.hours}
        for name, value in needed.items():
            if not value:
                raise CatalogueError(file, f"{key}.{name}", "is required for a primary paper")
    _check_unique(file, f"{key}.sections[{{}}].id", [s.id for s in paper.sections])
    _check_unverified(file, key, paper)


def _check_unverified(file: str, key: str, paper: PaperEntry) -> None:
    for index, name in enumerate(paper.unverified):
        at = f"{key}.unverified[{index}]"
        _check_known(file, at, name, _FACTS, "which is not the key of a fact about a paper")
        # A mark that outlives its value would mislead whoever fills the value in later.
        if getattr(paper, name) in (None, []):
            raise CatalogueError(file, at, f"is '{name}', which this paper does not give")


def _check_relations(theories: Mapping[str, TheoryFile]) -> None:
    slugs = {theory.slug for theory in theories.values()}
    places: dict[frozenset[str], str] = {}
    for file, theory in theories.items():
        for index, relation in enumerate(theory.relations):
            key = f"relations[{index}].to"
            if relation.to == theory.slug:
                raise CatalogueError(file, key, "points at the file's own theory")
            _check_known(file, key, relation.to, slugs, "but no theory has this slug")
            ends = frozenset({theory.slug, relation.to})
            if ends in places:
                pair = f"'{theory.slug}' and '{relation.to}'"
                raise CatalogueError(
                    file,
                    key,
                    f"joins {pair}, which {places[ends]} does already; "
                    "a relation is written once and seen from both ends",
                )
            places[ends] = f"relations[{index}] of {file}"


def _check_known(
    file: str, key: str, word: str, known: Iterable[str], lack: str = _NOT_LISTED
) -> None:
    if word not in known:
        raise CatalogueError(file, key, f"is '{word}', {lack}{closest(word, sorted(known))}")


def _check_unique(file: str, key: str, values: list[str]) -> None:
    """``key`` has a pair of braces where the index of the repeated value belongs."""
    for index, value in enumerate(values):
        if value in values[:index]:
            raise CatalogueError(file, key.format(index), f"is '{value}' a second time")
