"""From start to end: the same world each time, kept files, taken ports, Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest
import simcord
from discord.ext import commands

from bot.demo.serving import listening
from bot.demo.world import MEMBERS, World, build_world
from bot.startup import ExitCode, StartRefused
from tests.demo.conftest import demo_open

_ROOT = Path(__file__).parents[2]


def world_on(day: datetime) -> World:
    bot = commands.AutoShardedBot((), intents=discord.Intents.none(), shard_count=1)
    return build_world(simcord.Env(bot), day)


async def test_the_world_is_the_same_on_any_day() -> None:
    one = world_on(datetime(2026, 3, 1, 9, tzinfo=UTC))
    other = world_on(datetime(2029, 11, 30, 21, 5, tzinfo=UTC))
    assert one.guild.id == other.guild.id
    assert [m.id for m in one.members] == [m.id for m in other.members]
    assert [m.user.dm_channel.id for m in one.members] == [
        m.user.dm_channel.id for m in other.members
    ]
    assert {n: c.id for n, c in one.guild.channels.items()} == {
        n: c.id for n, c in other.guild.channels.items()
    }
    assert other.env.now() == datetime(2029, 11, 30, 21, 5, tzinfo=UTC)


async def test_eight_members_live_in_it() -> None:
    world = world_on(datetime(2026, 3, 1, tzinfo=UTC))
    assert len(world.members) == len(MEMBERS) == 8
    assert sum(world.is_organiser(member) for member in world.members) == 2


async def test_a_kept_file_serves_a_second_start(tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    cards = []
    for _ in range(2):
        async with demo_open(file) as visitor:
            page = await visitor.preview()
            assert (await page.run("theory", name="circuits"))["settlement"] == "settled"
            (card,) = [m["embeds"] for m in (await page.read())["messages"].values() if m["embeds"]]
            cards.append([(e["title"], [f["value"] for f in e["fields"]]) for e in card])
            assert (await visitor.look())["trouble"] == ""
    assert cards[0] == cards[1]


def test_a_taken_port_is_refused_in_one_line() -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        sentence = f"port {port} cannot be used"
        with pytest.raises(StartRefused, match=sentence) as refused, listening(port):
            pass
    assert refused.value.code is ExitCode.CONFIG


def test_a_port_that_is_none_is_refused() -> None:
    with pytest.raises(StartRefused), listening(70000):
        pass


@contextmanager
def demo_process(tmp_path: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_told(tmp_path: Path, number: signal.Signals) -> None:
    with demo_process(tmp_path) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Theory Club demo: http://127.0.0.1:")
        assert list(tmp_path.iterdir())
        process.send_signal(number)
        _, log = process.communicate(timeout=15)  # far less, but on a busy machine
    assert process.returncode == 0
    assert log == ""
    assert not list(tmp_path.iterdir())


def test_a_taken_port_ends_the_start_with_one_line(tmp_path: Path) -> None:
    with listening(0) as taken:
        port = str(taken.getsockname()[1])
        with demo_process(tmp_path, "--port", port) as process:
            out, log = process.communicate(timeout=20)
    assert out == ""
    assert log.count("\n") == 1
    assert f"port {port} cannot be used" in log
    assert process.returncode == ExitCode.CONFIG
