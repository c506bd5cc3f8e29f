"""Writes BibTeX: one entry a work, accents as LaTeX, all else that has no LaTeX in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry as Block
from bibtexparser.model import Field

from bot.domain.entries import Entry
from bot.domain.papers import PaperType
from bot.exchange.bibtex import ORIGINAL_KEY, OWN_FIELDS
from bot.exchange.bibtex_names import write_names
from bot.exchange.drafts import texts_of
from bot.exchange.keys import bibtex_keys, with_keys
from bot.exchange.kinds import BIBTEX_TYPES
from bot.exchange.latex import to_latex

_VENUES = {PaperType.BOOK: "publisher"}
_ELSEWHERE = "howpublished"


def write_bibtex(entries: Iterable[Entry]) -> bytes:
    """The entries as a BibTeX file in UTF-8 that ``read_bibtex`` reads as the same entries."""
    keyed = with_keys(entries)
    keys = bibtex_keys(entry.key for entry in keyed)
    blocks = [_block(entry, key) for entry, key in zip(keyed, keys, strict=True)]
    return write_string(Library([*blocks])).encode("utf-8")


def _block(entry: Entry, key: str) -> Block:
    fields = [Field(name, value) for name, value in _fields(entry) if value]
    if key != entry.key:
        fields.append(Field(ORIGINAL_KEY, to_latex(entry.key)))
    return Block(BIBTEX_TYPES[entry.kind], key, fields)


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    texts = texts_of(entry)
    yield "title", to_latex(entry.title)
    yield "author", write_names(entry.authors)
    yield "year", texts.get("year", "")
    in_journal = BIBTEX_TYPES[entry.kind] == "article"
    place = "journal" if in_journal else _VENUES.get(entry.kind, _ELSEWHERE)
    yield place, to_latex(entry.venue or "")
    if entry.arxiv:
        yield "eprint", texts["arxiv"]
        yield "archiveprefix", "arXiv"
    yield "keywords", to_latex(texts.get("tags", ""))
    yield from ((n, to_latex(text)) for n, text in texts.items() if n in OWN_FIELDS)
