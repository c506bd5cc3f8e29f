"""Where an interaction happens and who acts in it, as far as the bot may count on it."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.domain.members import Actor


def home_guild_id(interaction: discord.Interaction) -> int | None:
    """The server this happens in, if the bot itself is a member there.

    None in DMs, and in servers where a member brought the app along for themselves: nothing is
    known of those, nothing may be stored for them.
    """
    guild_id = interaction.guild_id
    if guild_id is None or interaction.client.get_guild(guild_id) is None:
        return None
    return guild_id


def actor(interaction: discord.Interaction) -> Actor:
    """The member who acts, with the rights that Discord vouches for in this very interaction.

    Raises NoPrivateMessage where there is no server the bot is in.
    """
    guild_id = home_guild_id(interaction)
    user = interaction.user
    if guild_id is None or not isinstance(user, discord.Member):
        raise app_commands.NoPrivateMessage
    return Actor(
        guild_id=guild_id,
        user_id=user.id,
        display_name=user.display_name,
        role_ids=frozenset(role.id for role in user.roles),
        manages=interaction.permissions.manage_guild,
    )
