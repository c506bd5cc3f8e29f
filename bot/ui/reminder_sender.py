"""Sends reminders through discord.py, and finds them again in their channel."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
import discord
from discord.http import Route

from bot.domain.reminders import (
    Answer,
    Look,
    Meaning,
    Outgoing,
    Place,
    Planned,
    ReminderKind,
    Seen,
    meaning_of,
)
from bot.render.words import Words
from bot.ui.controls import Control, button, controls_view

log = logging.getLogger(__name__)

# discord.py itself tries again for minutes; nothing here waits that long.
_PATIENCE = 20.0
_CLOCK_PATIENCE = 5.0
# So many messages are looked through, from the first moment the wanted one may be there.
_LOOKED_THROUGH = 1000
# What leaves open whether a message arrived.
_UNCERTAIN = (TimeoutError, aiohttp.ClientError, OSError, discord.RateLimited)


@dataclass(frozen=True, slots=True)
class Composed:
    """What a message shows: text within Discord's limits, and buttons beside the usual one."""

    content: str
    embeds: tuple[discord.Embed, ...] = ()
    controls: tuple[Control, ...] = ()


Compose = Callable[[Outgoing], Awaitable[Composed]]


class DiscordSender:
    """Speaks with Discord through ``client``, which is handed over once it is made.

    ``compose`` renders a message; one that is to be ``plain`` without any link. ``simulated`` is
    the clock of a Discord that is only simulated: there is nobody else to ask what time it is.
    """

    def __init__(
        self, compose: Compose, words: Words, simulated: Callable[[], datetime] | None = None
    ) -> None:
        self.client: discord.Client | None = None
        self._simulated = simulated
        self._ending: asyncio.Task[None] | None = None
        self._compose = compose
        self._words = words

    async def send(self, message: Outgoing) -> Answer:
        """Posts a message with its mark as the nonce; the same again is the same message."""
        shown = await self._compose(message)
        view = reminder_view(message, shown.controls, self._words)

        async def post(client: discord.Client) -> Answer:
            place = await _place(client, message.lead)
            posted = await place.send(
                shown.content,
                embeds=list(shown.embeds),
                view=view,
                nonce=message.mark,
                suppress_embeds=not shown.embeds,
                allowed_mentions=_allowed(message),
            )
            return Answer(Meaning.SENT, 0, posted.id)

        return await self._asked(post)

    async def edit(self, message: Outgoing, message_id: int) -> Answer:
        """Brings a message up to date; nobody is mentioned anew."""
        shown = await self._compose(message)
        view = reminder_view(message, shown.controls, self._words)

        async def patch(client: discord.Client) -> Answer:
            place = await _place(client, message.lead)
            await place.get_partial_message(message_id).edit(
                content=shown.content,
                embeds=list(shown.embeds),
                view=view,
                allowed_mentions=discord.AllowedMentions.none(),
            )
            return Answer(Meaning.SENT, 0, message_id)

        return await self._asked(patch)

    async def look(self, place: Place) -> Look:
        """Looks through the channel for the message; see ``Seen`` for what may come of it."""
        client = self._ready()
        if client is None or client.user is None:
            return Look(Seen.UNCERTAIN)
        if not place.planned.by_dm:
            readable = _may_look(client, place.planned)
            if readable is not True:
                return Look(Seen.UNCERTAIN if readable is None else Seen.UNREADABLE)
        try:
            async with asyncio.timeout(_PATIENCE):
                return await _looked_through(client, place)
        except discord.Forbidden:
            return Look(Seen.UNREADABLE)
        except (*_UNCERTAIN, discord.HTTPException) as error:
            log.warning("a channel could not be read back: %s", type(error).__name__)
            return Look(Seen.UNCERTAIN)

    async def discord_time(self) -> datetime | None:
        """What Discord's clock shows, by the date of an answer that needs no token."""
        if self._simulated is not None:
            return self._simulated()
        try:
            async with (
                asyncio.timeout(_CLOCK_PATIENCE),
                aiohttp.ClientSession() as session,
                session.get(f"{Route.BASE}/gateway") as answer,
            ):
                date = answer.headers.get("Date")
        except (TimeoutError, aiohttp.ClientError, OSError):
            return None
        try:
            return None if date is None else parsedate_to_datetime(date)
        except ValueError:
            return None

    def end(self) -> None:
        """Closes the client soon: Discord does not take its token any more."""
        client = self._ready()
        if client is not None:
            self._ending = asyncio.create_task(client.close(), name="end")

    async def _asked(self, request: Callable[[discord.Client], Awaitable[Answer]]) -> Answer:
        client = self._ready()
        if client is None:
            return Answer(Meaning.UNCERTAIN)
        try:
            async with asyncio.timeout(_PATIENCE):
                return await request(client)
        except discord.HTTPException as refused:
            through = bool(refused.response.headers.get("Via"))
            meaning = meaning_of(refused.status, refused.code, through_discord=through)
            return Answer(meaning, refused.code or refused.status)
        except _UNCERTAIN as error:
            log.warning("a reminder may or may not have arrived: %s", type(error).__name__)
            return Answer(Meaning.UNCERTAIN)

    def _ready(self) -> discord.Client | None:
        client = self.client
        return None if client is None or client.is_closed() else client


