"""A draft: an entry as the texts of its fields, the form that all formats have in common.

``texts_of`` and ``checked`` are inverse to each other for every entry that is tidy and within
the limits. The names of the texts are those of the fields of ``Entry``, and ``likely_kind`` for one
that is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.entries import Entry, Name, link_to, tidy
from bot.domain.imports.contents import Fault
from bot.domain.imports.errors import TooManyEntries
from bot.exchange.limits import (
    LONGEST,
    LONGEST_FIELD,
    LONGEST_NAME,
    MOST_AUTHORS,
    MOST_ENTRIES,
)
from bot.exchange.values import LISTS, EntryWrong, read_value

_Found = TypeVar("_Found")


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
            values[name] = read_value(name, kept)
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


def _listed(value: list[Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return str(value)
