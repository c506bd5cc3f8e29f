"""Every way a start can fail: one line, no traceback, its exit code, and an end within 5 s."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.app import open_bot
from bot.settings import Settings
from tests.e2e.test_user_install import interaction, theory
from tests.installations import install, url_of
from tests.loopback import TOKEN, loopback_discord

ROOT = Path(__file__).parents[2]
# Seconds in which a refused start has ended. It takes 2 on a quiet machine; a hang takes for ever.
SOON = 20
WRONG_TOKEN = TOKEN[::-1]
PLANTED = "aW50ZXJhY3Rpb246cGxhbnRlZC1zZWNyZXQtb2YtYW4taW50ZXJhY3Rpb24"


def environment(**settings: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", **settings}


def start(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Start the program in ``folder``; fails when it hangs (that it needs 5 s is no fault of it on a busy machine)."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder, env=environment(**settings), capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one line of a refused start."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    lines = [x for x in done.stderr.splitlines() if x.startswith("theory-club: ")]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the shipped data that a test may break."""
    copied = tmp_path / "data"
    shutil.copytree(ROOT / "data", copied, ignore=shutil.ignore_patterns("var"))
    return copied


def test_without_a_token_it_says_what_to_do(tmp_path: Path) -> None:
    line = refused(start(tmp_path), 78)
    assert "DISCORD_TOKEN" in line
    assert "make demo" in line


def test_a_token_of_the_wrong_shape_is_refused_unseen(tmp_path: Path) -> None:
    line = refused(start(tmp_path, DISCORD_TOKEN="hunter2hunter2"), 78)
    assert "hunter2" not in line


def test_a_malformed_setting_is_named(tmp_path: Path) -> None:
    assert "LOG_LEVEL" in refused(start(tmp_path, LOG_LEVEL="LOUD"), 78)


def test_a_broken_theory_file_is_named_with_its_key(tmp_path: Path, data: Path) -> None:
    (data / "theories" / "x.toml").write_text('slug = "x"\norder = "first"\n', encoding="utf-8")
    line = refused(start(tmp_path, DISCORD_TOKEN=TOKEN, DATA_DIR=str(data)), 65)
    assert "x.toml" in line
    assert "order" in line


def test_a_relation_without_its_target_is_named(tmp_path: Path, data: Path) -> None:
    (data / "theories" / "statmech.toml").unlink()
    line = refused(start(tmp_path, DISCORD_TOKEN=TOKEN, DATA_DIR=str(data)), 65)
    assert "relations" in line
    assert "statmech" in line


@pytest.mark.parametrize("missing", ["vocabulary.toml", "theories"])
def test_missing_data_is_named(tmp_path: Path, data: Path, missing: str) -> None:
    path = data / missing
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert missing in refused(start(tmp_path, DISCORD_TOKEN=TOKEN, DATA_DIR=str(data)), 65)


def test_a_language_without_texts_is_named(tmp_path: Path) -> None:
    assert "'xx'" in refused(start(tmp_path, DISCORD_TOKEN=TOKEN, BOT_LANGUAGE="xx"), 65)


def test_a_database_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    url = f"sqlite+aiosqlite:///{tmp_path}/file/club.db"
    refused(start(tmp_path, DISCORD_TOKEN=TOKEN, DATABASE_URL=url), 73)


def test_a_database_of_another_kind_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "club.db"
    path.write_bytes(b"this is no database " * 1000)
    refused(start(tmp_path, DISCORD_TOKEN=TOKEN, DATABASE_URL=f"sqlite+aiosqlite:///{path}"), 74)
    assert path.read_bytes().startswith(b"this is no database")


def test_an_empty_database_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "club.db"
    path.touch()
    refused(start(tmp_path, DISCORD_TOKEN=TOKEN, DATABASE_URL=f"sqlite+aiosqlite:///{path}"), 74)
    assert path.stat().st_size == 0


