"""Polls for the next paper as Discord holds them, and the message that tells who has won."""

from __future__ import annotations

import asyncio
import logging

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.paper_polls import PaperPoll, PollCount, PollResult, Tally
from bot.render.paper_polls import paper_labelled, result_text
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import button
from bot.ui.layouts import layout
from bot.ui.living import PATIENCE, UNCERTAIN

log = logging.getLogger(__name__)


def count_of(poll: discord.Poll, catalogue: Catalogue) -> PollCount:
    """How a poll stands."""
    tallies = []
    for answer in poll.answers:
        paper = paper_labelled(answer.media.text, catalogue)
        tallies.append(Tally(None if paper is None else paper.id, answer.vote_count))
    return PollCount(tuple(tallies), poll.is_finalised())


async def read_poll(
    client: discord.Client, poll: PaperPoll, catalogue: Catalogue
) -> PollCount | None:
    """How a poll stands now; None when Discord does not say."""
    channel = client.get_partial_messageable(poll.channel_id, guild_id=poll.guild_id)
    try:
        async with asyncio.timeout(PATIENCE):
            message = await channel.fetch_message(poll.poll_id)
    except UNCERTAIN:
        log.warning("poll %s could not be read", poll.id)
        return None
    except discord.HTTPException as refused:
        log.info("poll %s is gone or out of reach: %s", poll.id, refused.code)
        return PollCount(is_gone=True)
    return PollCount(is_gone=True) if message.poll is None else count_of(message.poll, catalogue)


def result_layout(result: PollResult, catalogue: Catalogue, words: Words) -> discord.ui.LayoutView:
    """The message that tells the result. The id of its button tells it from any other."""
    club_id, poll_id = result.poll.club_id, result.poll.poll_id
    if result.winner is None or result.winner.paper_id is None:
        pressed = button(words.text("Ask again"), "session-poll", club_id, poll_id)
    else:
        pressed = button(words.text("Take the winner"), "poll-take", club_id, poll_id)
    text = result_text(result, catalogue, words)
    return layout(words.text("The poll is over"), [text], [[pressed]], colour=COLOUR)
