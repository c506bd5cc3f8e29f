"""The controls of an organiser's private panel."""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.papers import Paper
from bot.domain.signups import PaperSignups
from bot.render.markdown import fit, plain
from bot.render.words import Words
from bot.ui.controls import Control, button, controls_view, menu
from bot.ui.routes import custom_id

_OPTIONS = 25


def paper_panel(found: PaperSignups, paper: Paper, words: Words) -> discord.ui.View:
    """Choose a sign-up, keep a seat for somebody, or change the number of seats."""
    items: list[Control] = []
    if found.signups:
        options = [
            discord.SelectOption(
                label=fit(plain(found.names.get(signup.user_id, ""), 100) or "…", 100),
                value=str(signup.id),
            )
            for signup in found.signups[:_OPTIONS]
        ]
        items.append(menu(words.text("Choose a sign-up"), options, "organise-signup", row=0))
    items.append(button(words.text("Assign"), "assign", paper.id, row=1))
    items.append(button(words.text("Seats"), "seats", paper.id, row=1))
    return controls_view(items)


def assign_menu(paper_id: str, words: Words) -> Control:
    """A menu of the server's members, which Discord fills."""
    chosen: discord.ui.UserSelect[Any] = discord.ui.UserSelect(
        custom_id=custom_id("assign", paper_id), placeholder=words.text("Choose a member")
    )
    return Control(chosen)
