"""The next paper: a poll over the three most needed, and its winner."""

from __future__ import annotations

from datetime import timedelta

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.catalogue import Catalogue
from bot.domain.lookup import Show
from bot.domain.paper_polls import winner_of
from bot.domain.papers import Paper
from bot.domain.sessions import PollGone
from bot.render.paper_polls import poll_labels, poll_question, take_text, taken_text
from bot.ui.controls import Press, button, controls_view
from bot.ui.paper_polls import count_of
from bot.ui.place import actor
from bot.ui.reply import in_time, reply

_OFFERED = 3
_OPEN = timedelta(hours=24)


class PollsCog(commands.Cog, name="club-polls"):
    """Organisers ask; who wins is read from Discord, once it is over and when they take it."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._words = bot.words
        self._polls = bot.services.paper_polls
        self._sessions = bot.services.sessions
        self._organising = bot.services.session_organising
        self._lookup = bot.services.lookup
        self._catalogues = bot.services.catalogues
        bot.controls.on("session-poll", self.press_poll)
        bot.controls.on("poll-take", self.press_take)

    async def press_poll(self, press: Press) -> None:
        """*Next paper*: a native poll, and under it the button that takes its winner."""
        interaction, words = press.interaction, self._words
        who, club_id = actor(interaction), press.number(0)
        club = await in_time(interaction, self._organising.organised_club(who, club_id))
        needed = await self._needed(who.guild_id, who.user_id)
        poll = discord.Poll(poll_question(club, words), duration=_OPEN)
        catalogue = await self._catalogues.of(who.guild_id)
        for label in poll_labels(needed, catalogue):
            poll.add_answer(text=label)
        posted_id = await reply(interaction, poll=poll)
        assert posted_id is not None
        take = button(words.text("Take the winner"), "poll-take", club_id, posted_id)
        await reply(interaction, content=take_text(words), view=controls_view([take]))
        assert interaction.channel_id is not None
        await self._polls.opened(
            who.guild_id, club.id, interaction.channel_id, posted_id, discord.utils.utcnow() + _OPEN
        )

    async def press_take(self, press: Press) -> None:
        """*Take the winner*, before the poll ends or after."""
        interaction = press.interaction
        who, club_id = actor(interaction), press.number(0)
        club = await in_time(interaction, self._organising.organised_club(who, club_id))
        poll = await in_time(interaction, self._poll(interaction, press.number(1)))
        paper = _winner(poll, await self._catalogues.of(who.guild_id))
        work = self._organising.set_next_paper(who, club.id, None if paper is None else paper.id)
        change = await in_time(interaction, work)
        text = taken_text(paper, None if change is None else change.after, self._words)
        await reply(interaction, content=text, private=change is None)

    async def _needed(self, guild_id: int, user_id: int) -> list[Paper]:
        page = await self._lookup.page(Show.ALL, None, guild_id, user_id, 0)
        papers = (row.theory.primary_papers[:1] for row in page.rows)
        return [paper for first in papers for paper in first][:_OFFERED]

    async def _poll(self, interaction: discord.Interaction, message_id: int) -> discord.Poll:
        """A poll that the bot itself has posted in this channel. Raises PollGone."""
        assert interaction.channel_id is not None
        channel = self._bot.get_partial_messageable(
            interaction.channel_id, guild_id=interaction.guild_id
        )
        try:
            message = await channel.fetch_message(message_id)
        except (discord.NotFound, discord.Forbidden):
            raise PollGone from None
        if message.poll is None or self._bot.user is None or message.author.id != self._bot.user.id:
            raise PollGone
        return message.poll


def _winner(poll: discord.Poll, catalogue: Catalogue) -> Paper | None:
    """The paper with the most votes, of equals the more needed one; None without any vote."""
    best = winner_of(count_of(poll, catalogue).tallies)
    if best is None:
        return None
    theory = None if best.paper_id is None else catalogue.theory_of(best.paper_id)
    paper = None if theory is None else theory.paper(best.paper_id or "")
    if paper is None:
        raise PollGone
    return paper
