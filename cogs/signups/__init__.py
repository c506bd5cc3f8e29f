"""Signing up and giving back: ``/signup``, ``/withdraw`` and every button that means the same."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.signups._commands import SignupCog
from cogs.signups._organising import OrganisingCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(SignupCog(bot))
    await bot.add_cog(OrganisingCog(bot))
