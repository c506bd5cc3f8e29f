"""What the bot may do in a server and in a channel of it, as far as it needs to."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.ui import rights

_IN_CHANNEL = (
    "view_channel", "send_messages", "read_message_history", "embed_links", "attach_files",
    "create_public_threads", "send_messages_in_threads",
)  # fmt: skip
_IN_SERVER = ("create_events", "manage_events")


@dataclass(frozen=True, slots=True)
class Lacking:
    """Permissions the bot does not have, in the channel and in the server as a whole."""

    in_channel: tuple[str, ...] = ()
    in_server: tuple[str, ...] = ()


def lacking_here(guild: discord.Guild | None, channel_id: int) -> Lacking:
    """What is missing for clubs, boards and splits in this channel; nothing where it is unknown."""
    if guild is None:
        return Lacking()
    server = guild.me.guild_permissions
    in_server = tuple(name for name in _IN_SERVER if not getattr(server, name))
    channel = guild.get_channel_or_thread(channel_id)
    if channel is None:
        return Lacking((), in_server)
    return Lacking(rights.lacking(channel, _IN_CHANNEL), in_server)
