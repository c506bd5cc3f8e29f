"""What an import makes of the works of a file: entries of the server's own, or changed ones."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from bot.domain.entries import Entry
from bot.domain.imports.comparison import Comparison
from bot.domain.own_entries import (
    EntryChange,
    EntryKind,
    EntryRef,
    OwnEntry,
    OwnPaper,
    identifier_from,
)


def changes_of(
    comparison: Comparison, own: Mapping[EntryRef, OwnEntry], shipped: Container[str]
) -> tuple[EntryChange, ...]:
    """Every new work added under an id that is free, every changed one changed.

    ``own`` are all entries the server has, ``shipped`` the ids of the papers that come with the
    program. A work that was retired stays so.
    """
    taken = _Taken(own, shipped)
    added = [EntryChange(None, OwnPaper(_kept(new.located.entry, taken))) for new in comparison.new]
    changed = []
    for change in comparison.changed:
        before = own[EntryKind.PAPER, change.known.entry.key]
        assert isinstance(before, OwnPaper)
        changed.append(EntryChange(before, replace(before, work=change.updated)))
    return (*added, *changed)


class _Taken:
    """The ids that are no longer free."""

    def __init__(self, own: Mapping[EntryRef, OwnEntry], shipped: Container[str]) -> None:
        self._own = own
        self._shipped = shipped
        self._given: set[str] = set()

    def __contains__(self, key: object) -> bool:
        given = key in self._given or key in self._shipped
        return given or (EntryKind.PAPER, key) in self._own

    def give(self, key: str) -> None:
        self._given.add(key)


def _kept(entry: Entry, taken: _Taken) -> Entry:
    """As the catalogue keeps it: with an id that is its own, and without anybody's depth."""
    key = identifier_from(entry.key, taken)
    taken.give(key)
    return replace(entry, key=key, depth=None)
