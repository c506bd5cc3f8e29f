"""The values of an entry's fields, each read from a text that nobody has checked."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.domain.entries import tidy
from bot.domain.imports.contents import Fault
from bot.domain.imports.identifiers import (
    arxiv_number,
    doi_name,
    isbn_number,
    openreview_id,
    web_address,
)
from bot.domain.papers import Link, PaperType, Role, Section
from bot.domain.progress import Depth
from bot.exchange.limits import LONGEST_SECTION_ID, LONGEST_TAG, MOST_LISTED

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


def read_value(name: str, text: str) -> Any:
    """The value of the field called ``name``, from its tidy text. Raises EntryWrong."""
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
            case [str() as label, str() as url, (bool() | None) as free]:
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
    ids = {section.id for section in sections}
    # A form asks for sections by their ids.
    if any(len(id_) > LONGEST_SECTION_ID for id_ in ids):
        raise EntryWrong(Fault.TOO_LONG)
    if len(ids) != len(sections):
        raise EntryWrong(Fault.NOT_A_LIST)
    return tuple(sections)


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
