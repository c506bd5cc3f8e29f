"""A draft: an entry as the texts of its fields, the form that all formats have in common.

``texts_of`` and ``checked`` are inverse to each other for every entry that is tidy and within
the limits. The names of the texts are those of the fields of ``Entry``, and ``likely_kind`` for one
that is guessed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from bot.domain.catalogue import Link, PaperType, Role, Section
from bot.domain.entries import Entry, Name, link_to, tidy
from bot.domain.imports.contents import Fault
from bot.domain.imports.errors import TooManyEntries
from bot.domain.imports.identifiers import (
    arxiv_number,
    doi_name,
    isbn_number,
    openreview_id,
    web_address,
)
from bot.domain.progress import Depth
from bot.exchange.limits import (
    LONGEST,
    LONGEST_FIELD,
    LONGEST_NAME,
    LONGEST_TAG,
    MOST_AUTHORS,
    MOST_ENTRIES,
    MOST_LISTED,
)

_Found = TypeVar("_Found")

LISTS = frozenset({"links", "sections", "title_variants", "unverified"})
"""Texts that are JSON: a list of texts, of links [label, url, free], of sections [id, title]."""

_YEAR = re.compile(r"(\d{4})(?:-\d\d){0,2}", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class EntryWrong(Exception):
    """A draft is no entry: ``fault`` says why, ``field`` where ("" for the whole)."""

    def __init__(self, fault: Fault, field: str = "") -> None:
        super().__init__(fault, field)
        self.fault = fault
        self.field = field


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file says of one work, before anything of it is believed."""

    key: str
    line: int
    texts: Mapping[str, str]
    authors: tuple[Name, ...] = ()


def collected(found: Iterable[_Found]) -> list[_Found]:
    """All that is found. Raises TooManyEntries as soon as it is more than a file may have."""
    kept: list[_Found] = []
    for each in found:
        kept.append(each)
        if len(kept) > MOST_ENTRIES:
            raise TooManyEntries(MOST_ENTRIES)
    return kept


def texts_of(entry: Entry) -> dict[str, str]:
    """The fields that say something, but for key and authors, in the order of ``Entry``."""
    texts: dict[str, str] = {}
    for name in entry.known_fields():
        if name == "arxiv":
            version = f"v{entry.arxiv_version}" if entry.arxiv_version else ""
            texts["arxiv"] = f"{entry.arxiv}{version}"
        elif name == "links":
            texts["url"] = entry.links[0].url
            if entry.links != (link_to(entry.links[0].url),):
                texts["links"] = _listed([[x.label, x.url, x.free] for x in entry.links])
        elif name == "sections":
            texts["sections"] = _listed([[x.id, x.title] for x in entry.sections])
        elif name in LISTS:
            texts[name] = _listed(list(getattr(entry, name)))
        elif name == "tags":
            texts["tags"] = ", ".join(entry.tags)
        elif name not in ("key", "authors", "arxiv_version"):
            texts[name] = _written(getattr(entry, name))
    return texts


def checked(draft: Draft) -> Entry:
    """The entry that the draft describes. Raises EntryWrong, for the first thing that is wrong."""
    values: dict[str, Any] = {}
    for name, text in [("key", draft.key), *draft.texts.items()]:
        longest = LONGEST.get(name, LONGEST_FIELD)
        # Whoever writes over many lines has more spaces than are kept in the end.
        kept = tidy(text) if len(text) <= 2 * longest else text
        if len(kept) > longest:
            raise EntryWrong(Fault.TOO_LONG, name)
        if kept:
            values[name] = _read(name, kept)
    if "title" not in values:
        raise EntryWrong(Fault.NO_TITLE, "title")
    url = values.pop("url", None)
    if url is not None and all(link.url != url for link in values.get("links", ())):
        values["links"] = (link_to(url), *values.get("links", ()))
    guessed = values.pop("likely_kind", None)
    if guessed is not None and "kind" not in values:
        values |= {"kind": guessed, "kind_stated": False}
    if "arxiv" in values:
        values["arxiv"], values["arxiv_version"] = values["arxiv"]
    return Entry(authors=_authors(draft.authors), **{"key": "", **values})


