"""What was found in a file that a member wants to import: entries, and what could not be one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.entries import Entry


class Format(StrEnum):
    """The formats that are read, by the ending of the file's name."""

    BIBTEX = "bib"
    CSL_JSON = "json"
    CSV = "csv"


class Fault(StrEnum):
    """Why an entry of a file is refused."""

    SYNTAX = "syntax"
    NOT_AN_ENTRY = "not-an-entry"
    NO_TITLE = "no-title"
    KEY_TWICE = "key-twice"
    FIELD_TWICE = "field-twice"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    TOO_DEEP = "too-deep"
    TEXT_UNDEFINED = "text-undefined"
    NOT_A_NAME = "not-a-name"
    NOT_A_YEAR = "not-a-year"
    NOT_A_DATE = "not-a-date"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_DOI = "not-a-doi"
    NOT_ARXIV = "not-arxiv"
    NOT_OPENREVIEW = "not-openreview"
    NOT_ISBN = "not-isbn"
    NOT_AN_ADDRESS = "not-an-address"
    NOT_A_CHOICE = "not-a-choice"
    NOT_A_LIST = "not-a-list"
    THEORY_UNKNOWN = "theory-unknown"


@dataclass(frozen=True, slots=True)
class Located:
    """An entry and the line of the file where it begins (from 1)."""

    entry: Entry
    line: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A piece of a file that is no usable entry.

    ``key`` is what the file calls it ("" when that cannot be told), ``field`` what is wrong in
    it ("" when it is the whole).
    """

    key: str
    line: int
    fault: Fault
    field: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that stands in a file, in its order.

    ``unused`` are the names of the fields or columns that nothing is done with, sorted.
    """

    format: Format
    entries: tuple[Located, ...]
    refused: tuple[Refused, ...] = ()
    unused: tuple[str, ...] = ()
