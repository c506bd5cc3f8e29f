"""Explaining papers to each other."""

from __future__ import annotations

from bot.client import ClubBot


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
