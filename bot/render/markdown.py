"""Text that members wrote or that may be long, made safe and short enough for Discord.

Discord counts some limits in code points and some in UTF-16 units; the larger of the two is
kept within the limit here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MARKUP = re.compile(r"([\\`*_~|\[\]>#])")
_ZERO_WIDTH_SPACE = "\u200b"
# Longer texts are cut first, so that a long one costs no more than a short one.
_LONGEST = 500
LONGEST_URL = 512
"""An address in a message is no longer; an embed with one of thousands of signs is refused."""


def escape(text: str, longest: int = _LONGEST) -> str:
    """At most ``longest`` characters of ``text`` with nothing live in it.

    No mention, timestamp, link, markup, bidi or control character survives. Our own pass: the
    library's takes cubic time over brackets and leaves what stands between them as it is.
    """
    kept = _MARKUP.sub(r"\\\1", plain(text, longest))
    for live in ("<", "@", ":"):
        kept = kept.replace(live, live + _ZERO_WIDTH_SPACE)
    return kept


def plain(text: str, longest: int = _LONGEST) -> str:
    """At most ``longest`` characters of ``text``, for labels, where nothing is live.

    On one line, without bidi and control characters.
    """
    kept = (c for c in text[:longest] if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())


def escape_lines(text: str, longest: int) -> str:
    """As ``escape``, with the line ends kept: one empty line at most between two lines."""
    lines = [escape(line, longest) for line in text[:longest].splitlines()]
    kept = (line for n, line in enumerate(lines) if line or (n and lines[n - 1]))
    return "\n".join(kept).strip()


def size(text: str) -> int:
    """How long Discord may count this text."""
    return max(len(text), len(text.encode("utf-16-le", "surrogatepass")) // 2)


def fit(text: str, limit: int) -> str:
    """``text`` itself when it is within ``limit``, else cut at a word with an ellipsis."""
    if size(text) <= limit:
        return text
    cut = text[: limit - 1]
    while size(cut) > limit - 1:
        cut = cut[:-1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return at_word.rstrip(" ,;:.\\") + "…"


def bullets(lines: Iterable[str]) -> str:
    """A Discord bullet list."""
    return "\n".join(f"- {line}" for line in lines)


def link(label: str, url: str) -> str:
    """A masked link to an address of the catalogue; an endless one leaves the label alone."""
    if size(url) > LONGEST_URL:
        return label
    quoted = url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{label.replace('[', '(').replace(']', ')')}]({quoted})"
