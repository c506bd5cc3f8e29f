"""After a session: *I was there*, and a line on what remains of it."""

from __future__ import annotations

from typing import Any

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.club_sessions import LONGEST_RECAP, ClubSession
from bot.render.session_words import attended_text
from bot.ui.controls import Press
from bot.ui.forms import Submission, form
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, reply
from bot.ui.session_layout import session_key
from cogs.clubs._cards import CardsCog

_RECAP = "recap"


class AfterCog(commands.Cog, name="club-after"):
    """What is said afterwards stands on the card."""

    def __init__(self, bot: ClubBot, cards: CardsCog) -> None:
        self._cards = cards
        self._words = bot.words
        self._sessions = bot.services.sessions
        self._organising = bot.services.session_organising
        bot.controls.on("session-attend", self.press_attend)
        bot.controls.on("session-recap", self.press_recap)
        bot.forms.on("session-recap", self.submit_recap)

    async def press_attend(self, press: Press) -> None:
        """*I was there*."""
        interaction = press.interaction
        who, club_id, day = actor(interaction), press.number(0), press.day(1)
        is_news = await in_time(interaction, self._sessions.attend(who, club_id, day))
        found = await self._sessions.session(who.guild_id, club_id, day)
        await self._cards.revise(interaction, found)
        text = attended_text(is_news=is_news, words=self._words)
        await reply(interaction, content=text, private=True)

    async def press_recap(self, press: Press) -> None:
        """*Recap*: the form, filled in with what stands there."""
        who = actor(press.interaction)
        found = await self._organising.require_recorder(who, press.number(0), press.day(1))
        await open_form(press.interaction, self._form(found), self._words)

    async def submit_recap(self, sent: Submission) -> None:
        """The line: the card shows it."""
        work = self._organising.set_recap(
            actor(sent.interaction), sent.number(0), sent.day(1), sent.text(_RECAP)
        )
        found = await in_time(sent.interaction, work)
        await self._cards.revise(sent.interaction, found)

    def _form(self, found: ClubSession) -> discord.ui.Modal:
        words = self._words
        box: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=_RECAP,
            style=discord.TextStyle.paragraph,
            default=None if found.facts is None else found.facts.recap,
            max_length=LONGEST_RECAP,
        )
        label = discord.ui.Label(
            text=words.text("What remains of it"),
            description=words.text("One line for those who were not there"),
            component=box,
        )
        return form(words.text("Recap"), "session-recap", *session_key(found), fields=[label])
