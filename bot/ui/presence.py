"""Whether a member is still in a server: asked when they are needed, for no event tells us."""

from __future__ import annotations

import logging

import aiohttp
import discord

log = logging.getLogger(__name__)

_UNKNOWN_MEMBER = 10007


async def is_here(client: discord.Client, guild_id: int, user_id: int) -> bool:
    """Whether the member is in the server, by one request to Discord.

    Only Discord's own word that there is no such member counts; in any doubt they are here.
    """
    guild = client.get_guild(guild_id)
    if guild is None:
        return True
    try:
        await guild.fetch_member(user_id)
    except discord.NotFound as error:
        return error.code != _UNKNOWN_MEMBER
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.warning(
            "a member of server %s could not be asked for: %s", guild_id, type(error).__name__
        )
    return True
