"""Posting a message of components that nothing keeps up to date."""

from __future__ import annotations

import discord

from bot.domain.living import PostingForbidden
from bot.ui.living import require_posting


async def post_layout(
    interaction: discord.Interaction, channel_id: int, view: discord.ui.LayoutView
) -> discord.Message:
    """Post it in a channel of this server. Raises PostingForbidden, PostingNowhere."""
    require_posting(interaction, channel_id)
    channel = interaction.client.get_partial_messageable(channel_id, guild_id=interaction.guild_id)
    try:
        return await channel.send(view=view)
    except discord.Forbidden:
        raise PostingForbidden(channel_id, ("send_messages",)) from None
