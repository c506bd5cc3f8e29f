"""Where an interaction happens, as far as the bot may count on it."""

from __future__ import annotations

import discord


def home_guild_id(interaction: discord.Interaction) -> int | None:
    """The server this happens in, if the bot itself is a member there.

    None in DMs, and in servers where a member brought the app along for themselves: nothing is
    known of those, nothing may be stored for them.
    """
    guild_id = interaction.guild_id
    if guild_id is None or interaction.client.get_guild(guild_id) is None:
        return None
    return guild_id
