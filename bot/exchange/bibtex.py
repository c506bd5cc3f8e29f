"""Reads BibTeX and biblatex files.

bibtexparser splits the text into its blocks; what a value stands for is worked out here, because
abbreviations may refer to one another and a short file must not become a long one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block as AnyBlock
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Block

from bot.domain.imports.contents import Fault, Refused
from bot.domain.imports.errors import TooManyEntries
from bot.domain.imports.identifiers import arxiv_number
from bot.exchange.bibtex_names import read_names
from bot.exchange.bibtex_values import Abbreviations, value_of
from bot.exchange.drafts import Draft, collected
from bot.exchange.kinds import from_bibtex
from bot.exchange.latex import LatexTooLong, LatexUnreadable, from_latex
from bot.exchange.limits import MOST_ENTRIES
from bot.exchange.values import EntryWrong

OWN_FIELDS = frozenset(
    {
        "kind", "role", "theory", "doi", "openreview", "isbn", "url", "links", "pages", "hours",
        "length", "abstract", "note", "title_variants", "first_public", "first_public_where",
        "list_year", "peer_reviewed", "sections", "unverified", "depth",
    }
)  # fmt: skip
"""The fields that are called the same in BibTeX and in a draft."""
ORIGINAL_KEY = "original_key"
"""The field with the key of an entry whose key BibTeX cannot bear."""

_VENUES = (
    "journal", "journaltitle", "booktitle", "publisher", "school", "institution", "howpublished",
)  # fmt: skip
_USED = OWN_FIELDS | {
    *_VENUES, "title", "subtitle", "author", "editor", "year", "date", "volume", "number", "eprint",
    "archiveprefix", "eprinttype", "primaryclass", "eprintclass", "keywords", ORIGINAL_KEY,
}  # fmt: skip
_VERBATIM = frozenset({"doi", "url", "eprint", "openreview", "isbn", "links", "howpublished"})
_KEY = re.compile(r"@\s*\w+\s*[{(]\s*([^,\s{}()=]{1,200})\s*,")
_START = re.compile(r"^[ \t]*@", re.MULTILINE)


def read_bibtex(text: str) -> tuple[list[Draft | Refused], set[str]]:
    """Each entry as a draft or as what is wrong with it, and the fields that nothing reads.

    Raises TooManyEntries; whatever else is wrong concerns single entries.
    """
    # Half of the blocks may be abbreviations and comments.
    if len(_START.findall(text)) > 2 * MOST_ENTRIES:
        raise TooManyEntries(MOST_ENTRIES)
    # It has two lines of log for every broken entry, and a small file may have 100,000.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    unused: set[str] = set()
    blocks = parse_string(text, parse_stack=[]).blocks
    return collected(_found(blocks, unused)), unused


def _found(blocks: Iterable[AnyBlock], unused: set[str]) -> Iterator[Draft | Refused]:
    abbreviations = Abbreviations()
    for block in blocks:
        line = (block.start_line or 0) + 1
        match block:
            case String():
                abbreviations.add(block.key, block.value)
            case DuplicateFieldKeyBlock():
                yield _refused(block, line, Fault.FIELD_TWICE)
            case DuplicateBlockKeyBlock():
                if not isinstance(block.ignore_error_block, String):
                    yield _refused(block, line, Fault.KEY_TWICE)
            case ParsingFailedBlock():
                yield _refused(block, line, Fault.SYNTAX)
            case Block():
                unused |= {field.key.lower() for field in block.fields} - _USED
                yield _draft(block, line, abbreviations)


def _refused(block: ParsingFailedBlock, line: int, fault: Fault) -> Refused:
    key = _KEY.match(block.raw or "")
    return Refused(key[1] if key else "", line, fault)


def _draft(block: Block, line: int, abbreviations: Abbreviations) -> Draft | Refused:
    try:
        raw = _values(block, abbreviations)
        authors = read_names(raw.get("author") or raw.get("editor") or "")
        texts = dict(_texts(block.entry_type.lower(), raw))
        key = texts.pop(ORIGINAL_KEY, block.key)
    except EntryWrong as error:
        return Refused(block.key, line, error.fault, error.field)
    except LatexTooLong:
        return Refused(block.key, line, Fault.TOO_LONG)
    except LatexUnreadable:
        return Refused(block.key, line, Fault.SYNTAX)
    except RecursionError:
        return Refused(block.key, line, Fault.TOO_DEEP)
    return Draft(key, line, texts, authors)


def _values(block: Block, abbreviations: Abbreviations) -> dict[str, str]:
    values: dict[str, str] = {}
    for field in block.fields:
        name = field.key.lower()
        if name in values:
            raise EntryWrong(Fault.FIELD_TWICE, name)
        if name in _USED:
            values[name] = value_of(field.value, abbreviations, name)
    return values


def _texts(entry_type: str, raw: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    fields = {name: from_latex(value, name in _VERBATIM) for name, value in raw.items()}
    yield from ((name, fields[name]) for name in (*OWN_FIELDS, ORIGINAL_KEY) if name in fields)
    yield "title", ": ".join(filter(None, (fields.get("title"), fields.get("subtitle"))))
    yield "year", fields.get("year") or fields.get("date", "")
    yield "tags", fields.get("keywords", "")
    arxiv = _arxiv(fields)
    yield "arxiv", arxiv
    venue = _venue(fields)
    if venue.startswith(("http://", "https://")):
        yield "url", fields.get("url") or venue
        venue = ""
    yield "venue", venue
    yield "likely_kind", from_bibtex(entry_type, bool(arxiv), bool(venue))


def _arxiv(fields: Mapping[str, str]) -> str:
    number = fields.get("eprint", "")
    archive = fields.get("archiveprefix") or fields.get("eprinttype") or ""
    if archive.lower() == "arxiv":
        group = fields.get("primaryclass") or fields.get("eprintclass") or ""
        bare = number.isdigit() and len(number) == 7
        return f"{group}/{number}" if bare and group else number
    return number if not archive and arxiv_number(number) else ""


def _venue(fields: Mapping[str, str]) -> str:
    venue = next((fields[name] for name in _VENUES if fields.get(name)), "")
    volume, number = fields.get("volume", ""), fields.get("number", "")
    if not venue or not volume:
        return venue
    return f"{venue} {volume}({number})" if number else f"{venue} {volume}"
