"""What organisers set up once: ``/setup`` and what is pressed on its panel."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.setup._panel import SetupCog
from cogs.setup._posts import PostsCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(SetupCog(bot))
    await bot.add_cog(PostsCog(bot))