def reminder_view(
    message: Outgoing, controls: tuple[Control, ...], words: Words, *, resting: bool = False
) -> discord.ui.View:
    """The buttons under a reminder. One on every reminder has the mark in its id.

    In a direct message ids end with the server: Discord tells none there. ``resting``: they are
    shown and cannot be pressed.
    """
    lead = message.lead
    if lead.by_dm:
        mute = (message.mark, lead.club_id, lead.guild_id)
        usual = [
            button(words.text("Mute this"), "reminders-mute", *mute, row=4),
            button(words.text("Settings"), "reminders-settings", lead.guild_id, row=4),
        ]
    elif lead.kind is ReminderKind.SPLIT_ENDS:
        number = lead.key.rpartition(":")[-1]
        usual = [button(words.text("I'm in"), "split-join", number, message.mark, row=1)]
    else:
        usual = [
            button(words.text("My reminders"), "reminders", message.mark, lead.guild_id, row=1)
        ]
    # Discord refuses an id twice: two notices may ask alike, or as a usual button does.
    view = controls_view(list({one.custom_id: one for one in [*controls, *usual]}.values()))
    for item in view.children if resting else ():
        if isinstance(item, Control) and isinstance(item.item, discord.ui.Button):
            item.item.disabled = True
    return view


async def _place(
    client: discord.Client, planned: Planned
) -> discord.PartialMessageable | discord.DMChannel:
    if planned.by_dm:
        return await client.create_dm(discord.Object(planned.dest))
    return client.get_partial_messageable(planned.dest, guild_id=planned.guild_id)


def _allowed(message: Outgoing) -> discord.AllowedMentions:
    """Those who are to be mentioned and nobody else, whatever the text says."""
    users = [discord.Object(user_id) for user_id in message.mentions]
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=users)


def _may_look(client: discord.Client, planned: Planned) -> bool | None:
    """Whether the channel can be read back; None while the server is out of reach.

    Without the permission Discord would show an empty channel, and not say so.
    """
    guild = client.get_guild(planned.guild_id)
    if guild is None or guild.unavailable:
        return None
    channel = guild.get_channel_or_thread(planned.dest)
    if channel is None:
        return False
    rights = channel.permissions_for(guild.me)
    return rights.read_messages and rights.read_message_history


async def _looked_through(client: discord.Client, place: Place) -> Look:
    channel = await _place(client, place.planned)
    assert client.user is not None
    count = 0
    async for message in channel.history(
        limit=_LOOKED_THROUGH, after=place.since, oldest_first=True
    ):
        count += 1
        if message.author.id == client.user.id and place.mark in _ids(message):
            return Look(Seen.FOUND, message.id)
    # With more messages than that, it may be among the rest.
    return Look(Seen.UNCERTAIN if count >= _LOOKED_THROUGH else Seen.ABSENT)


def _ids(message: discord.Message) -> str:
    return str([part.to_dict() for part in message.components])
