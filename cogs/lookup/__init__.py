"""Looking theories up: ``/theory`` and ``/theories``."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.lookup._commands import LookupCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(LookupCog(bot))
