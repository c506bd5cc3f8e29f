"""Clubs as a whole: shown, paused, resumed and ended."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import discord

from bot.client import ClubBot
from bot.domain.club_news import Announced
from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club, ClubChange
from bot.domain.members import Actor, OrganisersOnly
from bot.domain.reminders import Planned
from bot.domain.schedule import instant_of
from bot.render.club_shown import ended_text, ending_text, paused_text, resumed_text, shown_embed
from bot.render.club_words import announced_text
from bot.ui.controls import Control, Press, button, controls_view
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, revise
from cogs.schedule._agenda import AgendaDoor
from cogs.schedule._choices import Chooser
from cogs.schedule._reminders import ReminderDoor

_RESUME, _END, _NEWS = "schedule-resume", "schedule-end", "schedule-news"
_SHOWN = 8


class ClubDoor:
    """What everybody may see of a club, and what organisers change about it."""

    def __init__(self, bot: ClubBot, chooser: Chooser) -> None:
        self._words = bot.words
        self._chooser = chooser
        self._clubs = bot.services.clubs
        self._sessions = bot.services.sessions
        self._organising = bot.services.club_organising
        self._reading = bot.services.schedule_reading
        self._events = bot.services.native_events
        self._news = bot.services.club_news
        self._planned = bot.services.club_reminders
        self._reminders = ReminderDoor(bot)
        self._agenda = AgendaDoor(bot)
        bot.controls.on(_RESUME, self.press_resume)
        bot.controls.on(_END, self.press_end)
        bot.controls.on(_NEWS, self.press_news)

    async def show(self, interaction: discord.Interaction, typed: str | None) -> None:
        """``/schedule show``."""
        club = await self._chooser.club(actor(interaction), typed)
        await self._show(interaction, club)

    async def press_news(self, press: Press) -> None:
        """*The coming sessions*, on an announcement."""
        work = self._clubs.club(actor(press.interaction).guild_id, press.number(0))
        club = await in_time(press.interaction, work, private=True)
        club.require_live()
        await self._show(press.interaction, club)

    async def pause(self, interaction: discord.Interaction, typed: str, until: str | None) -> None:
        """``/schedule pause``: until a day or a moment, or until further notice."""
        who = actor(interaction)
        await self._organising.require_organiser(who)
        club = await self._chooser.club(who, typed)
        ends = None if until is None else self._moment(club, until)
        work = self._organising.pause(who, club.id, ends)
        change, announced = await self._told(interaction, work)
        text = paused_text(change.after, discord.utils.utcnow(), self._words)
        view = controls_view([button(self._words.text("Resume"), _RESUME, club.id)])
        await reply(
            interaction, content=self._with(text, change, announced), view=view, private=True
        )

    async def press_resume(self, press: Press) -> None:
        """*Resume*: the club meets again."""
        work = self._organising.resume(actor(press.interaction), press.number(0))
        change, announced = await self._told(press.interaction, work)
        text = resumed_text(change.after, discord.utils.utcnow(), self._words)
        await reply(press.interaction, content=self._with(text, change, announced), private=True)

    async def end(self, interaction: discord.Interaction, typed: str) -> None:
        """``/schedule end``: asks once more."""
        who = actor(interaction)
        await self._organising.require_organiser(who)
        club = await self._chooser.club(who, typed)
        sure = button(self._words.text("End it"), _END, club.id, style=discord.ButtonStyle.danger)
        text = ending_text(club, discord.utils.utcnow(), self._words)
        await reply(interaction, content=text, view=controls_view([sure]), private=True)

    async def press_end(self, press: Press) -> None:
        """*End it*."""
        work = self._organising.end(actor(press.interaction), press.number(0))
        change, announced = await self._told(press.interaction, work)
        text = self._with(ended_text(change.after, self._words), change, announced)
        await revise(press.interaction, content=text, view=controls_view([]))

    async def _show(self, interaction: discord.Interaction, club: Club) -> None:
        words, now = self._words, discord.utils.utcnow()
        work = self._known(actor(interaction), club)
        coming, members, planned = await in_time(interaction, work, private=True)
        trouble = await self._events.trouble(club.guild_id)
        items: list[Control] = []
        if planned is not None:
            items.append(button(words.text("Edit"), "schedule-draft", club.id, ""))
            if club.pause_at(now) is not None:
                items.append(button(words.text("Resume"), _RESUME, club.id))
            meets = next((one for one in coming if not one.occurrence.is_skipped), None)
            if meets is not None:
                items.append(self._agenda.button(meets))
            if planned:
                items.append(self._reminders.test_button(club.id))
        embed = shown_embed(club, coming, members, now, words, trouble, planned)
        await reply(interaction, embed=embed, view=controls_view(items), private=True)

    async def _known(
        self, who: Actor, club: Club
    ) -> tuple[tuple[ClubSession, ...], tuple[int, ...], tuple[Planned, ...] | None]:
        """The coming sessions, who belongs to the club, and what its channel will be told; None
        for who is no organiser.
        """
        coming = await self._sessions.coming(who.guild_id, club.id, _SHOWN)
        members = await self._clubs.standing_members(who.guild_id, club.id)
        try:
            await self._organising.require_organiser(who)
        except OrganisersOnly:
            return coming, members, None
        scheduled = await self._planned.scheduled(who.guild_id, club.id)
        return coming, members, scheduled.planned

    def _moment(self, club: Club, said: str) -> datetime:
        """A day is meant from its first moment on: sessions of that day take place."""
        zone = club.series.zone
        wall = self._reading.moment(said, zone, at=time())
        return instant_of(wall, ZoneInfo(zone))[0].astimezone(UTC)

    def _with(self, text: str, change: ClubChange, announced: Announced) -> str:
        return f"{text}\n{announced_text(announced, change.after.channel_id, self._words)}"

    async def _told(
        self, interaction: discord.Interaction, change: Coroutine[Any, Any, ClubChange]
    ) -> tuple[ClubChange, Announced]:
        async def both() -> tuple[ClubChange, Announced]:
            made = await change
            return made, await self._news.tell(made)

        return await in_time(interaction, both(), private=True)
