"""What can be pressed under a member's own progress and under the group's."""

from __future__ import annotations

import discord

from bot.domain.logbook import Logged
from bot.domain.overview import PAGE_SIZE, Overview, PaperProgress
from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.render.words import Words
from bot.ui.controls import Control, button, controls_view

_PRIMARY = discord.ButtonStyle.primary


def logged_view(result: Logged, words: Words) -> discord.ui.View:
    """Share the new notes, say that all is read, change it, or take it back."""
    paper_id = result.paper.id
    items: list[Control] = []
    if result.undecided:
        ids = "-".join(map(str, result.undecided))
        items += [
            button(words.text("Share with the server"), "notes-share", ids, "shared", row=0),
            button(words.text("Keep private"), "notes-share", ids, "private", row=0),
        ]
    if result.offers_read:
        label = words.text("Read it all?")
        items.append(button(label, "depth", paper_id, Depth.READ, style=_PRIMARY, row=1))
    change = (
        words.text("Change it") if result.unclear is None else words.text("Open the form again")
    )
    items.append(button(change, "log", paper_id, row=1))
    if result.depth is not None:
        items.append(button(words.text("Remove it"), "progress-remove", paper_id, row=1))
    if result.depth is not None and not result.depth.is_reader and result.due_at is None:
        items.append(button(words.text("Sign up"), "sign-up", paper_id, row=1))
    if result.depth is not None and result.depth.is_understander:
        items.append(button(words.text("I can explain this"), "explain-offer", paper_id, row=1))
    return controls_view(items)


def removal_view(paper_id: str, words: Words) -> discord.ui.View:
    """Yes or no, before a paper is taken back."""
    return controls_view(
        (
            button(
                words.text("Remove it"),
                "progress-remove",
                paper_id,
                "yes",
                style=discord.ButtonStyle.danger,
            ),
            button(words.text("Keep it"), "progress-remove", paper_id, "no"),
        )
    )


def removed_view(result: Logged, words: Words) -> discord.ui.View:
    """Log it anew, or give back the sign-up that is still open."""
    items = [button(words.text("Log progress"), "log", result.paper.id)]
    if result.due_at is not None:
        items.append(button(words.text("Give back"), "withdraw", result.paper.id))
    return controls_view(items)


def overview_view(overview: Overview, words: Words) -> discord.ui.View:
    """A row each: answer offers, log, give back, the neighbouring pages, explain."""
    first = overview.page * PAGE_SIZE + 1
    numbered = list(enumerate(overview.papers, first))
    items: list[Control] = []
    for number, one in _offers(numbered):
        items += _offer_buttons(number, one, words)
    items += [
        button(words.text("Log {number}", number=number), "log", one.paper.id, row=1)
        for number, one in numbered
    ]
    items += [
        button(words.text("Give back {number}", number=number), "withdraw", one.paper.id, row=2)
        for number, one in numbered
        if one.signup is not None and one.signup.state is not SignupState.OFFERED
    ]
    items += [
        button(
            words.text("Offer to explain {number}", number=number),
            "explain-offer",
            one.paper.id,
            row=4,
        )
        for number, one in numbered
        if one.depth is not None and one.depth.is_understander
    ]
    if overview.pages > 1:
        back, on = overview.page - 1, overview.page + 1
        items += [
            button(words.text("Previous"), "progress-me", max(back, 0), disabled=back < 0, row=3),
            button(words.text("Next"), "progress-me", on, disabled=on >= overview.pages, row=3),
        ]
    return controls_view(items)


def board_view(words: Words) -> discord.ui.View:
    """The way onto the name board and off it; the message is everybody's, so both are there."""
    return controls_view(
        (
            button(words.text("Put my name on the board"), "name-board", "on"),
            button(words.text("Take my name off"), "name-board", "off"),
        )
    )


def _offers(numbered: list[tuple[int, PaperProgress]]) -> list[tuple[int, PaperProgress]]:
    """At most two, which fill their row; others move up as these are answered."""
    return [
        (number, one)
        for number, one in numbered
        if one.signup is not None and one.signup.state is SignupState.OFFERED
    ][:2]


def _offer_buttons(number: int, one: PaperProgress, words: Words) -> list[Control]:
    assert one.signup is not None
    take = words.text("Take {number}", number=number)
    leave = words.text("No, thanks: {number}", number=number)
    return [
        button(take, "offer-take", one.signup.id, style=_PRIMARY, row=0),
        button(leave, "offer-leave", one.signup.id, row=0),
    ]
