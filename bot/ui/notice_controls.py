"""The buttons under a notice. They say which server they are about, for a DM has none."""

from __future__ import annotations

import discord

from bot.render.notices import Told
from bot.render.words import Words
from bot.ui.controls import button, controls_view

_LABEL = 80


def notice_view(said: Told, guild_id: int, words: Words, *, by_dm: bool = False) -> discord.ui.View:
    """What can be answered; under a direct message also how to have no more of them."""
    made = [
        button(answer.label[:_LABEL], answer.action, *answer.arguments, guild_id, row=0)
        for answer in said.answers
        if not (by_dm and answer.in_server)
    ]
    if by_dm:
        made.append(button(words.text("Mute this"), "dm", "no", guild_id, row=1))
    return controls_view(made)
