"""What can be pressed under the answers about sign-ups."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.papers import Paper
from bot.domain.signups import SignedUp, Signup, SignupState, Waiting
from bot.render.markdown import fit
from bot.render.words import Words
from bot.ui.controls import Control, button, controls_view

_LABEL = 80
_PRIMARY = discord.ButtonStyle.primary


def signed_up_view(done: SignedUp, organises: bool, words: Words) -> discord.ui.View:
    """The question about direct messages, once; then what one may do with a sign-up."""
    paper_id = done.signup.paper_id
    items = _dm_question(words) if done.asks_dm else []
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


def waiting_view(waiting: Waiting, paper_id: str, words: Words) -> discord.ui.View:
    """The question about direct messages, once; and the way out of the line."""
    items = _dm_question(words) if waiting.asks_dm else []
    items.append(button(words.text("Stop waiting"), "withdraw", paper_id, row=1))
    return controls_view(items)


def limit_view(own: Sequence[tuple[Signup, Paper]], wanted: str, words: Words) -> discord.ui.View:
    """Give one back, to make room, then try again."""
    items = [
        button(
            fit(words.text("Give back {paper}", paper=paper.title), _LABEL), "withdraw", paper.id
        )
        for _, paper in own[:20]
    ]
    items.append(button(words.text("Then sign up"), "sign-up", wanted, style=_PRIMARY, row=4))
    return controls_view(items)


def _dm_question(words: Words) -> list[Control]:
    return [
        button(words.text("Yes, by DM"), "dm", "yes", style=_PRIMARY, row=0),
        button(words.text("No, tell me here"), "dm", "no", row=0),
    ]


def already_view(found: Signup, words: Words) -> discord.ui.View:
    """What one may do with a sign-up one has."""
    if found.state is SignupState.WAITING:
        stop = button(words.text("Stop waiting"), "withdraw", found.paper_id)
        return controls_view([stop])
    return controls_view(
        [
            button(words.text("Log progress"), "log", found.paper_id),
            button(words.text("Give back"), "withdraw", found.paper_id),
        ]
    )
