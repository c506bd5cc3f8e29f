"""*Agenda*: what the next session of a club goes through."""

from __future__ import annotations

from typing import Any

import discord

from bot.client import ClubBot
from bot.domain.club_sessions import ClubSession
from bot.domain.sessions import LONGEST_AGENDA
from bot.render.club_sessions import agenda_set_text
from bot.ui.controls import Control, Press, button
from bot.ui.forms import Submission, form
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, reply
from bot.ui.session_layout import session_key

_AGENDA = "session-agenda"
_TEXT = "agenda"


class AgendaDoor:
    """The form is filled in with what stands there; emptied, the session has no agenda."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._clubs = bot.services.club_organising
        self._sessions = bot.services.sessions
        self._organising = bot.services.session_organising
        bot.controls.on(_AGENDA, self.press)
        bot.forms.on(_AGENDA, self.submit)

    def button(self, found: ClubSession) -> Control:
        """*Agenda*, for a session that is to come."""
        return button(self._words.text("Agenda"), _AGENDA, *session_key(found))

    async def press(self, press: Press) -> None:
        """*Agenda*: the form."""
        who = actor(press.interaction)
        await self._clubs.require_organiser(who)
        found = await self._sessions.session(who.guild_id, press.number(0), press.day(1))
        await open_form(press.interaction, self._form(found), self._words)

    async def submit(self, sent: Submission) -> None:
        """What was written stands on the session's card."""
        work = self._organising.set_agenda(
            actor(sent.interaction), sent.number(0), sent.day(1), sent.text(_TEXT)
        )
        change = await in_time(sent.interaction, work, private=True)
        text = agenda_set_text(change.after, self._words)
        await reply(sent.interaction, content=text, private=True)

    def _form(self, found: ClubSession) -> discord.ui.Modal:
        words = self._words
        box: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=_TEXT,
            style=discord.TextStyle.paragraph,
            default=None if found.facts is None else found.facts.agenda,
            max_length=LONGEST_AGENDA,
            required=False,
        )
        label = discord.ui.Label(
            text=words.text("What the session goes through"),
            description=words.text("A line for each step; leave it empty for none"),
            component=box,
        )
        return form(words.text("Agenda"), _AGENDA, *session_key(found), fields=[label])
