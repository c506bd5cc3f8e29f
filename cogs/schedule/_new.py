"""*Make a club*: the form of a new club, filled with what the server is used to."""

from __future__ import annotations

import discord

from bot.client import ClubBot
from bot.domain.club_drafts import Written
from bot.domain.guild import GuildRules
from bot.domain.members import Actor
from bot.domain.presets import Preset, habits_of
from bot.domain.zones import UTC
from bot.render.presets import club_name_for
from bot.ui.controls import Press
from bot.ui.opening import open_form
from bot.ui.place import actor, channel_meant
from cogs.schedule._form import club_form

ACTION = "schedule-new"


class NewClubDoor:
    """Nothing is kept: what is sent in is shown as the draft of ``/schedule create``."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._organising = bot.services.club_organising
        self._reading = bot.services.schedule_reading
        self._settings = bot.services.guild_settings
        bot.controls.on(ACTION, self.press)

    async def press(self, press: Press) -> None:
        """Open the form."""
        interaction, words = press.interaction, self._words
        rules, zone = await self._known(actor(interaction))
        channel_id = channel_of(interaction, rules)
        written = _usual(rules.preset, zone, club_name_for(rules.preset, words), channel_id)
        await open_form(interaction, club_form(0, None, written, words), self._words)

    async def _known(self, who: Actor) -> tuple[GuildRules, str]:
        await self._organising.require_room(who)
        zone = await self._reading.usual_zone(who)
        return await self._settings.rules(who.guild_id), zone or UTC


def channel_of(interaction: discord.Interaction, rules: GuildRules) -> int:
    """The channel of a club when nobody says one; of a thread, the channel it belongs to."""
    channel = interaction.channel
    meant = channel_meant(interaction, rules.home_channel_id)
    if isinstance(channel, discord.Thread) and meant == channel.id:
        return channel.parent_id
    return meant


def _usual(preset: Preset | None, zone: str, name: str, channel_id: int) -> Written:
    habits = habits_of(preset)
    return Written.of(name, habits.example(zone), "", str(habits.minutes), channel_id)
