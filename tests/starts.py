"""Starts of a simulated bot that leave out what is the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import discord
import pytest
import simcord
from simcord.builders import ChannelHandle
from simcord.results import to_discord_message

from bot.catalogue import read_catalogue, read_zones
from bot.client import ClubBot
from bot.domain.catalogue import Catalogue, Theory, Vocabulary
from bot.domain.papers import Paper
from bot.domain.search import SearchIndex

_Read = TypeVar("_Read")


@contextmanager
def reading_once() -> Iterator[None]:
    """Starts read what files say once a process: the values are frozen, and reading is half a test.

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
        patch.setitem(waits, "idle", 0.02)
        patch.setattr(ChannelHandle, "last_message", property(_newest))
        yield


def _newest(channel: ChannelHandle) -> discord.Message | None:
    """As SimCord says it, but without building every older message of the channel for it."""
    messages = channel._env.backend.messages.get(channel.id, {})
    for _, message in sorted(messages.items(), reverse=True):
        if message.visible_to(None):
            return to_discord_message(channel._env, message)
    return None


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
