"""What the options of ``/schedule`` name: clubs, sessions, places, times."""

from __future__ import annotations

from datetime import date

import discord
from discord import app_commands

from bot.client import ClubBot
from bot.domain.clubs import Club, Place
from bot.domain.errors import StaleControl
from bot.domain.members import Actor
from bot.domain.session_choice import SessionUnclear, read_day, session_meant
from bot.render.club_choices import club_choices, session_choices, when_choices
from bot.render.markdown import fit, plain
from bot.ui.controls import Press
from bot.ui.forms import Submission
from bot.ui.place import actor, home_guild_id

_CHOICES, _LABEL = 25, 100
# Sessions among which the words that are typed are looked for.
_AMONG = 75

Choices = list[app_commands.Choice[str]]


class Chooser:
    """Completes what is typed, and finds what is meant."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._clubs = bot.services.clubs
        self._sessions = bot.services.sessions
        self._reading = bot.services.schedule_reading

    async def club(self, who: Actor, typed: str | None) -> Club:
        """The club that is named. Raises what ``Clubs.find`` does."""
        return await self._clubs.find(who.guild_id, typed)

    async def session(self, who: Actor, typed: str) -> tuple[int, date]:
        """The club and original day of the session that is named, chosen or typed by hand.

        Raises SessionUnclear.
        """
        meant = session_meant(typed)
        if meant is None:
            found = await self._sessions.choices(who.guild_id, _AMONG)
            fitting = session_choices(found, typed, self._words)
            meant = session_meant(fitting[0].value) if len(fitting) == 1 else None
        if meant is None:
            raise SessionUnclear
        return meant

    async def clubs(self, interaction: discord.Interaction, typed: str) -> Choices:
        """The clubs that fit."""
        guild_id = home_guild_id(interaction)
        if guild_id is None:
            return []
        return club_choices(await self._clubs.clubs(guild_id), typed)

    async def sessions(self, interaction: discord.Interaction, typed: str) -> Choices:
        """The sessions to come that fit, each in its club's zone; of one club, if it is chosen."""
        guild_id = home_guild_id(interaction)
        if guild_id is None:
            return []
        found = await self._sessions.choices(guild_id, _AMONG)
        chosen = str(getattr(interaction.namespace, "club", "") or "")
        if chosen:
            found = tuple(pair for pair in found if chosen in (str(pair[0].id), pair[0].name))
        return session_choices(found, typed, self._words)

    async def times(self, interaction: discord.Interaction, typed: str) -> Choices:
        """What the words for a time may become, zones completed."""
        if home_guild_id(interaction) is None:
            return []
        found = await self._reading.completions(actor(interaction), typed)
        return when_choices(found, self._words)

    def places(self, interaction: discord.Interaction, typed: str) -> Choices:
        """The voice channels that fit."""
        wanted = _folded(typed)
        found = [one for one in _voice_channels(interaction.guild) if wanted in _folded(one.name)]
        return [
            app_commands.Choice(name=fit(plain(one.name), _LABEL) or str(one.id), value=one.mention)
            for one in {_folded(one.name): one for one in found}.values()
        ][:_CHOICES]


def place_of(guild: discord.Guild | None, text: str) -> Place:
    """Where a club meets: a voice channel by mention or name, a link, or its own channel.

    Raises LinkUnclear.
    """
    if not text:
        return Place()
    for channel in _voice_channels(guild):
        if text == channel.mention or _folded(text) == _folded(channel.name):
            return Place(voice_channel_id=channel.id)
    return Place.at(text)


def place_written(place: Place) -> str:
    """A place as it is written in a form."""
    return place.link or ("" if place.voice_channel_id is None else f"<#{place.voice_channel_id}>")


def original_in(called: Press | Submission, position: int) -> date | None:
    """The original day in an id; None where it is left empty. Raises StaleControl."""
    text = called.argument(position)
    day = read_day(text) if text else None
    if text and day is None:
        raise StaleControl
    return day


def _voice_channels(guild: discord.Guild | None) -> list[discord.abc.GuildChannel]:
    return [] if guild is None else [*guild.voice_channels, *guild.stage_channels]


def _folded(name: str) -> str:
    return plain(name).casefold().removeprefix("#").strip()
