"""Living sign-up boards: ``/board post`` and the presses on a board."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.boards._commands import BoardCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(BoardCog(bot))
