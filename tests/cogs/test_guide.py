"""``/help`` and ``/about``: one screen each."""

from __future__ import annotations

from discord import app_commands

import bot
from tests.cogs.conftest import Club
from tests.cogs.test_theory import shown, text_of

ONE_SCREEN = 1500


async def test_help_names_every_command(club: Club) -> None:
    result = await club.alice.slash(club.channel, "help")
    page = text_of(shown(result))
    assert result.ephemeral
    for command in club.bot.tree.get_commands():
        if command.name != "help":
            is_menu = isinstance(command, app_commands.ContextMenu)
            assert (command.name if is_menu else f"/{command.name}") in page
    assert len(page) < ONE_SCREEN


async def test_about_tells_version_links_and_privacy(club: Club) -> None:
    page = text_of(shown(await club.alice.slash(club.channel, "about")))
    assert bot.__version__ in page
    assert "9 theories" in page
    assert "cannot read messages" in page
    assert len(page) < ONE_SCREEN


async def test_both_work_in_a_direct_message(club: Club) -> None:
    dana = club.env.create_user("dana")
    for command in ("help", "about"):
        assert (await dana.slash(command)).ephemeral
