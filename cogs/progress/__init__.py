"""Logging how far one has come, and looking at it."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.progress._commands import ProgressCog
from cogs.progress._corrections import CorrectionsCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(ProgressCog(bot))
    await bot.add_cog(CorrectionsCog(bot))
