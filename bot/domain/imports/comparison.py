"""How the entries of a file stand to what is known: new, changed, known already, or refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.domain.entries import Entry, Name, link_to
from bot.domain.imports.contents import Contents, Fault, Located, Refused
from bot.domain.imports.matching import Evidence, Works
from bot.domain.papers import Link
from bot.domain.search.normalise import words_of

ALL_FIELDS = frozenset(each.name for each in fields(Entry) if each.compare) - {"key", "depth"}
"""What an import can change."""


@dataclass(frozen=True, slots=True)
class Known:
    """A work of the catalogue. ``own`` is True for the server's own, which it may change."""

    entry: Entry
    own: bool


@dataclass(frozen=True, slots=True)
class New:
    """An entry that is no known work. ``key_taken``: another work has its key."""

    located: Located
    key_taken: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An entry that is no known work, and names no theory to put it under."""

    located: Located


@dataclass(frozen=True, slots=True)
class Changed:
    """A known work of the server's own of which the file says something else.

    ``fields`` are the names of what changes; ``updated`` is the known entry with the changes.
    """

    located: Located
    known: Known
    by: Evidence
    fields: tuple[str, ...]
    updated: Entry


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A known work of which the file says nothing new, or one that ships with the bot."""

    located: Located
    known: Known
    by: Evidence


@dataclass(frozen=True, slots=True)
class Repeated:
    """A work that stands in the file before, in the entry that begins on ``first_line``."""

    located: Located
    first_line: int
    by: Evidence


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every entry of a file in exactly one of six groups, each in the file's order."""

    new: tuple[New, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    changed: tuple[Changed, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def is_idle(self) -> bool:
        """Whether importing the file would change nothing."""
        return not self.new and not self.changed


def compare(
    contents: Contents,
    known: Sequence[Known],
    theories: Collection[str] | None = None,
    kept: Collection[str] = ALL_FIELDS,
    into: str | None = None,
) -> Comparison:
    """Put each entry of the file into its group; the same input always gives the same.

    ``theories`` are the slugs an entry may name (None: any, or none at all), ``kept`` the fields
    that the server keeps of a work: a difference in others changes nothing. New works that name
    no theory go ``into`` that one; without it they are unplaced, where theories matter.
    """
    works = Works(each.entry for each in known)
    keys = frozenset(each.entry.key for each in known)
    terms = _Terms(known, keys, theories, kept, into)
    groups: dict[type, list[Any]] = {
        kind: [] for kind in (New, Unplaced, Changed, Duplicate, Repeated, Refused)
    }
    groups[Refused] += contents.refused
    lines: dict[int, int] = {}
    for located in contents.entries:
        found = works.find(located.entry)
        standing = terms.standing(located, found, lines)
        if isinstance(standing, New | Unplaced):
            lines[works.add(located.entry)] = located.line
        elif isinstance(standing, Changed) and found:
            lines[found[0]] = located.line
        groups[type(standing)].append(standing)
    return Comparison(
        new=tuple(groups[New]),
        unplaced=tuple(groups[Unplaced]),
        changed=tuple(groups[Changed]),
        duplicates=tuple(groups[Duplicate]),
        repeated=tuple(groups[Repeated]),
        refused=tuple(sorted(groups[Refused], key=lambda refused: refused.line)),
    )


@dataclass(frozen=True, slots=True)
class _Terms:
    """By what the entries of a file are judged."""

    known: Sequence[Known]
    keys: frozenset[str]
    theories: Collection[str] | None
    kept: Collection[str]
    into: str | None

    def standing(
        self,
        located: Located,
        found: tuple[int, Evidence] | None,
        lines: Mapping[int, int],
    ) -> New | Unplaced | Changed | Duplicate | Repeated | Refused:
        """``lines`` has the line of every work that the file named before, by its number."""
        entry = located.entry
        if self.theories is not None and entry.theory and entry.theory not in self.theories:
            return Refused(entry.key, located.line, Fault.THEORY_UNKNOWN, "theory")
        if found is None:
            return self._new(located)
        number, by = found
        if number in lines:
            return Repeated(located, lines[number], by)
        match = self.known[number]
        names, updated = changes(match.entry, entry, self.kept)
        if not names or not match.own:
            return Duplicate(located, match, by)
        return Changed(located, match, by, names, updated)

    def _new(self, located: Located) -> New | Unplaced:
        entry = located.entry
        if entry.theory is None:
            entry = replace(entry, theory=self.into)
        if entry.theory is None and self.theories is not None:
            return Unplaced(located)
        return New(replace(located, entry=entry), key_taken=entry.key in self.keys)


def changes(
    known: Entry, entry: Entry, kept: Collection[str] = ALL_FIELDS
) -> tuple[tuple[str, ...], Entry]:
    """The names of the fields in which ``entry`` says something else, and ``known`` with it.

    What the entry says nothing of stays. Links and tags are added to those there are, a kind that
    was guessed changes none, and neither do initials for names, an older version on arXiv, and a
    title that the work is known to have too.
    """
    names, updated = [], known
    for name in entry.known_fields():
        before, after = getattr(known, name), _after(name, known, entry)
        if name in kept and after != before:
            names.append(name)
            updated = replace(updated, **{name: after})
    return tuple(names), updated


def _after(name: str, known: Entry, entry: Entry) -> Any:
    """The value of a field once the entry has had its say."""
    before, after = getattr(known, name), getattr(entry, name)
    match name:
        case "links":
            return _joined(before, after)
        case "tags":
            return tuple(dict.fromkeys((*before, *after)))
        case "arxiv_version" if before:
            return max(before, after)
        case "doi" if before and after.lower() == before.lower():
            return before
        case "title" if after in known.title_variants:
            return before
        case "authors" if _are_shorter(after, before):
            return before
        case "kind" if not entry.kind_stated:
            return before
        case _:
            return after


def _joined(known: tuple[Link, ...], links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The known links, with what is said of them anew, then the others."""
    joined = {link.url: link for link in known}
    for link in links:
        # A file with nothing but the address says nothing of label and price.
        if link.url not in joined or link != link_to(link.url):
            joined[link.url] = link
    return tuple(joined.values())


def _are_shorter(names: tuple[Name, ...], known: tuple[Name, ...]) -> bool:
    if len(names) != len(known):
        return False
    return all(_is_shorter(name, full) for name, full in zip(names, known, strict=True))


def _is_shorter(name: Name, full: Name) -> bool:
    """Whether a name is the full one, or the full one with initials."""
    if name.shown == full.shown:
        return True
    given, full_given = words_of(name.given), words_of(full.given)
    return (
        name.family == full.family != ""
        and len(name.shown) <= len(full.shown)
        and len(given) <= len(full_given)
        and all(whole.startswith(part) for part, whole in zip(given, full_given, strict=False))
    )
