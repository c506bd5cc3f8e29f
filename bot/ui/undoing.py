"""*Undo*: the one button by which a step of an organiser is taken back."""

from __future__ import annotations

import discord

from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import Control, button
from bot.ui.layouts import layout
from bot.ui.reply import revise, revise_layout

ACTION = "undo"


def undo_button(line_id: int, words: Words, row: int | None = None) -> Control:
    """Takes back what stands on this line of the trail, while it can be.

    It is answered by the door of the trail, which authorises whoever presses.
    """
    return button(words.text("Undo"), ACTION, line_id, row=row)


async def show_undone(interaction: discord.Interaction, text: str, words: Words) -> None:
    """Says on the message with the button what is so again, in whichever form it has."""
    message = interaction.message
    if message is not None and message.flags.components_v2:
        view = layout(words.text("Undone"), [text], [], colour=COLOUR)
        await revise_layout(interaction, view)
    else:
        await revise(interaction, content=text)
