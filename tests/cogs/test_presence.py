"""Whether a member is here: only Discord's own word that they are not counts."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.ui.presence import is_here
from tests.cogs.conftest import Club


async def test_a_member_is_here_until_they_leave(club: Club) -> None:
    assert await is_here(club.bot, club.guild.id, club.alice.id)
    assert not await is_here(club.bot, club.guild.id, 4242)


async def test_in_doubt_a_member_is_here(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await is_here(club.bot, 999, club.alice.id)

    async def down(*_: Any) -> Any:
        raise OSError

    monkeypatch.setattr(discord.Guild, "fetch_member", down)
    assert await is_here(club.bot, club.guild.id, club.alice.id)
