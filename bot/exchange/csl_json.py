"""Reads and writes CSL-JSON, the form of Zotero, Pandoc and citation processors.

Schema: https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json. What it has no
variable for stands in ``custom``, which the schema gives for that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.domain.entries import Entry, Name
from bot.domain.imports.contents import Fault, Refused
from bot.exchange.drafts import Draft, collected, texts_of
from bot.exchange.json_items import items_of
from bot.exchange.keys import with_keys
from bot.exchange.kinds import CSL_TYPES, from_csl
from bot.exchange.values import LISTS, EntryWrong

_VARIABLES = {
    "title": "title",
    "venue": "container-title",
    "doi": "DOI",
    "isbn": "ISBN",
    "url": "URL",
    "pages": "page",
    "abstract": "abstract",
    "note": "note",
    "tags": "keyword",
}
_OWN = frozenset(
    {
        "kind", "role", "theory", "openreview", "links", "hours", "length", "title_variants",
        "first_public", "first_public_where", "list_year", "peer_reviewed", "sections",
        "unverified", "depth",
    }
)  # fmt: skip
_USED = {
    *_VARIABLES.values(), "id", "type", "author", "editor", "issued", "archive",
    "archive_location", "number", "publisher", "event-title", "volume", "issue", "custom",
}  # fmt: skip
_NAME_PARTS = ("dropping-particle", "non-dropping-particle", "family")


def write_csl_json(entries: Iterable[Entry]) -> bytes:
    """The entries as a CSL-JSON file in UTF-8 that ``read_csl_json`` reads as the same entries."""
    items = [dict(_item(entry)) for entry in with_keys(entries)]
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_csl_json(text: str) -> tuple[list[Draft | Refused], set[str]]:
    """Each item as a draft or as what is wrong with it, and the variables that nothing reads.

    Raises FileBroken or FileTooDeep where the text is not JSON, and TooManyEntries.
    """
    unused: set[str] = set()
    return collected(_found(line, item, unused) for line, item in items_of(text)), unused


def _found(line: int, item: object, unused: set[str]) -> Draft | Refused:
    if not isinstance(item, dict):
        return Refused("", line, Fault.NOT_AN_ENTRY)
    unused |= item.keys() - _USED
    key = _text(item.get("id"))
    try:
        return Draft(key, line, dict(_texts(item)), tuple(_names(item)))
    except EntryWrong as error:
        return Refused(key, line, error.fault, error.field)


def _item(entry: Entry) -> Iterator[tuple[str, Any]]:
    texts = texts_of(entry)
    yield "id", entry.key
    yield "type", CSL_TYPES[entry.kind]
    if entry.authors:
        yield "author", [_name(name) for name in entry.authors]
    if entry.year is not None:
        yield "issued", {"date-parts": [[entry.year]]}
    yield from ((csl, texts[name]) for name, csl in _VARIABLES.items() if name in texts)
    if entry.arxiv:
        yield "archive", "arXiv"
        yield "archive_location", texts["arxiv"]
    own = {name: text for name, text in texts.items() if name in _OWN}
    yield "custom", {n: json.loads(t) if n in LISTS else t for n, t in own.items()}


def _name(name: Name) -> dict[str, str]:
    parts = {
        "family": name.family,
        "given": name.given,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {part: text for part, text in parts.items() if text}


def _texts(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((name, _text(item.get(csl), name)) for name, csl in _VARIABLES.items())
    yield "venue", _venue(item)
    yield "year", _year(item.get("issued"))
    archive = _text(item.get("archive")).lower() == "arxiv"
    number = _text(item.get("number"))
    if archive:
        yield "arxiv", _text(item.get("archive_location")) or number
    elif number.lower().startswith("arxiv:"):
        yield "arxiv", number
    yield "likely_kind", from_csl(_text(item.get("type")))
    custom = item.get("custom")
    for name, value in custom.items() if isinstance(custom, dict) else ():
        if name in _OWN:
            listed = name in LISTS and isinstance(value, list)
            yield name, json.dumps(value, ensure_ascii=False) if listed else _text(value, name)


def _venue(item: Mapping[str, Any]) -> str:
    names = ("container-title", "event-title", "publisher")
    venue = next((found for name in names if (found := _text(item.get(name), "venue"))), "")
    volume, issue = _text(item.get("volume")), _text(item.get("issue"))
    if not venue or not volume:
        return venue
    return f"{venue} {volume}({issue})" if issue else f"{venue} {volume}"


def _year(issued: object) -> str:
    match issued:
        case {"date-parts": [[year, *_], *_]}:
            return _text(year, "year")
        case {"raw": str() as date} | {"literal": str() as date} | (str() as date):
            return date
        case None:
            return ""
        case _:
            raise EntryWrong(Fault.NOT_A_YEAR, "year")


def _names(item: Mapping[str, Any]) -> Iterator[Name]:
    names = item.get("author") or item.get("editor") or []
    if not isinstance(names, list):
        raise EntryWrong(Fault.NOT_A_NAME, "authors")
    for name in names:
        if not isinstance(name, dict):
            raise EntryWrong(Fault.NOT_A_NAME, "authors")
        family = " ".join(filter(None, (_text(name.get(part), "authors") for part in _NAME_PARTS)))
        given, suffix, literal = (
            _text(name.get(part), "authors") for part in ("given", "suffix", "literal")
        )
        yield Name(family, given, suffix, "" if family else literal)


def _text(value: object, field: str = "") -> str:
    """A text or number as text. Raises EntryWrong for what is neither, if ``field`` is named."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if field and value is not None:
        raise EntryWrong(Fault.NOT_AN_ENTRY, field)
    return ""
