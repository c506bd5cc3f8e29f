"""Notes on papers: ``/note`` and *Save as note*."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.notes._commands import NotesCog
from cogs.notes._own import OwnNotesCog
from cogs.notes._shared import SharedNotesCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(NotesCog(bot))
    await bot.add_cog(OwnNotesCog(bot))
    await bot.add_cog(SharedNotesCog(bot))
