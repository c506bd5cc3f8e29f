"""Where a proposal is posted: in a thread of its own, so that it can be talked about."""

from __future__ import annotations

import logging

import discord

from bot.domain.own_entries import OwnEntry
from bot.render.markdown import fit, plain
from bot.render.words import Words
from bot.ui.living import require_posting
from bot.ui.place import channel_meant

log = logging.getLogger(__name__)

_NAME = 100


async def place_for(
    interaction: discord.Interaction, home_id: int | None, entry: OwnEntry, words: Words
) -> int:
    """The id of a new thread in the home channel, else here; without the right to make one,
    of the channel itself. Raises PostingForbidden where nothing can be posted.
    """
    guild = interaction.guild
    assert guild is not None
    assert interaction.channel_id is not None
    for channel_id in (home_id, interaction.channel_id):
        channel = None if channel_id is None else guild.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel):
            continue
        rights = channel.permissions_for(guild.me)
        if not (rights.create_public_threads and rights.send_messages_in_threads):
            continue
        name = words.text("Proposal: {title}", title=plain(entry.title))
        try:
            thread = await channel.create_thread(
                name=fit(name, _NAME), type=discord.ChannelType.public_thread
            )
        except discord.HTTPException as refused:
            log.warning("no thread for a proposal in %s: %s", channel.id, refused.code)
        else:
            return thread.id
    channel_id = channel_meant(interaction, home_id)
    require_posting(interaction, channel_id)
    return channel_id
