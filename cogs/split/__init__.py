"""Splitting the list: ``/split``, its panel, the preview, and each member's own part."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.split._answers import AnswersCog
from cogs.split._commands import SplitCog
from cogs.split._mine import OwnReadingCog
from cogs.split._organising import OrganisingCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    organising, mine = OrganisingCog(bot), OwnReadingCog(bot)
    await bot.add_cog(AnswersCog(bot))
    await bot.add_cog(organising)
    await bot.add_cog(mine)
    await bot.add_cog(SplitCog(bot, organising, mine))
