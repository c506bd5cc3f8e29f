"""What somebody wrote in the first form of a paper, made into an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.entries import Entry, Name, link_to, tidy
from bot.domain.entry_forms import (
    LONGEST_LIST,
    LONGEST_TEXT,
    LONGEST_TITLE,
    TitleMissing,
    filled_in,
    lines_of,
)
from bot.domain.imports.identifiers import (
    arxiv_number,
    doi_name,
    isbn_number,
    openreview_id,
    web_address,
)
from bot.domain.own_entries import OwnPaper
from bot.domain.papers import Link, Role, Section

LONGEST_LINKS = 600
YEARS = range(1600, 2101)
HOURS = (0.1, 1000.0)

# An identifier may stand apart from what it is: "arXiv: 1805.06576".
_LABEL = re.compile(r"\b(arXiv|doi|ISBN)(?::\s+|\s+(?=97[89]))", re.IGNORECASE)
# The name of what follows, and the subject that arXiv writes behind a number.
_AROUND = re.compile(r"arxiv|doi|isbn|\[[\w.-]+\]", re.IGNORECASE)
_APART = re.compile(r"\s*(?:\n|;|\band\b|&)\s*")


class Unread(StrEnum):
    """What could not be read in a form."""

    LINK = "link"
    YEAR = "year"
    HOURS = "hours"
    READING_HOURS = "reading-hours"


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """The form of a paper. ``link`` is an arXiv number, a DOI, an ISBN, an address, or several."""

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
        isbn = work.isbn and f"ISBN:{work.isbn}"
        named = (arxiv, work.doi, review, isbn, *(link.url for link in work.links))
        facts = (work.year and str(work.year), work.hours and f"{work.hours:g} h")
        return cls(
            work.title,
            "; ".join(name.shown for name in work.authors),
            " ".join(one for one in named if one),
            ", ".join(one for one in facts if one),
            "\n".join(section.title for section in work.sections),
        )

    def applied(
        self, to: OwnPaper | None = None, theory: str | None = None, role: Role | None = None
    ) -> tuple[OwnPaper, tuple[Unread, ...]]:
        """The paper as written, and what could not be read; of ``to`` everything else stays.

        Raises TitleMissing.
        """
        title = tidy(self.title)[:LONGEST_TITLE]
        if not title:
            raise TitleMissing
        before = Entry("", "", role=role, theory=theory) if to is None else to.work
        shown = WrittenPaper("", "", "", "", "") if to is None else WrittenPaper.of(to)
        work, strange = before, False
        unread: tuple[Unread, ...] = ()
        # What comes back as it was sent says nothing, even where it was too long to be sent whole.
        if not _is_same(self.title, shown.title, LONGEST_TITLE):
            work = replace(work, title=title)
        if not _is_same(self.authors, shown.authors, LONGEST_TEXT):
            work = replace(work, authors=tuple(Name.of(tidy(p)) for p in _authors(self.authors)))
        if not _is_same(self.sections, shown.sections, LONGEST_LIST):
            work = replace(work, sections=_sections(self.sections, before.sections))
        if not _is_same(self.year_and_hours, shown.year_and_hours, LONGEST_TEXT):
            work, unread = _numbered(work, self.year_and_hours)
        if not _is_same(self.link, shown.link, LONGEST_LINKS):
            work, strange = _identified(work, self.link)
        retired = to is not None and to.retired
        return OwnPaper(work, retired), (*((Unread.LINK,) if strange else ()), *unread)


def _is_same(written: str, shown: str, longest: int) -> bool:
    return written.split() == filled_in(shown, longest).split()


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
    """A line each. A section that was there keeps its id, so that progress in it stays.

    With as many lines as before, a title that is new is the old one in its place, put better.
    """
    known = {section.title: section.id for section in before}
    taken, made = {section.id for section in before}, []
    titles = list(dict.fromkeys(lines_of(text)))
    for place, title in enumerate(titles):
        replaced = before[place] if len(titles) == len(before) else None
        if title not in known and replaced is not None and replaced.title not in titles:
            known[title] = replaced.id
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
    years = [int(one) for one in numbers if _is_year(one)]
    others = [float(one.replace(",", ".")) for one in numbers if not _is_year(one)]
    hours = [one for one in others if HOURS[0] <= one <= HOURS[1]]
    unread = () if years or hours else (Unread.YEAR,)
    if others and not hours:
        unread = (Unread.HOURS,)
    if unread and not years and not hours:
        return work, unread
    return replace(
        work, year=years[0] if years else None, hours=hours[0] if hours else None
    ), unread


def _is_year(number: str) -> bool:
    # 10.5 has four signs too.
    return len(number) == 4 and number.isdecimal() and int(number) in YEARS


def _identified(work: Entry, text: str) -> tuple[Entry, bool]:
    """The work with the identifiers and addresses in ``text``; whether some of it is neither."""
    found = replace(
        work, arxiv=None, arxiv_version=None, doi=None, openreview=None, isbn=None, links=()
    )
    links: list[Link] = []
    strange = False
    for word in _named(_LABEL.sub(r"\1:", text)):
        if (arxiv := arxiv_number(word)) is not None:
            found = replace(found, arxiv=arxiv[0], arxiv_version=arxiv[1])
        elif (doi := doi_name(word)) is not None:
            found = replace(found, doi=doi)
        elif (isbn := isbn_number(word)) is not None:
            found = replace(found, isbn=isbn)
        elif (review := _review(word)) is not None:
            found = replace(found, openreview=review)
        elif (address := web_address(word)) is not None:
            links.append(link_to(address))
        else:
            strange = True
    named = found.arxiv or found.doi or found.openreview or found.isbn
    if strange and not links and not named:
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
