"""The kinds of value a catalogue file holds: what each accepts, and in which words it refuses.

Every refusal is a ``ValueError`` whose text follows the key in a sentence
("papers[2].arxiv: is '1805' ...").
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SECTION_ID = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
# Old identifiers name their archive and may have a subject class: math.GT/0309136.
_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
_ISBN = re.compile(r"\d{9}[\dX]|\d{13}", re.ASCII)
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


def _one_line(value: object) -> object:
    # Long prose may be wrapped in the file; a reader of a card never sees those line ends.
    return " ".join(value.split()) if isinstance(value, str) else value


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("contains a character that cannot be shown")
    return value


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise ValueError(
            f"is '{value}'; only small letters, digits and single hyphens between them may be used"
        )
    return value


def _section_id(value: str) -> str:
    if not _SECTION_ID.fullmatch(value):
        raise ValueError(
            f"is '{value}'; only letters and digits, joined by '.', '_' or '-', may be used"
        )
    return value


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole or " " in value:
        raise ValueError(f"is '{value}', which is not an http or https address")
    return value


def _arxiv(value: str) -> str:
    if not _ARXIV.fullmatch(value):
        raise ValueError(
            f"is '{value}', which is not an arXiv number such as 1805.06576 or physics/0004057"
        )
    return value


def _doi(value: str) -> str:
    if not _DOI.fullmatch(value):
        raise ValueError(f"is '{value}', which is not a DOI such as 10.1109/TPAMI.2022.3201490")
    return value


def _isbn(value: str) -> str:
    if not _ISBN.fullmatch(value.replace("-", "")):
        raise ValueError(f"is '{value}', which is not an ISBN of 10 or 13 digits")
    return value


def _partial_date(value: str) -> str:
    if not _DATE.fullmatch(value):
        raise ValueError(f"is '{value}'; write it as YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = ([*map(int, value.split("-")), 1, 1])[:3]
    try:
        dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"is '{value}', which is not a date of the calendar") from None
    return value


Text = Annotated[str, BeforeValidator(_one_line), Field(min_length=1), AfterValidator(_printable)]
Slug = Annotated[Text, Field(max_length=40), AfterValidator(_slug)]
SectionId = Annotated[Text, Field(max_length=40), AfterValidator(_section_id)]
Url = Annotated[Text, AfterValidator(_url)]
ArxivId = Annotated[Text, AfterValidator(_arxiv)]
Doi = Annotated[Text, AfterValidator(_doi)]
Isbn = Annotated[Text, AfterValidator(_isbn)]
PartialDate = Annotated[Text, AfterValidator(_partial_date)]
Year = Annotated[int, Field(ge=1900, le=2100)]
HourCount = Annotated[float, Field(gt=0, le=1000)]

Title = Annotated[Text, Field(max_length=200)]
ShortTitle = Annotated[Text, Field(max_length=100)]
Alias = Annotated[Text, Field(max_length=60)]
Claim = Annotated[Text, Field(max_length=280)]
Idea = Annotated[Text, Field(max_length=220)]
Reason = Annotated[Text, Field(max_length=160)]
Why = Annotated[Text, Field(max_length=140)]
Note = Annotated[Text, Field(max_length=240)]
