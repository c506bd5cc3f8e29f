"""What can be taken out of the catalogue as a file: which works, and in which format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.entries import Entry, entry_of
from bot.domain.errors import ClubError, StaleControl, TopicUnknown
from bot.domain.papers import Paper
from bot.domain.progress import Depth


class NothingRead(ClubError):
    """The member has taken up no work of the catalogue here, so there is nothing to export."""


class ExportFormat(StrEnum):
    """The formats that are written, by the ending of the file's name."""

    BIBTEX = "bib"
    CSL_JSON = "json"
    CSV = "csv"
    MARKDOWN = "md"


class ExportScope(StrEnum):
    """Which works an export holds."""

    ALL = "all"
    TOPIC = "topic"
    THEORY = "theory"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which works are wanted.

    ``subject`` is the slug of the theory, or the key of the topic or of the prerequisite;
    None for the whole catalogue and for a member's own readings.
    """

    scope: ExportScope = ExportScope.ALL
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A theory and those of its works that are exported, at least one."""

    theory: Theory
    entries: tuple[Entry, ...]


def chapters(
    catalogue: Catalogue,
    selection: Selection,
    own: Mapping[str, Depth],
    works: Mapping[str, Entry] | None = None,
) -> tuple[Chapter, ...]:
    """The works of the selection, theory by theory in the order of the catalogue.

    ``own`` has the asker's depths by the paper's id; it is looked at for their own readings
    alone, and no other export carries a depth. Works that the catalogue no longer holds are
    left out. ``works`` are those of the server's own works, by id, that hold more than the
    catalogue shows. Raises TopicUnknown, NothingRead, and StaleControl for a theory that is gone.
    """
    depths = own if selection.scope is ExportScope.MINE else {}
    found = []
    for theory in _theories(catalogue, selection):
        papers = _works(theory, selection, own)
        if papers:
            known = works or {}
            entries = (work_of(p, theory, known, depths.get(p.id)) for p in papers)
            found.append(Chapter(theory, tuple(entries)))
    if not found and selection.scope is ExportScope.MINE:
        raise NothingRead
    return tuple(found)


def work_of(
    paper: Paper, theory: Theory, works: Mapping[str, Entry], depth: Depth | None = None
) -> Entry:
    """A paper as it is exported: all that ``works`` know of it, and what the catalogue shows."""
    known = works.get(paper.id)
    if known is None:
        return entry_of(paper, theory.slug, theory.prerequisites, depth)
    return replace(
        known,
        role=paper.role,
        theory=theory.slug,
        links=paper.links,
        tags=known.tags or theory.prerequisites,
        depth=depth,
    )


def topics_in_use(catalogue: Catalogue, titles: Mapping[str, str]) -> dict[str, str]:
    """Those of the topics and prerequisites that some theory has, with their titles."""
    used = {key for theory in catalogue for key in (theory.topic, *theory.prerequisites)}
    return {key: title for key, title in titles.items() if key in used}


def _theories(catalogue: Catalogue, selection: Selection) -> tuple[Theory, ...]:
    match selection.scope:
        case ExportScope.THEORY:
            theory = catalogue.get(selection.subject or "")
            if theory is None:
                raise StaleControl
            return (theory,)
        case ExportScope.TOPIC:
            wanted = selection.subject
            about = tuple(t for t in catalogue if wanted in (t.topic, *t.prerequisites))
            if not about:
                raise TopicUnknown
            return about
        case _:
            return catalogue.theories


def _works(theory: Theory, selection: Selection, own: Mapping[str, Depth]) -> tuple[Paper, ...]:
    if selection.scope is not ExportScope.MINE:
        return theory.papers
    return tuple(paper for paper in theory.every_paper if paper.id in own)
