"""Citation keys for entries that a file gives none, and keys that BibTeX can bear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.entries import Entry
from bot.domain.search.normalise import content_of, words_of

_UNFIT = re.compile(r"""[\s,{}()="'#%\\~@]+""")


def with_keys(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, each with a key: made of author, year and title where it has none."""
    entries = list(entries)
    taken = {entry.key for entry in entries}
    keyed = []
    for entry in entries:
        key = entry.key or _free(_made(entry), taken)
        taken.add(key)
        keyed.append(replace(entry, key=key))
    return keyed


def bibtex_keys(keys: Iterable[str]) -> list[str]:
    """A key for each that BibTeX reads as one, all different; mostly the key itself."""
    keys = list(keys)
    # What BibTeX can bear as it is keeps its key; BibTeX does not tell capitals from others.
    fit = {key for key in keys if _fits(key)}
    taken = {key.lower() for key in fit}
    made, given = [], set()
    for key in keys:
        fitting = key
        if key not in fit or key.lower() in given:
            fitting = _free(_UNFIT.sub("-", key).strip("-") or "entry", taken)
            taken.add(fitting.lower())
        given.add(fitting.lower())
        made.append(fitting)
    return made


def _fits(key: str) -> bool:
    return bool(key) and not _UNFIT.search(key)


def _made(entry: Entry) -> str:
    author = entry.authors[0] if entry.authors else None
    name = words_of(author.family or author.literal)[-1:] if author else []
    year = [str(entry.year)] if entry.year else []
    title = content_of(words_of(entry.title))[:1]
    return "-".join([*name, *year, *title]) or "entry"


def _free(key: str, taken: set[str]) -> str:
    free, n = key, 1
    while free in taken or free.lower() in taken:
        n += 1
        free = f"{key}-{n}"
    return free