def _authors(names: tuple[Name, ...]) -> tuple[Name, ...]:
    if len(names) > MOST_AUTHORS:
        raise EntryWrong(Fault.TOO_MANY, "authors")
    kept = []
    for name in names:
        parts = (name.family, name.given, name.suffix, name.literal)
        if sum(map(len, parts)) > LONGEST_NAME:
            raise EntryWrong(Fault.TOO_LONG, "authors")
        family, given, suffix, literal = map(tidy, parts)
        if literal and (family or given or suffix):
            raise EntryWrong(Fault.NOT_A_NAME, "authors")
        if family or literal:
            kept.append(Name(family, given, suffix, literal))
        elif given or suffix:
            kept.append(Name(literal=" ".join(part for part in (given, suffix) if part)))
    return tuple(kept)


def _read(name: str, text: str) -> Any:
    try:
        return _READERS.get(name, _as_it_is)(text)
    except EntryWrong as error:
        raise EntryWrong(error.fault, name) from None


def _as_it_is(text: str) -> str:
    return text


def _must(read: Callable[[str], Any], fault: Fault) -> Callable[[str], Any]:
    """A reader that refuses where ``read`` gives None."""

    def reader(text: str) -> Any:
        value = read(text)
        if value is None:
            raise EntryWrong(fault)
        return value

    return reader


def _choice(kind: type[PaperType | Role | Depth]) -> Callable[[str], Any]:
    choices = {choice.value: choice for choice in kind}
    return _must(lambda text: choices.get(text.lower()), Fault.NOT_A_CHOICE)


def _year(text: str) -> int | None:
    found = _YEAR.fullmatch(text)
    return int(found[1]) if found and 1400 <= int(found[1]) <= 2100 else None


def _date(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
    return text


def _hours(text: str) -> float | None:
    try:
        hours = float(text) if len(text) <= 25 else math.nan
    except ValueError:
        return None
    return hours if 0 < hours <= 1000 else None


def _tags(text: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(tag for tag in map(str.strip, re.split("[,;]", text)) if tag))
    if len(tags) > MOST_LISTED:
        raise EntryWrong(Fault.TOO_MANY)
    if any(len(tag) > LONGEST_TAG for tag in tags):
        raise EntryWrong(Fault.TOO_LONG)
    return tags


def _list(text: str) -> list[Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise EntryWrong(Fault.NOT_A_LIST) from None
    if not isinstance(value, list):
        raise EntryWrong(Fault.NOT_A_LIST)
    if len(value) > MOST_LISTED:
        raise EntryWrong(Fault.TOO_MANY)
    return value


def _texts(text: str) -> tuple[str, ...]:
    return tuple(_listed_text(each) for each in _list(text))


def _listed_text(value: object) -> str:
    kept = tidy(value) if isinstance(value, str) else ""
    if not kept:
        raise EntryWrong(Fault.NOT_A_LIST)
    return kept


def _links(text: str) -> tuple[Link, ...]:
    links = []
    for each in _list(text):
        match each:
            case [str() as label, str() as url, bool() as free]:
                links.append(Link(_listed_text(label), _ADDRESS(url), free))
            case _:
                raise EntryWrong(Fault.NOT_A_LIST)
    return tuple(links)


def _sections(text: str) -> tuple[Section, ...]:
    sections = []
    for each in _list(text):
        match each:
            case [str() as id_, str() as title]:
                sections.append(Section(_listed_text(id_), _listed_text(title)))
            case _:
                raise EntryWrong(Fault.NOT_A_LIST)
    return tuple(sections)


def _listed(value: list[Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return str(value)


_ADDRESS = _must(web_address, Fault.NOT_AN_ADDRESS)
_YEARS = _must(_year, Fault.NOT_A_YEAR)
_READERS: Mapping[str, Callable[[str], Any]] = {
    "kind": _choice(PaperType),
    "likely_kind": _choice(PaperType),
    "role": _choice(Role),
    "depth": _choice(Depth),
    "theory": _must(lambda t: t if _SLUG.fullmatch(t) else None, Fault.THEORY_UNKNOWN),
    "year": _YEARS,
    "list_year": _YEARS,
    "first_public": _must(_date, Fault.NOT_A_DATE),
    "doi": _must(doi_name, Fault.NOT_A_DOI),
    "arxiv": _must(arxiv_number, Fault.NOT_ARXIV),
    "openreview": _must(openreview_id, Fault.NOT_OPENREVIEW),
    "isbn": _must(isbn_number, Fault.NOT_ISBN),
    "url": _ADDRESS,
    "links": _links,
    "sections": _sections,
    "title_variants": _texts,
    "unverified": _texts,
    "hours": _must(_hours, Fault.NOT_A_NUMBER),
    "tags": _tags,
    "peer_reviewed": _must({"yes": True, "no": False}.get, Fault.NOT_A_CHOICE),
}
