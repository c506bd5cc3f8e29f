"""The panel of a round as a message: what is split, who is in, and how to answer."""

from __future__ import annotations

import discord

from bot.domain.rounds import Panel, RoundState
from bot.render.rounds.panel import panel_texts, panel_title
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import Control, button
from bot.ui.layouts import layout


def panel_layout(panel: Panel, words: Words) -> discord.ui.LayoutView:
    """The panel as it stands now; a round that is over has nothing to press."""
    rows = [_answers(panel, words)] if panel.round.is_live else []
    return layout(panel_title(words), panel_texts(panel, words), rows, colour=COLOUR)


def _answers(panel: Panel, words: Words) -> list[Control]:
    number, primary = panel.round.id, discord.ButtonStyle.primary
    collecting = panel.round.state is RoundState.COLLECTING
    secondary = discord.ButtonStyle.secondary
    return [
        button(
            words.text("I'm in"), "split-join", number, style=primary if collecting else secondary
        ),
        button(
            words.text("My reading"),
            "split-mine",
            number,
            style=secondary if collecting else primary,
        ),
        button(words.text("Not this time"), "split-leave", number),
        button(words.text("Organise"), "split-organise", number),
    ]
