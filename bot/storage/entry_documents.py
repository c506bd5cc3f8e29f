"""An own entry as the text a database keeps, and back: JSON with what differs from the default."""

from __future__ import annotations

from pydantic import TypeAdapter

from bot.domain.own_entries import EntryKind, OwnEntry, OwnPaper, OwnTheory

_THEORY: TypeAdapter[OwnTheory] = TypeAdapter(OwnTheory)
_PAPER: TypeAdapter[OwnPaper] = TypeAdapter(OwnPaper)


def document_of(entry: OwnEntry) -> str:
    """The document of an entry; equal entries have equal documents."""
    made = _dump(entry)
    return made.decode()


def entry_from(kind: EntryKind, document: str) -> OwnEntry:
    """The entry of a document. Raises pydantic's ValidationError for one that is damaged."""
    adapter = _THEORY if kind is EntryKind.THEORY else _PAPER
    return adapter.validate_json(document)


def _dump(entry: OwnEntry) -> bytes:
    if isinstance(entry, OwnTheory):
        return _THEORY.dump_json(entry, exclude_defaults=True)
    return _PAPER.dump_json(entry, exclude_defaults=True)
