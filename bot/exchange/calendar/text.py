"""Text that members wrote, as a calendar program may have it.

Escaping and folding are the library's; what is removed here could not do harm in the file, but
would turn a line around or blank it out on the reader's screen.
"""

from __future__ import annotations

import unicodedata

LONGEST_TITLE = 200
LONGEST_PLACE = 200
LONGEST_DESCRIPTION = 2000


def line(text: str, longest: int) -> str:
    """At most ``longest`` characters of ``text`` on one line, without bidi and control signs."""
    kept = (c for c in text[: 2 * longest] if c.isspace() or not _is_control(c))
    return _fit(" ".join("".join(kept).split()), longest)


def lines(text: str, longest: int) -> str:
    """As ``line``, with the line ends kept: one empty line at most between two lines."""
    each = [line(one, longest) for one in text[: 2 * longest].splitlines()]
    kept = (one for n, one in enumerate(each) if one or (n and each[n - 1]))
    return _fit("\n".join(kept).strip(), longest)


def _is_control(character: str) -> bool:
    return unicodedata.category(character)[0] == "C"


def _fit(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
