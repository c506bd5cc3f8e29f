"""Looking theories up: ``/theory`` and ``/theories``."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.lookup._commands import LookupCog
from cogs.lookup._notes import TheoryNotesCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    notes = TheoryNotesCog(bot)
    await bot.add_cog(notes)
    await bot.add_cog(LookupCog(bot, notes))
