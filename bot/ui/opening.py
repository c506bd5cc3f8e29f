"""Opening a form in time: unlike a message, a form cannot follow an acknowledgement."""

from __future__ import annotations

import discord

from bot.render.words import Words
from bot.ui.controls import Control, button, controls_view
from bot.ui.reply import is_first, reply


async def open_form(
    interaction: discord.Interaction,
    made: discord.ui.Modal,
    words: Words,
    again: Control | None = None,
) -> None:
    """Open a form; the one place where one is.

    What was read for it may have taken longer than Discord waits for a first answer. Whatever
    runs the handler has acknowledged it then (``reply.handled_in_time``), no form can open any
    more, and a private answer asks to try once more: by the button ``again``, or by what was
    pressed, which stands where it was. A command, and what is chosen in a menu, is not as easily
    given twice: those have ``again``, where an id can say all that they were about.
    """
    if await is_first(interaction):
        await interaction.response.send_modal(made)
    elif again is None:
        text = words.text("That took too long just now. Please try it once more.")
        await reply(interaction, content=text, private=True)
    else:
        text = words.text("That took too long just now. Please open the form once more.")
        await reply(interaction, content=text, view=controls_view([again]), private=True)


def again_button(words: Words, action: str, *arguments: object) -> Control:
    """*Open the form*."""
    return button(words.text("Open the form"), action, *arguments)