def made_database(folder: Path) -> tuple[Path, str]:
    """A database as a first start leaves it, and its address."""
    path = folder / "club.db"
    install(path, datetime(2026, 11, 23, tzinfo=UTC))
    return path, url_of(path)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path, url = made_database(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    line = refused(start(tmp_path, DISCORD_TOKEN=TOKEN, DATABASE_URL=url), 76)
    assert "9999" in line
    assert path.read_bytes() == before


def test_a_database_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    path, url = made_database(tmp_path)
    path.unlink()
    refused(start(tmp_path, DISCORD_TOKEN=TOKEN, DATABASE_URL=url), 74)
    assert not path.exists()


def test_a_damaged_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path, url = made_database(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    line = refused(start(tmp_path, DISCORD_TOKEN=TOKEN, DATABASE_URL=url), 74)
    assert "backup" in line


async def run_against(
    base: str,
    folder: Path,
    token: str,
    *,
    gateway: str = "",
    when_ready: Callable[[], Awaitable[object]] | None = None,
    **settings: str,
) -> tuple[int, str, float]:
    """Run the program against a Discord on loopback; exit code, standard error, seconds to end.

    With ``when_ready`` it is told to stop once it was ready and that is done.
    """
    code = (
        "import sys, yarl, discord.http, discord.gateway; "
        f"discord.http.Route.BASE = {base!r}; "
        f"discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL({gateway!r}); "
        "from bot.__main__ import main; sys.exit(main(['run']))"
    )
    begun = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=folder,
        env=environment(DISCORD_TOKEN=token, **settings), stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    seen = b""
    if when_ready is not None:
        while b"ready as" not in seen:
            line = await asyncio.wait_for(process.stderr.readline(), 30)
            assert line, seen.decode()
            seen += line
        await when_ready()
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)  # somebody impatient; the stop goes on undisturbed
        begun = time.monotonic()
    seen += await asyncio.wait_for(process.stderr.read(), 30)
    await asyncio.wait_for(process.wait(), 30)
    assert process.returncode is not None
    return process.returncode, seen.decode(), time.monotonic() - begun


async def nothing() -> None:
    """Nothing to do when ready."""


async def test_a_token_that_discord_refuses_ends_in_one_line(tmp_path: Path) -> None:
    async with loopback_discord() as here:
        code, err, seconds = await run_against(here.base, tmp_path, WRONG_TOKEN)
    assert code == 78
    assert "Discord refuses the token" in err
    assert "Traceback" not in err
    assert WRONG_TOKEN not in err
    assert seconds < SOON


async def test_a_discord_that_cannot_be_reached_ends_in_one_line(tmp_path: Path) -> None:
    code, err, _ = await run_against("http://127.0.0.1:9/api/v10", tmp_path, TOKEN)
    assert code == 69
    assert "cannot be reached" in err
    assert "Traceback" not in err


async def test_it_connects_makes_its_database_and_ends_cleanly_when_told(tmp_path: Path) -> None:
    async with loopback_discord() as here:
        code, err, seconds = await run_against(
            here.base, tmp_path, TOKEN, gateway=here.gateway, when_ready=nothing
        )
        registered = [path for method, path, _ in here.requests if method == "PUT"]
    assert code == 0, err
    assert seconds < SOON
    assert (tmp_path / "data" / "var" / "theory-club.db").stat().st_size > 0
    assert registered == ["/applications/123456789012345678/commands"]


async def test_no_level_of_the_log_shows_a_token_or_what_a_member_typed(tmp_path: Path) -> None:
    typed = "planted-words-of-a-member"
    async with loopback_discord() as here:

        async def ask() -> None:
            asked = interaction(2, theory(typed), context=2, guild=None)
            await here.interact({**asked, "token": PLANTED})

        code, err, _ = await run_against(
            here.base, tmp_path, TOKEN, gateway=here.gateway, when_ready=ask, LOG_LEVEL="DEBUG"
        )
    assert code == 0, err
    assert "DEBUG" in err
    for secret in (TOKEN, PLANTED, typed):
        assert secret not in err


@pytest.mark.parametrize(
    ("close_code", "named"),
    [(4004, "DISCORD_TOKEN"), (4011, "SHARD_COUNT"), (4014, "intents")],
)
async def test_a_gateway_that_refuses_for_good_ends_in_one_line(
    tmp_path: Path, close_code: int, named: str
) -> None:
    async with loopback_discord() as here:
        here.closes_with = close_code
        code, err, seconds = await run_against(here.base, tmp_path, TOKEN, gateway=here.gateway)
    assert code == 78, err
    assert named in err.splitlines()[-1]
    assert "Traceback" not in err
    assert seconds < SOON


async def test_a_server_that_is_not_ours_to_register_in_is_named(tmp_path: Path) -> None:
    async with loopback_discord() as here:
        here.refuses_commands_with = (403, 50001)
        code, err, _ = await run_against(here.base, tmp_path, TOKEN, gateway=here.gateway)
    assert code == 78, err
    assert "DEV_GUILD_ID" in err
    assert "Traceback" not in err


async def test_a_taken_port_is_named(tmp_path: Path) -> None:
    async with loopback_discord() as here:
        taken = here.base.split(":")[2].split("/")[0]
        code, err, _ = await run_against(
            here.base, tmp_path, TOKEN, gateway=here.gateway, HTTP_PORT=taken
        )
    assert code == 78, err
    assert f"HTTP_PORT: port {taken}" in err
    assert "Traceback" not in err


async def test_health_is_served_while_connected(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answers: list[tuple[int, object]] = []

    async def ask() -> None:
        address = f"http://127.0.0.1:{port}/health"
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            answers.append((response.status, await response.json()))

    async with loopback_discord() as here:
        code, err, _ = await run_against(
            here.base, tmp_path, TOKEN, gateway=here.gateway, when_ready=ask, HTTP_PORT=str(port)
        )
    assert code == 0, err
    assert answers == [(200, {"ready": True})]


async def test_a_bot_that_was_never_started_can_be_closed(tmp_path: Path) -> None:
    async with open_bot(Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/club.db")) as bot:
        assert not bot.is_ready()


def test_check_prints_a_table_and_changes_nothing(tmp_path: Path) -> None:
    done = start(tmp_path, "check")
    assert done.returncode == 0, done.stderr
    assert " theories" in done.stdout
    assert "SQLite" in done.stdout
    assert not list(tmp_path.iterdir())


def test_check_names_what_is_wrong_with_the_same_exit_code(tmp_path: Path, data: Path) -> None:
    (data / "theories" / "spline.toml").write_text("slug = ", encoding="utf-8")
    done = start(tmp_path, "check", DATA_DIR=str(data))
    assert done.returncode == 65
    assert "spline.toml" in done.stdout


def test_a_reader_who_has_seen_enough_gets_no_traceback(tmp_path: Path) -> None:
    code = f"{sys.executable} -u -m bot check | head -n 1"
    done = subprocess.run(
        ["sh", "-c", code], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.stdout.startswith("program")
    assert done.stderr == ""


def test_help_lists_commands_and_exit_codes(tmp_path: Path) -> None:
    done = start(tmp_path, "--help")
    assert done.returncode == 0
    for word in ("run", "demo", "check", "78"):
        assert word in done.stdout


def test_an_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    assert start(tmp_path, "dance").returncode == 2
