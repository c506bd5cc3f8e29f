"""A paper in words: its line on the card, its entry among all works, its years and status."""

from __future__ import annotations

from bot.domain.catalogue import Hours
from bot.domain.papers import Paper
from bot.render.markdown import link, size
from bot.render.words import Words

_LONGEST_LINK = 400


def number_text(value: float) -> str:
    """8.0 as "8", 1.5 as "1.5"."""
    return f"{value:g}"


def tag_text(tag: str) -> str:
    """A prerequisite as it is read: words apart, abbreviations in capitals."""
    return tag.upper() if len(tag) <= 3 else tag.replace("-", " ")


def hours_text(hours: Hours, words: Words) -> str:
    """About how long the primary papers take together."""
    typical = number_text(hours.typical)
    if hours.low is None or hours.high is None:
        return words.text("about {hours} h of reading", hours=typical)
    return words.text(
        "about {hours} h of reading ({low} to {high})",
        hours=typical,
        low=number_text(hours.low),
        high=number_text(hours.high),
    )


def authors_text(paper: Paper, words: Words) -> str:
    """Up to three names, then the first and "et al."; empty for none."""
    if len(paper.authors) <= 3:
        return ", ".join(paper.authors)
    return words.text("{first} et al.", first=paper.authors[0])


def years_text(paper: Paper, words: Words) -> str:
    """The year of publication, with every other year the work is known by said beside it."""
    first = int(paper.first_public[:4]) if paper.first_public else None
    year = paper.year or first
    if year is None:
        return ""
    notes = []
    if first is not None and first != year:
        notes.append(words.text("first public {year}", year=first))
    if paper.list_year is not None and paper.list_year != year:
        notes.append(words.text("the founding list says {year}", year=paper.list_year))
    shown = _marked(str(year), paper, ("year",), words)
    return f"{shown} ({'; '.join(notes)})" if notes else shown


def status_text(paper: Paper, words: Words) -> str:
    """Whether others checked it and whether it can be read for free, as far as it is known."""
    parts = []
    if paper.peer_reviewed is True:
        parts.append(words.text("peer reviewed"))
    elif paper.peer_reviewed is False:
        parts.append(words.text("not peer reviewed"))
    if any(x.free for x in paper.links):
        parts.append(words.text("free to read"))
    elif any(x.free is False for x in paper.links):
        parts.append(words.text("behind a paywall"))
    return " · ".join(parts)


def title_text(paper: Paper) -> str:
    """The title, linked to its first (free) address where there is one.

    Lists cut their lines: a link so long that it could be cut is left out, for half a one is none.
    """
    linked = link(paper.title, paper.links[0].url) if paper.links else paper.title
    return linked if size(linked) <= _LONGEST_LINK else paper.title


def paper_line(paper: Paper, words: Words) -> str:
    """The short form on the card: title, authors, years, status, hours."""
    facts = [authors_text(paper, words), years_text(paper, words), status_text(paper, words)]
    if paper.hours is not None:
        facts.append(words.text("{hours} h", hours=number_text(paper.hours)))
    return f"**{title_text(paper)}**\n{' · '.join(fact for fact in facts if fact)}"


def paper_entry(paper: Paper, words: Words) -> str:
    """The full form among all works: with venue, identifiers and further links."""
    title = _marked(title_text(paper), paper, ("title",), words)
    authors = _marked(authors_text(paper, words), paper, ("authors",), words)
    facts = [authors, *_where_and_when(paper, words), status_text(paper, words)]
    further = list(paper.links[1:])
    for prefix, identifier, field in (
        ("arXiv", paper.arxiv, "arxiv"),
        ("DOI", _own_doi(paper), "doi"),
    ):
        if identifier:
            shown = f"{prefix} {identifier}"
            to = next((x for x in further if identifier in x.url), None)
            if to is not None:
                further.remove(to)
                shown = link(shown, to.url)
            facts.append(_marked(shown, paper, (field,), words))
    facts += [link(x.label, x.url) for x in further]
    return f"- **{title}** · {' · '.join(fact for fact in facts if fact)}"


def _own_doi(paper: Paper) -> str | None:
    """The DOI, unless it only says the arXiv number once more."""
    return None if paper.doi and paper.doi.startswith("10.48550/arXiv.") else paper.doi


def _where_and_when(paper: Paper, words: Words) -> tuple[str, str]:
    """Venue and years; a year that the venue's own name says is not said twice."""
    years = years_text(paper, words)
    if not paper.venue:
        return "", years
    venue = _marked(paper.venue, paper, ("venue",), words)
    return venue, "" if years in paper.venue else years


def _marked(text: str, paper: Paper, fields: tuple[str, ...], words: Words) -> str:
    if not text or paper.unverified.isdisjoint(fields):
        return text
    return words.text("{fact} (unverified)", fact=text)
