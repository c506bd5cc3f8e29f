"""Scheduled events through discord.py: listed, created, edited, cancelled and ended."""

from __future__ import annotations

import asyncio
import logging

import discord

from bot.domain.club_sessions import ClubSession
from bot.domain.event_answers import Answer, Listing, Outcome
from bot.domain.native_events import Cancel, Create, Edit, End, EventStatus, ListedEvent, Step
from bot.domain.wanted_events import WantedEvent, wanted_event
from bot.render.native_events import event_name, event_place, event_text
from bot.render.words import Words
from bot.ui.catalogues import CatalogueOf
from bot.ui.living import PATIENCE, UNCERTAIN
from bot.ui.once import once

log = logging.getLogger(__name__)

_OUTCOMES = {
    10070: Outcome.GONE,
    180000: Outcome.GONE,  # it is over, and takes no edit
    30038: Outcome.FULL,
    50001: Outcome.FORBIDDEN,
    50013: Outcome.FORBIDDEN,
}


class DiscordEvents:
    """Events of the servers of ``client``, which is handed over once it is made."""

    def __init__(self, catalogue_of: CatalogueOf, words: Words) -> None:
        self.client: discord.Client | None = None
        self._catalogue_of = catalogue_of
        self._words = words

    async def shaped(self, tag: str, session: ClubSession, presenter: str | None) -> WantedEvent:
        """How the event of a session shall be."""
        catalogue = await self._catalogue_of(session.club.guild_id)
        held = session.session
        return wanted_event(
            tag,
            event_name(session, catalogue, self._words),
            event_text(session, presenter, catalogue, self._words),
            event_place(session, self._channel_name(session), self._words),
            held.starts,
            held.ends,
        )

    async def listed(self, guild_id: int) -> Listing | None:
        """The events of the server; None when Discord does not say."""
        guild = self._guild(guild_id)
        if guild is None:
            return None
        if not _may_change(guild):
            return Listing((), may_change=False)
        try:
            async with asyncio.timeout(PATIENCE):
                found = await guild.fetch_scheduled_events(with_counts=True)
        except (*UNCERTAIN, discord.HTTPException) as error:
            log.warning("the events of server %s are not known: %s", guild_id, error)
            return None
        return Listing(
            tuple(_listed(event) for event in found),
            interested={event.id: event.user_count or 0 for event in found},
        )

    async def take(self, guild_id: int, step: Step) -> Answer:
        """Takes one step; one request at most that creates."""
        guild = self._guild(guild_id)
        if guild is None:
            return Answer(Outcome.UNKNOWN)
        try:
            async with asyncio.timeout(PATIENCE):
                return Answer(Outcome.DONE, await _taken(guild, step))
        except UNCERTAIN as error:
            log.warning("an event of server %s may be in step or not: %r", guild_id, error)
            return Answer(Outcome.UNKNOWN)
        except discord.HTTPException as refused:
            outcome = _OUTCOMES.get(refused.code)
            if outcome is None:
                outcome = Outcome.UNKNOWN if refused.status == 429 else Outcome.REFUSED
                log.warning("an event of server %s was refused: %s", guild_id, refused.code)
            return Answer(outcome)

    def _guild(self, guild_id: int) -> discord.Guild | None:
        client = self.client
        if client is None or client.is_closed():
            return None
        guild = client.get_guild(guild_id)
        return None if guild is None or guild.unavailable else guild

    def _channel_name(self, session: ClubSession) -> str | None:
        channel_id = session.session.channel_id
        guild = self._guild(session.club.guild_id)
        if guild is None or channel_id is None:
            return None
        channel = guild.get_channel_or_thread(channel_id)
        return None if channel is None else channel.name


def _may_change(guild: discord.Guild) -> bool:
    """Known without a request: one that is refused counts against the bot."""
    rights = guild.me.guild_permissions
    return rights.create_events or rights.manage_events


async def _taken(guild: discord.Guild, step: Step) -> int | None:
    """The id of what was created."""
    match step:
        case Create(event=wanted):
            with once():
                made = await guild.create_scheduled_event(
                    name=wanted.name,
                    description=wanted.description,
                    start_time=wanted.starts,
                    end_time=wanted.ends,
                    entity_type=discord.EntityType.external,
                    privacy_level=discord.PrivacyLevel.guild_only,
                    location=wanted.place,
                )
            return made.id
        case Edit(id=event_id, event=wanted, starts=starts):
            event = await _event(guild, event_id)
            await event.edit(
                name=wanted.name,
                description=wanted.description,
                start_time=discord.utils.MISSING if starts is None else starts,
                end_time=wanted.ends,
                entity_type=discord.EntityType.external,
                location=wanted.place,
            )
        case Cancel(id=event_id):
            event = await _event(guild, event_id)
            await event.edit(status=discord.EventStatus.cancelled)
        case End(id=event_id):
            event = await _event(guild, event_id)
            await event.edit(status=discord.EventStatus.completed)
    return None


async def _event(guild: discord.Guild, event_id: int) -> discord.ScheduledEvent:
    """From memory, where events of the servers are kept up to date."""
    known = guild.get_scheduled_event(event_id)
    return known or await guild.fetch_scheduled_event(event_id, with_counts=False)


def _listed(event: discord.ScheduledEvent) -> ListedEvent:
    return ListedEvent(
        event.id,
        event.name,
        event.description or "",
        event.location,
        event.start_time,
        event.end_time,
        EventStatus(event.status.value),
    )
