"""The catalogue itself: ``/catalogue export``."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.catalogue._commands import CatalogueCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(CatalogueCog(bot))
