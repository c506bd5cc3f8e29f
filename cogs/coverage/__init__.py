"""What the community knows: ``/coverage`` with its views, and introductions."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.coverage._commands import CoverageCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(CoverageCog(bot))
