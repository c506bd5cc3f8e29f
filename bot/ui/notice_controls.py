"""The buttons under a notice. They say which server they are about, for a DM has none."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.render.notices import Answer, Told
from bot.ui.controls import Control, button, controls_view

_LABEL = 80


def notice_view(said: Told, guild_id: int) -> discord.ui.View:
    """What can be answered in the server itself."""
    return controls_view(notice_buttons(said.answers, guild_id, 0))


def notice_buttons(
    answers: Iterable[Answer], guild_id: int, row: int, number: int | None = None
) -> list[Control]:
    """Buttons of one row; with a ``number`` where a message tells several things."""
    before = "" if number is None else f"{number} · "
    return [
        button(f"{before}{one.label}"[:_LABEL], one.action, *one.arguments, guild_id, row=row)
        for one in answers
    ]
