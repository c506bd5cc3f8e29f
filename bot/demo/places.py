"""Where one can be in the example server: its channels, their threads, and the direct messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import discord
from simcord import ChannelHandle, MemberActor

from bot.demo.simcord_internals import can_see
from bot.demo.world import BOT_NAME, READING_CLUB, World

DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the launcher's list. ``channel`` is None for the direct messages."""

    id: str
    label: str
    channel: ChannelHandle | None = None

    def seen_by(self, member: MemberActor) -> ChannelHandle:
        """The channel that is this place for this member."""
        return self.channel or member.user.dm_channel


def list_places(world: World) -> tuple[Place, ...]:
    """Every place there is now; the bot may have made threads since the start."""
    return (*_channels(world), Place(DIRECT, f"Direct messages with {BOT_NAME}"))


def _channels(world: World) -> Iterator[Place]:
    backend = world.env.backend
    for name, channel in world.guild.channels.items():
        if backend.channels[channel.id].type not in _WRITTEN:
            continue
        yield Place(str(channel.id), f"#{name}", channel)
        for thread in channel.threads:
            yield Place(str(thread.id), f"↳ {thread.name}", thread)


_WRITTEN = (discord.ChannelType.text.value, discord.ChannelType.news.value)


def find_place(world: World, place_id: str) -> Place | None:
    """The place with this id, or None when it is gone."""
    return next((place for place in list_places(world) if place.id == place_id), None)


def first_place(world: World) -> Place:
    """Where the demo begins, and where one lands when a place is gone or closed to a member."""
    places = list_places(world)
    return next((place for place in places if place.label == f"#{READING_CLUB}"), places[-1])


def may_enter(world: World, place: Place, member: MemberActor) -> bool:
    """Whether this member can open this place."""
    if place.channel is None:
        return True
    return can_see(world.env, place.channel, member)
