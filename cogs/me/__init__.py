"""What a member decides about themselves: ``/me`` and *Reading profile*."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.me._commands import MeCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(MeCog(bot))
