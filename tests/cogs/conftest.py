"""A real bot on a simulated Discord, with a real database file and real members."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import discord
import pytest
import simcord

from bot.app import open_bot
from bot.catalogue import read_catalogue, read_zones
from bot.client import ClubBot
from bot.demo.simcord_internals import start_patiently
from bot.domain.catalogue import Catalogue, Paper, Theory, Vocabulary
from bot.domain.errors import ClubError
from bot.domain.search import SearchIndex
from bot.settings import Settings
from bot.ui.errors import cause
from tests.contract import faults
from tests.founding import founding_data
from tests.installations import install, url_of

# How long the simulated Discord lets the bot settle, in seconds: a busy machine is slow.
PATIENCE = 60
FIRST_START = datetime(2026, 1, 1, tzinfo=UTC)

_Read = TypeVar("_Read")


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
    """Read what files say once, not at each start: the values are frozen, and reading is half a test.

    The library that draws is there before the first start, which else waits for it.
    """
    import_module("bot.render.plots")
    indexes: list[tuple[Catalogue, SearchIndex]] = []
    build = SearchIndex.build

    def built(
        theories: Iterable[Theory],
        vocabulary: Vocabulary | None = None,
        papers: Iterable[tuple[str, Paper]] = (),
    ) -> SearchIndex:
        """That of a shipped catalogue once; what a server has of its own is not kept."""
        if not isinstance(theories, Catalogue):
            return build(theories, vocabulary, papers)
        for known, index in indexes:
            if known is theories:
                return index
        indexes.append((theories, build(theories, vocabulary)))
        return indexes[-1][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.read_catalogue", _remembering(read_catalogue))
        patch.setattr("bot.app.read_zones", _remembering(read_zones))
        patch.setattr(SearchIndex, "build", built)
        patch.setattr(ClubBot, "load_extension", _set_up)
        # SimCord looks only so often (in seconds) whether the database has answered.
        waits = simcord.Env._settle_internal.__kwdefaults__
        assert waits is not None
        patch.setitem(waits, "idle", 0.005)
        yield


async def _set_up(bot: ClubBot, name: str) -> None:
    """As discord.py does it, but for executing the modules of each door again for each bot."""
    await import_module(name).setup(bot)


def _remembering(read: Callable[[Path], _Read]) -> Callable[[Path], _Read]:
    """``read``, which is asked again only of a folder that is not as it was."""
    kept: dict[tuple[Path, tuple[tuple[Path, int], ...]], _Read] = {}

    def remembered(folder: Path) -> _Read:
        files = tuple(sorted((f, f.stat().st_mtime_ns) for f in folder.rglob("*.toml")))
        if (folder, files) not in kept:
            kept[folder, files] = read(folder)
        return kept[folder, files]

    return remembered


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
