"""The bot's health as a private message: what is wrong, its cure a press away, then the rest."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.boards import Board
from bot.domain.findings import (
    ClubChannelGone,
    ClubShutOut,
    EventsStopped,
    Finding,
    NotDelivered,
    PostChannelGone,
    PostOutOfSight,
    PostShutOut,
)
from bot.domain.health import HealthReport
from bot.render.health import headline, state_text
from bot.render.health_findings import finding_text
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import Control, button, channel_menu
from bot.ui.layouts import layout

# With five components each, and seven around them, within Discord's forty.
_SHOWN = 6
_WRONG = discord.Colour.orange()


def health_layout(
    report: HealthReport,
    found: Sequence[Finding],
    version: str,
    words: Words,
    done: str | None = None,
) -> discord.ui.LayoutView:
    """What is wrong, the worst first, and how everything stands. ``done`` is what a press did."""
    head = headline(found, words)
    if len(found) > _SHOWN:
        more = words.text(
            "These are the first {n}; the others show once they are mended.", n=_SHOWN
        )
        head = f"{head}\n{more}"
    blocks = [(finding_text(one, words), cures(one, words)) for one in found[:_SHOWN]]
    blocks.append(
        (state_text(report, version, words), [button(words.text("Look again"), "health")])
    )
    return layout(
        words.text("Health"),
        [head] if done is None else [done, head],
        [],
        blocks=blocks,
        colour=_WRONG if found else COLOUR,
    )


def cures(finding: Finding, words: Words) -> list[Control]:
    """What can be pressed to mend it."""
    again = words.text("Try again")
    match finding:
        case ClubChannelGone(club=club):
            return [channel_menu(words.text("Another channel…"), "health-channel", club.id)]
        case ClubShutOut(club=club):
            edit = button(words.text("Edit the club"), "schedule-draft", club.id, "")
            return [button(again, "health-club", club.id), edit]
        case PostChannelGone(post=Board(id=number)):
            return [button(words.text("Remove this board"), "board-remove", number)]
        case PostShutOut(post=Board(id=number)) | PostOutOfSight(post=Board(id=number)):
            remove = button(words.text("Remove this board"), "board-remove", number)
            return [button(again, "health-board", number), remove]
        case PostChannelGone(post=of):
            return [channel_menu(words.text("Another channel…"), "health-split-channel", of.id)]
        case PostShutOut(post=of) | PostOutOfSight(post=of):
            return [button(again, "health-split", of.id)]
        case EventsStopped():
            return [button(again, "health-events")]
        case NotDelivered():
            return [button(words.text("I have seen it"), "health-seen")]
        case _:
            return []
