"""What is read for a session: papers, and their sections by number."""

from __future__ import annotations

from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.outline import Outline
from bot.domain.papers import Paper
from bot.domain.sessions import Phase, Session, SessionReading
from bot.render.markdown import bullets, escape, fit
from bot.render.papers import title_text
from bot.render.words import Words

_SECTION, _PAPER, _READINGS = 100, 400, 5


def readings_text(session: Session, catalogue: Catalogue, now: datetime, words: Words) -> str:
    """All that is read, one line each; empty when that is nothing."""
    lines = [line for one in session.readings if (line := reading_text(one, catalogue, words))]
    if not lines:
        return ""
    over = session.phase(now) is Phase.OVER
    label = words.text("**Read:**") if over else words.text("**To read:**")
    if len(lines) == 1:
        return f"{label} {lines[0]}"
    if len(lines) > _READINGS:
        more = len(lines) - _READINGS
        lines[_READINGS:] = [words.plural("{n} more", "{n} more", more)]
    return f"{label}\n{bullets(lines)}"


def section_numbers(reading: SessionReading, paper: Paper) -> str:
    """The sections of a paper that are read, by number; empty when that is all of it."""
    outline = Outline(paper.sections)
    known = outline.known(reading.section_ids)
    return "" if len(known) == len(paper.sections) else outline.written(known)


def reading_text(
    reading: SessionReading, catalogue: Catalogue, words: Words, *, linked: bool = True
) -> str:
    """A paper and the sections of it by number; empty when it has left the catalogue.

    One section is named too. ``linked``: the title leads to the paper.
    """
    theory = catalogue.theory_of(reading.paper_id)
    paper = None if theory is None else theory.paper(reading.paper_id)
    if paper is None:
        return ""
    outline = Outline(paper.sections)
    known = outline.known(reading.section_ids)
    title = fit(title_text(paper) if linked else paper.title, _PAPER)
    written = section_numbers(reading, paper)
    if not written:
        return title
    if len(known) > 1:
        return words.text("{paper}, sections {numbers}", paper=title, numbers=written)
    only = next(section for section in paper.sections if section.id in known)
    return words.text(
        "{paper}, section {number}: {section}",
        paper=title,
        number=written,
        section=fit(escape(only.title), _SECTION),
    )
