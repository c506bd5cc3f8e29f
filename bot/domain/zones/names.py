"""Names of zones and places as they are compared: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

# What a database of zones holds beside places: the machine's own, a placeholder, and names
# whose sign is the reverse of what everybody expects.
_NO_PLACE = re.compile(r"localtime|Factory|Etc/GMT[+-]\d+|(posix|right)(rules)?(/.*)?")
# Older names that stay valid; places come before them.
_OLD = re.compile(
    r"[^/]+|(Etc|US|Canada|Brazil|Chile|Mexico|SystemV)/.*"
    r"|Australia/(ACT|LHI|NSW|North|Queensland|South|Tasmania|Victoria|West)"
)
# The same city in two parts of the world: the other name is the one that is used.
_DOUBLE = frozenset({"Asia/Istanbul", "Europe/Nicosia"})
# Their last part means something else to most people who write it.
_MISLEADING = frozenset({"Indian/Christmas", "Pacific/Easter"})
UTC = "UTC"


def is_place(name: str) -> bool:
    """Is it a zone somebody may choose or may have chosen once?"""
    return _NO_PLACE.fullmatch(name) is None


def is_old(name: str) -> bool:
    """Is it a name that stays valid, but that nobody should choose anew?"""
    return name != UTC and _OLD.fullmatch(name) is not None


def is_own_place(name: str) -> bool:
    """Does the last part of the name alone ("New York") always mean this zone?"""
    return name.count("/") == 1 and not is_old(name) and name not in _DOUBLE | _MISLEADING


def is_misleading(name: str) -> bool:
    """Is the last part of the name ("Christmas") better not taken for a place?"""
    return name in _MISLEADING


def folded(text: str) -> str:
    """A name for comparison: small letters and digits, + and /, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() or c in "+/" else " " for c in plain if not _is_mark(c))
    return " ".join(kept.split())


def city_of(name: str) -> str:
    """The last part of a zone's name, folded or not: its city, most of the time."""
    return name.rsplit("/", 1)[-1]


def rank(wanted: str, name: str) -> int | None:
    """How well a name fits, 0 the best: the place, the begin of it or of a word in it, the rest."""
    city = city_of(name)
    if wanted in (city, name):
        return 0
    if city.startswith(wanted):
        return 1
    if f" {wanted}" in city:
        return 2
    if name.startswith(wanted):
        return 3
    return 4 if wanted in name else None


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Cc", "Cf")
