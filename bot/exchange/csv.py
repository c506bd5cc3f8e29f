"""Reads and writes tables (RFC 4180), safe to open in a spreadsheet.

A cell that a spreadsheet would take for a formula is written with an apostrophe before it, as is
one that already looks like that; reading takes one apostrophe away again, so nothing changes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.entries import Entry, Name
from bot.domain.imports.contents import Fault, Refused
from bot.domain.imports.errors import (
    FileBroken,
    FileColumnsMissing,
    FileEmpty,
    TooManyColumns,
)
from bot.exchange.drafts import Draft, collected, texts_of
from bot.exchange.keys import with_keys
from bot.exchange.limits import LONGEST_AUTHORS, MOST_BYTES, MOST_COLUMNS
from bot.exchange.values import EntryWrong

COLUMNS = (
    "key", "title", "authors", "year", "venue", "kind", "doi", "arxiv", "openreview", "isbn", "url",
    "pages", "hours", "length", "theory", "role", "tags", "note", "abstract", "depth", "links",
    "title_variants", "first_public", "first_public_where", "list_year", "peer_reviewed",
    "sections", "unverified",
)  # fmt: skip

# Signs that begin a formula, also in their full-width forms (OWASP, "CSV Injection").
_FORMULA = re.compile(r"'*\s*(?:[=+\-@\t\r\n]|[＝＋－＠])")
_GUARD = "'"
_SEPARATORS = (",", ";", "\t")
_OTHER_NAMES = {
    "id": "key", "citation key": "key", "author": "authors", "journal": "venue",
    "publication title": "venue", "container-title": "venue", "publication year": "year",
    "date": "year", "type": "kind", "link": "url", "keywords": "tags", "notes": "note",
    "abstract note": "abstract", "arxiv id": "arxiv", "page": "pages",
}  # fmt: skip
_PARTS = re.compile(r",\s+")


def write_csv(entries: Iterable[Entry]) -> bytes:
    """The entries as a table in UTF-8 with its mark, which ``read_csv`` reads as the same."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for entry in with_keys(entries):
        texts = {"key": entry.key, "authors": _names_cell(entry.authors), **texts_of(entry)}
        writer.writerow([_guarded(texts.get(name, "")) for name in COLUMNS])
    # Without the mark, spreadsheets take the text for another encoding.
    return table.getvalue().encode("utf-8-sig")


def read_csv(text: str) -> tuple[list[Draft | Refused], set[str]]:
    """Each row as a draft or as what is wrong with it, and the columns that nothing reads.

    Raises FileBroken (a quotation mark is never closed), FileEmpty, FileColumnsMissing,
    TooManyColumns or TooManyEntries.
    """
    rows = _rows(text)
    _, header = next(rows, (1, []))
    if not any(cell.strip() for cell in header):
        raise FileEmpty
    if len(header) > MOST_COLUMNS:
        raise TooManyColumns(len(header), MOST_COLUMNS)
    names = [_column(cell) for cell in header]
    if "title" not in names:
        raise FileColumnsMissing
    found = collected(_draft(line, names, row) for line, row in rows if any(map(str.strip, row)))
    unused = {cell.strip() for cell, name in zip(header, names, strict=True) if not name}
    return found, unused - {""}


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with its first line."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(2 * MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error:
        raise FileBroken(line) from None


def _column(cell: str) -> str:
    """The name of the text in a column; "" for one that nothing is done with."""
    name = " ".join(cell.replace("_", " ").split()).lower()
    name = _OTHER_NAMES.get(name, name.replace(" ", "_"))
    return name if name in COLUMNS else ""


def _draft(line: int, names: Sequence[str], row: Sequence[str]) -> Draft | Refused:
    key = dict(zip(names, row, strict=False)).get("key", "").strip()
    try:
        texts = _texts(names, row)
        authors = _names(texts.pop("authors", ""))
    except EntryWrong as error:
        return Refused(key, line, error.fault, error.field)
    return Draft(texts.pop("key", ""), line, texts, authors)


def _texts(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    if len(row) > len(names):
        raise EntryWrong(Fault.TOO_MANY)
    texts: dict[str, str] = {}
    for name, cell in zip(names, row, strict=False):
        text = _unguarded(cell)
        if name and text.strip():
            if name in texts:
                raise EntryWrong(Fault.FIELD_TWICE, name)
            texts[name] = text
    return texts


def _guarded(text: str) -> str:
    return _GUARD + text if _FORMULA.match(text) else text


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and _FORMULA.match(cell) else cell


def _names_cell(names: tuple[Name, ...]) -> str:
    """``Family, Given; Group``, or JSON where a name has a sign of that form in it."""
    plain = "; ".join(_plain_name(name) for name in names)
    try:
        if _names(plain) == names:
            return plain
    except EntryWrong:
        pass
    return json.dumps([[n.family, n.given, n.suffix, n.literal] for n in names], ensure_ascii=False)


def _plain_name(name: Name) -> str:
    parts = [name.family, name.suffix, name.given] if name.suffix else [name.family, name.given]
    return name.literal or ", ".join(parts)


def _plain_names(text: str) -> tuple[Name, ...]:
    return tuple(_plain(each.strip()) for each in text.split(";") if each.strip())


def _plain(text: str) -> Name:
    match _PARTS.split(text):
        case [family, given]:
            return Name(family, given)
        case [family, suffix, given]:
            return Name(family, given, suffix)
        case [shown] if " and " not in shown:
            return Name.of(shown)
        case _:
            raise EntryWrong(Fault.NOT_A_NAME, "authors")


def _names(text: str) -> tuple[Name, ...]:
    if len(text) > LONGEST_AUTHORS:
        raise EntryWrong(Fault.TOO_LONG, "authors")
    if not text.startswith("[["):
        return _plain_names(text)
    try:
        return tuple(Name(*map(str, parts)) for parts in json.loads(text))
    except (ValueError, TypeError, RecursionError):
        raise EntryWrong(Fault.NOT_A_NAME, "authors") from None
