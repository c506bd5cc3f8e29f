"""What can be pressed under the answers about sign-ups."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.catalogue import Paper
from bot.domain.signups import SignedUp, Signup
from bot.render.markdown import fit
from bot.render.words import Words
from bot.ui.controls import button, controls_view

_LABEL = 80
_PRIMARY = discord.ButtonStyle.primary


def signed_up_view(done: SignedUp, organises: bool, words: Words) -> discord.ui.View:
    """The question about direct messages, once; then what one may do with a sign-up."""
    paper_id = done.signup.paper_id
    items = []
    if done.asks_dm:
        items.append(button(words.text("Yes, by DM"), "dm", "yes", style=_PRIMARY, row=0))
        items.append(button(words.text("No, tell me here"), "dm", "no", row=0))
    items.append(button(words.text("Log progress"), "log", paper_id, row=1))
    items.append(button(words.text("Give back"), "withdraw", paper_id, row=1))
    if organises:
        items.append(button(words.text("Organise"), "organise", row=1))
    return controls_view(items)


def full_view(paper_id: str, others: Sequence[Paper], words: Words) -> discord.ui.View:
    """Wait, or take one of the papers that nobody has."""
    items = [button(words.text("Wait for a seat"), "wait", paper_id, style=_PRIMARY, row=0)]
    for paper in others:
        label = words.text("Read {paper}", paper=paper.title)
        items.append(button(fit(label, _LABEL), "sign-up", paper.id, row=1))
    return controls_view(items)


def limit_view(own: Sequence[tuple[Signup, Paper]], words: Words) -> discord.ui.View:
    """Give one back, to make room."""
    return controls_view(
        button(
            fit(words.text("Give back {paper}", paper=paper.title), _LABEL), "withdraw", paper.id
        )
        for _, paper in own[:20]
    )


def already_view(found: Signup, words: Words) -> discord.ui.View:
    """What one may do with a sign-up one has."""
    return controls_view(
        [
            button(words.text("Log progress"), "log", found.paper_id),
            button(words.text("Give back"), "withdraw", found.paper_id),
        ]
    )
