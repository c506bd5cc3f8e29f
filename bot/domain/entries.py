"""An entry: one work as it travels in files, whatever their format.

It holds all that the catalogue's ``Paper`` holds, and what files say besides (pages, tags, an
abstract). Every text is *tidy*: one line, Unicode's NFC, without characters that cannot be shown.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, fields
from urllib.parse import urlsplit

from bot.domain.papers import Link, Paper, PaperType, Role, Section
from bot.domain.progress import Depth

ET_AL = "et al."
"""The literal name that stands for authors whom a file leaves out."""


def tidy(text: str) -> str:
    """The text on one line, composed (NFC), without control, format and unassigned characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


@dataclass(frozen=True, slots=True)
class Name:
    """An author: a person by ``family`` and ``given`` name, or a group by its ``literal`` one.

    ``family`` includes what belongs before it ("van Rossum"), ``suffix`` is "Jr." and the like.
    """

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""

    @classmethod
    def of(cls, shown: str) -> Name:
        """A name in the order it is spoken; a single word is taken as the name of a group."""
        words = shown.split()
        if len(words) < 2:
            return cls(literal=shown)
        # What stands between the names in small letters belongs to the family: van, de la.
        particle = (n for n, word in enumerate(words[1:-1], 1) if word[0].islower())
        start = next(particle, len(words) - 1)
        return cls(family=" ".join(words[start:]), given=" ".join(words[:start]))

    @property
    def shown(self) -> str:
        """The name in the order it is spoken."""
        spoken = " ".join(part for part in (self.given, self.family, self.suffix) if part)
        return self.literal or spoken


@dataclass(frozen=True, slots=True)
class Entry:
    """One work. ``key`` is what files call it: the citation key, which is the paper's id here.

    ``arxiv`` has no version, ``arxiv_version`` is the one a file named. The fields that ``Paper``
    has too mean what they mean there; ``sections`` are there only when they are the outline, not
    the neutral units. ``depth`` is the member's own where the entry is one of their readings.
    None, "" and () say that nothing is known. ``kind_stated`` is False where the kind was only
    guessed from the type that a file gives; two entries may differ in that and be equal.
    """

    key: str
    title: str
    authors: tuple[Name, ...] = ()
    kind: PaperType = PaperType.ARTICLE
    role: Role | None = None
    theory: str | None = None
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    arxiv_version: int | None = None
    openreview: str | None = None
    isbn: str | None = None
    links: tuple[Link, ...] = ()
    pages: str | None = None
    hours: float | None = None
    length: str | None = None
    tags: tuple[str, ...] = ()
    abstract: str | None = None
    note: str | None = None
    title_variants: tuple[str, ...] = ()
    first_public: str | None = None
    first_public_where: str | None = None
    list_year: int | None = None
    peer_reviewed: bool | None = None
    sections: tuple[Section, ...] = ()
    unverified: tuple[str, ...] = ()
    depth: Depth | None = None
    kind_stated: bool = field(default=True, compare=False)

    @property
    def url(self) -> str | None:
        """The address that stands for the work in formats with room for one."""
        return self.links[0].url if self.links else None

    def known_fields(self) -> tuple[str, ...]:
        """The names of the fields that say something."""
        names = (each.name for each in fields(self) if each.compare)
        return tuple(name for name in names if getattr(self, name) not in (None, "", ()))


def entry_of(
    paper: Paper,
    theory: str | None = None,
    tags: tuple[str, ...] = (),
    depth: Depth | None = None,
) -> Entry:
    """A paper of the catalogue as an entry; ``theory`` is the slug of the theory it belongs to."""
    return Entry(
        key=paper.id,
        title=paper.title,
        authors=tuple(Name.of(author) for author in paper.authors),
        kind=paper.type,
        role=paper.role,
        theory=theory,
        year=paper.year,
        venue=paper.venue,
        doi=paper.doi,
        arxiv=paper.arxiv,
        isbn=paper.isbn,
        links=paper.links,
        hours=paper.hours,
        length=paper.length,
        tags=tags,
        note=paper.note,
        title_variants=paper.title_variants,
        first_public=paper.first_public,
        first_public_where=paper.first_public_where,
        list_year=paper.list_year,
        peer_reviewed=paper.peer_reviewed,
        sections=paper.sections if paper.outlined else (),
        unverified=tuple(sorted(paper.unverified)),
        depth=depth,
    )


def paper_of(entry: Entry, neutral_sections: tuple[Section, ...], role: Role) -> Paper:
    """The entry as a paper of the catalogue: in ``role`` unless it says which one it has.

    Without a link it gets those that its identifiers make.
    """
    return Paper(
        id=entry.key,
        role=entry.role or role,
        type=entry.kind,
        title=entry.title,
        authors=tuple(name.shown for name in entry.authors),
        links=entry.links or registry_links(entry),
        title_variants=entry.title_variants,
        first_public=entry.first_public,
        first_public_where=entry.first_public_where,
        year=entry.year,
        list_year=entry.list_year,
        venue=entry.venue,
        arxiv=entry.arxiv,
        doi=entry.doi,
        isbn=entry.isbn,
        peer_reviewed=entry.peer_reviewed,
        hours=entry.hours,
        length=entry.length,
        sections=entry.sections or neutral_sections,
        outlined=bool(entry.sections),
        note=entry.note,
        unverified=frozenset(entry.unverified),
    )


def link_to(url: str) -> Link:
    """A link labelled with its host. Nobody said that it costs, so it counts as free."""
    host = urlsplit(url).hostname or url
    return Link(label=host.removeprefix("www."), url=url, free=True)


def registry_links(entry: Entry) -> tuple[Link, ...]:
    """The pages that its numbers lead to. A DOI alone does not say whether reading costs."""
    made = []
    if entry.arxiv:
        made.append(Link("arXiv", f"https://arxiv.org/abs/{entry.arxiv}", free=True))
    if entry.openreview:
        address = f"https://openreview.net/forum?id={entry.openreview}"
        made.append(Link("OpenReview", address, free=True))
    if entry.doi:
        made.append(Link("DOI", f"https://doi.org/{entry.doi}", free=None))
    return tuple(made)
