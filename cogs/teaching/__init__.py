"""Explaining papers to each other."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.teaching._asking import AskingCog
from cogs.teaching._offers import OffersCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(OffersCog(bot))
    await bot.add_cog(AskingCog(bot))
