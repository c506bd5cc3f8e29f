"""Reading clubs: ``/club``, the card of a session, who presents, and what comes after."""

from __future__ import annotations

from bot.client import ClubBot
from cogs.clubs._after import AfterCog
from cogs.clubs._cards import CardsCog
from cogs.clubs._commands import ClubCog
from cogs.clubs._polls import PollsCog
from cogs.clubs._presenting import PresentingCog
from cogs.clubs._threads import ThreadsCog


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    cards = CardsCog(bot)
    await bot.add_cog(cards)
    await bot.add_cog(PresentingCog(bot, cards))
    await bot.add_cog(ThreadsCog(bot, cards))
    await bot.add_cog(AfterCog(bot, cards))
    await bot.add_cog(PollsCog(bot))
    await bot.add_cog(ClubCog(bot, cards))
