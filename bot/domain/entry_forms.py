"""What somebody wrote in the form of a theory or a paper, made into an entry.

Nothing that was written is lost for one slip: what cannot be read is left as it was, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.catalogue import Difficulty, Hours, Link, Section, Theory
from bot.domain.entries import Entry, Name, link_to, tidy
from bot.domain.errors import ClubError
from bot.domain.imports.identifiers import (
    arxiv_number,
    doi_name,
    openreview_id,
    web_address,
)
from bot.domain.own_entries import OwnPaper, OwnTheory

LONGEST_TITLE = 200
LONGEST_TEXT = 1000
MOST_LINES = 40
YEARS = range(1600, 2101)
HOURS = (0.1, 1000.0)

# The name of what follows, and the subject that arXiv writes behind a number.
_AROUND = re.compile(r"arxiv|doi|\[[\w.-]+\]", re.IGNORECASE)
_APART = re.compile(r"\s*(?:\n|;|\band\b|&)\s*")


class TitleMissing(ClubError):
    """A theory needs a name and a paper a title."""


class Unread(StrEnum):
    """What could not be read in a form."""

    LINK = "link"
    YEAR = "year"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class WrittenTheory:
    """The form of a theory. ``ideas`` are one a line, ``aliases`` apart by commas or lines."""

    name: str
    claim: str
    ideas: str
    aliases: str
    topic: str

    @classmethod
    def of(cls, entry: OwnTheory) -> WrittenTheory:
        """The form filled in with a theory."""
        theory = entry.theory
        return cls(
            theory.name,
            theory.claim,
            "\n".join(theory.key_ideas),
            ", ".join(theory.aliases),
            theory.topic,
        )

    def applied(self, to: OwnTheory | None = None) -> OwnTheory:
        """The theory as written; of ``to`` everything else stays. Raises TitleMissing."""
        name = tidy(self.name)[:LONGEST_TITLE]
        if not name:
            raise TitleMissing
        aliases = (tidy(part) for part in re.split(r"[,;\n]", self.aliases))
        theory = Theory(
            slug="" if to is None else to.theory.slug,
            order=0,
            name=name,
            short_name=name,
            claim=tidy(self.claim),
            key_ideas=_lines(self.ideas),
            difficulty=Difficulty(0, ""),
            hours=Hours(0),
            prerequisites=() if to is None else to.theory.prerequisites,
            topic=self.topic,
            papers=(),
            aliases=tuple(dict.fromkeys(alias for alias in aliases if alias))[:MOST_LINES],
            prompts=() if to is None else to.theory.prompts,
            safety_relevance="" if to is None else to.theory.safety_relevance,
        )
        return OwnTheory(theory, retired=to is not None and to.retired)


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """The form of a paper. ``link`` is an arXiv number, a DOI, or an address, or several."""

    title: str
    authors: str
    link: str
    year_and_hours: str
    sections: str

    @classmethod
    def of(cls, entry: OwnPaper) -> WrittenPaper:
        """The form filled in with a paper."""
        work = entry.work
        arxiv = work.arxiv and f"arXiv:{work.arxiv}"
        if arxiv and work.arxiv_version:
            arxiv += f"v{work.arxiv_version}"
        review = work.openreview and f"https://openreview.net/forum?id={work.openreview}"
        named = (arxiv, work.doi, review, *(link.url for link in work.links))
        facts = (work.year and str(work.year), work.hours and f"{work.hours:g} h")
        return cls(
            work.title,
            "; ".join(name.shown for name in work.authors),
            " ".join(one for one in named if one),
            ", ".join(one for one in facts if one),
            "\n".join(section.title for section in work.sections),
        )

    def applied(
        self, to: OwnPaper | None = None, theory: str | None = None
    ) -> tuple[OwnPaper, tuple[Unread, ...]]:
        """The paper as written, and what could not be read; of ``to`` everything else stays.

        Raises TitleMissing.
        """
        title = tidy(self.title)[:LONGEST_TITLE]
        if not title:
            raise TitleMissing
        before = Entry("", "", theory=theory) if to is None else to.work
        work = replace(
            before,
            title=title,
            authors=tuple(Name.of(tidy(part)) for part in _authors(self.authors)),
            sections=_sections(self.sections, before.sections),
        )
        work, unread = _numbered(work, self.year_and_hours)
        work, strange = _identified(work, self.link)
        retired = to is not None and to.retired
        return OwnPaper(work, retired), (*((Unread.LINK,) if strange else ()), *unread)


def _lines(text: str) -> tuple[str, ...]:
    lines = (tidy(line.lstrip("-•* ")) for line in text.splitlines())
    return tuple(line for line in lines if line)[:MOST_LINES]


def _authors(text: str) -> list[str]:
    parts = [part for part in _APART.split(text) if part.strip()]
    if len(parts) == 1 and parts[0].count(",") > 1:
        # "Ada Lovelace, Charles Babbage, Mary Somerville"; one comma is "Lovelace, Ada".
        parts = [part for part in parts[0].split(",") if part.strip()]
    return [_spoken(part) for part in parts][:200]


def _spoken(name: str) -> str:
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name.strip()


def _sections(text: str, before: tuple[Section, ...]) -> tuple[Section, ...]:
    """A line each. A section that was there keeps its id, so that progress in it stays."""
    known = {section.title: section.id for section in before}
    taken, made = set(known.values()), []
    for title in dict.fromkeys(_lines(text)):
        if title not in known:
            number = next(n for n in range(1, 10_000) if str(n) not in taken)
            known[title] = str(number)
            taken.add(str(number))
        made.append(Section(known[title], title))
    return tuple(made)


def _numbered(work: Entry, text: str) -> tuple[Entry, tuple[Unread, ...]]:
    """A number of four digits is the year, another one the hours: 2022, 5 h."""
    if not text.strip():
        return replace(work, year=None, hours=None), ()
    numbers = re.findall(r"\d+(?:[.,]\d+)?", text)
    years = [int(one) for one in numbers if len(one) == 4 and int(one) in YEARS]
    others = [float(n.replace(",", ".")) for n in numbers if not (len(n) == 4 and int(n) in YEARS)]
    hours = [one for one in others if HOURS[0] <= one <= HOURS[1]]
    unread = () if years or hours else (Unread.YEAR,)
    if others and not hours:
        unread = (Unread.HOURS,)
    if unread and not years and not hours:
        return work, unread
    return replace(
        work, year=years[0] if years else None, hours=hours[0] if hours else None
    ), unread


def _identified(work: Entry, text: str) -> tuple[Entry, bool]:
    """The work with the identifiers and addresses in ``text``; whether some of it is neither."""
    found = replace(work, arxiv=None, arxiv_version=None, doi=None, openreview=None, links=())
    links: list[Link] = []
    strange = False
    for word in _named(text):
        if (arxiv := arxiv_number(word)) is not None:
            found = replace(found, arxiv=arxiv[0], arxiv_version=arxiv[1])
        elif (doi := doi_name(word)) is not None:
            found = replace(found, doi=doi)
        elif (review := _review(word)) is not None:
            found = replace(found, openreview=review)
        elif (address := web_address(word)) is not None:
            links.append(link_to(address))
        else:
            strange = True
    if strange and not links and not (found.arxiv or found.doi or found.openreview):
        return work, True
    known = {link.url: link for link in work.links}
    return replace(found, links=tuple(known.get(link.url, link) for link in links)), strange


def _named(text: str) -> Iterator[str]:
    """What stands in a field of links, without the signs and names that people put around it."""
    for word in re.split(r"[\s<>]+", text):
        bare = word.strip(",;|'\"").rstrip(".:")
        if bare.startswith("(") and bare.endswith(")"):
            bare = bare[1:-1]
        if bare and _AROUND.fullmatch(bare) is None:
            yield bare


def _review(word: str) -> str | None:
    """The id of an address of OpenReview; a word alone may be anything."""
    return openreview_id(word) if "openreview.net/" in word.lower() else None
