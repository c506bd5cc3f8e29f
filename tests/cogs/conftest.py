"""A real bot on a simulated Discord, with a real database file and real members."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest
import simcord

from bot.app import open_bot
from bot.client import ClubBot
from bot.demo.simcord_internals import start_patiently
from bot.domain.errors import ClubError
from bot.settings import Settings
from bot.ui.errors import cause
from tests.contract import faults
from tests.founding import founding_data
from tests.installations import install, url_of
from tests.starts import reading_once

# How long the simulated Discord lets the bot settle, in seconds: a busy machine is slow.
PATIENCE = 60
FIRST_START = datetime(2026, 1, 1, tzinfo=UTC)


class Club:
    """One server with a channel and two members who can act."""

    def __init__(self, env: simcord.Env, bot: ClubBot) -> None:
        self.env = env
        self.bot = bot
        self.expects_faults = False
        self.guild = env.create_guild("Reading group")
        self.channel = self.guild.create_text_channel("reading-club")
        self.alice = self.guild.add_member(env.create_user("alice"))
        self.bob = self.guild.add_member(env.create_user("bob"))

    @property
    def last(self) -> discord.Message:
        """The newest message of the channel."""
        message = self.channel.last_message
        assert message is not None
        return message


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Club]:
    """The bot on a fresh simulated Discord; every request it sent is held against Discord's rules."""
    async with open_bot(settings) as bot:
        env = simcord.Env(bot, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        try:
            club = Club(env, bot)
            yield club
        finally:
            await env.shutdown()
        wrong = [f for r in env.http_requests for f in faults(r.method, r.path, r.json)]
        assert not wrong, "\n".join(wrong)
        if not club.expects_faults:
            assert not [error for error in env.errors if not isinstance(cause(error), ClubError)]


@pytest.fixture(scope="session")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data with the founding theories alone."""
    return founding_data(tmp_path_factory.mktemp("founding"))


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Read what files say once, not at each start."""
    with reading_once():
        yield


@pytest.fixture
def settings(tmp_path: Path, founding: Path) -> Settings:
    """An installation of its own, without a token."""
    install(tmp_path / "club.db", FIRST_START)
    return Settings(database_url=url_of(tmp_path / "club.db"), data_dir=founding, nap=3600)


@pytest.fixture
async def club(settings: Settings) -> AsyncIterator[Club]:
    """A running bot in a server of two members."""
    async with running(settings) as started:
        yield started
