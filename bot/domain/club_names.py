"""What a club may be called."""

from __future__ import annotations

import unicodedata

from bot.domain.errors import ClubError

LONGEST_NAME = 60
# Letters by their kind that are shown as nothing: fillers of Hangul.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0")


class ClubNameUnclear(ClubError):
    """A club's name has at least one letter or digit and at most LONGEST_NAME characters."""


class ClubNameTaken(ClubError):
    """Another club of the server is called that, whatever its capitals."""


def club_name(written: str) -> str:
    """A name as it is kept: without needless space. Raises ClubNameUnclear."""
    visible = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", written))
    name = " ".join(visible.split())
    if len(name) > LONGEST_NAME or not any(c.isalnum() and c not in _BLANK for c in name):
        raise ClubNameUnclear
    return name


def folded_name(name: str) -> str:
    """What two names share that are the same to whoever reads them."""
    return unicodedata.normalize("NFKC", name).casefold()
