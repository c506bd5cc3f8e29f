"""The catalogue itself: a server's own entries, proposals, and files of works in and out."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.catalogue._commands import CatalogueCog
from cogs.catalogue._entries import EntriesCog
from cogs.catalogue._parts import PartsCog
from cogs.catalogue._proposals import ProposalsCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    entries = EntriesCog(bot)
    await bot.add_cog(entries)
    await bot.add_cog(PartsCog(bot))
    await bot.add_cog(ProposalsCog(bot))
    await bot.add_cog(CatalogueCog(bot, entries))
