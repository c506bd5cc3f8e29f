"""Clubs and their sessions as organisers have them: ``/schedule`` and what is pressed after it."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.schedule._commands import ScheduleCog
from cogs.schedule._plan import PlanCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(PlanCog(bot))
    await bot.add_cog(ScheduleCog(bot))
