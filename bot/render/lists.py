"""Lists that keep within a limit of Discord: whole lines, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.markdown import bullets, size
from bot.render.words import Words

_ROOM_FOR_MORE = 60


def listed(lines: Sequence[str], words: Words, limit: int) -> str:
    """As many whole lines as fit, as bullets, and how many more there are."""
    whole = bullets(lines)
    if size(whole) <= limit:
        return whole
    kept: list[str] = []
    for line in lines:
        if size(bullets([*kept, line])) > limit - _ROOM_FOR_MORE:
            break
        kept.append(line)
    more = len(lines) - len(kept)
    return f"{bullets(kept)}\n{words.plural('and {n} more', 'and {n} more', more)}"
