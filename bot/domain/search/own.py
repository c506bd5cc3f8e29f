"""A server's index: the shipped theories and the server's own entries, prepared as one.

One index asks once, however many own entries there are. A change of one entry costs no more
than preparing that entry: it goes to a small layer beside what was prepared before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.overlay import paper_shown
from bot.domain.own_entries import EntryKind, EntryRef, OwnEntry, OwnPaper, OwnTheory
from bot.domain.search.corpus import key_of_paper
from bot.domain.search.index import SearchIndex

MOST_AMENDED = 64
"""With more changes than this the whole is prepared anew."""

_Standing = Mapping[EntryRef, tuple[OwnEntry, str]]


@dataclass(frozen=True, slots=True)
class OwnSearch:
    """``index`` answers for the server. It is made anew or amended, never changed."""

    index: SearchIndex
    _shipped: Catalogue
    _whole: SearchIndex
    _prepared: _Standing

    @classmethod
    def prepare(
        cls, shipped: Catalogue, catalogue: Catalogue, own: Iterable[OwnEntry] = ()
    ) -> OwnSearch:
        """Prepare the shipped theories and all of a server's entries; about 0.5 ms of work each.

        ``catalogue`` is the server's.
        """
        standing = _standing(shipped, catalogue, own)
        whole = _index(catalogue, standing, shipped)
        return cls(whole, shipped, whole, standing)

    def changes(self, catalogue: Catalogue, own: Iterable[OwnEntry]) -> int:
        """How many entries differ from those that were prepared."""
        return len(self._differing(_standing(self._shipped, catalogue, own)))

    def amended(self, catalogue: Catalogue, own: Iterable[OwnEntry]) -> OwnSearch:
        """The same with what differs prepared anew; meant for at most ``MOST_AMENDED`` changes."""
        standing = _standing(self._shipped, catalogue, own)
        differing = self._differing(standing)
        fresh = {ref: standing[ref] for ref in differing if ref in standing}
        index = self._whole.without(frozenset(_key(ref) for ref in differing))
        if fresh:
            index = index.followed_by(_index(catalogue, fresh))
        return replace(self, index=index)

    def _differing(self, standing: _Standing) -> set[EntryRef]:
        prepared = self._prepared
        # Entries that did not change are the same values: there is nothing to compare in them.
        return {
            ref
            for ref in prepared.keys() | standing.keys()
            if ref not in prepared
            or ref not in standing
            or prepared[ref][0] is not standing[ref][0]
            or prepared[ref][1] != standing[ref][1]
        }


def _standing(shipped: Catalogue, catalogue: Catalogue, own: Iterable[OwnEntry]) -> _Standing:
    """The entries on offer, each with the slug of its theory; not what is shipped by now."""
    on_offer = {theory.slug for theory in catalogue}
    found: dict[EntryRef, tuple[OwnEntry, str]] = {}
    for entry in own:
        kind, key = entry.ref
        if kind is EntryKind.THEORY and shipped.get(key) is not None:
            continue
        theory = catalogue.get(key) if kind is EntryKind.THEORY else catalogue.theory_of(key)
        if theory is not None and not entry.retired and theory.slug in on_offer:
            found[entry.ref] = entry, theory.slug
    return found


def _index(
    catalogue: Catalogue, standing: _Standing, shipped: Iterable[Theory] = ()
) -> SearchIndex:
    entries = standing.values()
    theories = (catalogue.get(slug) for entry, slug in entries if isinstance(entry, OwnTheory))
    papers = (
        (slug, paper_shown(entry, catalogue))
        for entry, slug in entries
        if isinstance(entry, OwnPaper)
    )
    bare = [replace(theory, papers=()) for theory in theories if theory is not None]
    return SearchIndex.build((*shipped, *bare), catalogue.vocabulary, papers)


def _key(ref: EntryRef) -> str:
    kind, key = ref
    return key if kind is EntryKind.THEORY else key_of_paper(key)
