"""Where an interaction happens and who acts in it, as far as the bot may count on it."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.ui.routes import Called


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


def channel_meant(interaction: discord.Interaction, home_id: int | None) -> int:
    """Where something goes when nobody says where: the home channel while it stands, else here."""
    guild = interaction.guild
    if guild is not None and home_id is not None and guild.get_channel(home_id) is not None:
        return home_id
    assert interaction.channel_id is not None
    return interaction.channel_id


def actor_anywhere(called: Called) -> Actor:
    """The member who presses a button that may also stand in a direct message.

    There the last argument of its id names the server. What it is about is looked up by its
    key, that server and this member, so a forged one finds nothing. Raises NotFound.
    """
    interaction = called.interaction
    if interaction.guild_id is not None:
        return actor(interaction)
    guild_id = called.number(len(called.arguments) - 1)
    if interaction.client.get_guild(guild_id) is None:
        raise NotFound
    return Actor(guild_id, interaction.user.id, display_name=None)
