"""What the bot may do in the channels of a server, as Discord has told it."""

from __future__ import annotations

from collections.abc import Iterable

import discord


def lacking(
    channel: discord.abc.GuildChannel | discord.Thread, needed: Iterable[str]
) -> tuple[str, ...]:
    """Those of the permissions that the bot does not have in a channel."""
    allowed = channel.permissions_for(channel.guild.me)
    missing = [name for name in needed if not getattr(allowed, name)]
    if isinstance(channel, discord.Thread) and allowed.send_messages_in_threads:
        missing = [name for name in missing if name != "send_messages"]
    return tuple(missing)
