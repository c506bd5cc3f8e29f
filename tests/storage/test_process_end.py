"""However the program ends, its process ends, and what it had saved is there whole."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

from tests.storage.builders import ROOT, query, url_of

_HEAD = """
import asyncio, os, sys
import sqlalchemy as sa
from bot.storage.engine import Database, open_database
from bot.storage.tables import guild
from tests.storage.builders import NOW, url_of
url = sys.argv[1]
"""


def run(program: str, *words: str, patience: float = 10) -> subprocess.CompletedProcess[str]:
    """Runs a program of its own; a hang fails the test."""
    return subprocess.run(
        [sys.executable, "-c", _HEAD + textwrap.dedent(program), *words],
        capture_output=True,
        text=True,
        timeout=patience,
        cwd=ROOT,
        check=False,
    )


def test_an_exception_with_the_database_left_open_ends_the_process(prepared: Path) -> None:
    ended = run(
        """
        async def main():
            database = await Database.open(url)
            async with database.write() as conn:
                await conn.execute(sa.insert(guild).values(guild_id=1, joined_at=NOW))
                raise SystemExit("start-up failed")
        asyncio.run(main())
        """,
        url_of(prepared),
    )
    assert ended.returncode == 1
    assert "start-up failed" in ended.stderr
    assert query(prepared, "SELECT * FROM guild") == []


def test_a_failure_while_opening_ends_the_process(tmp_path: Path) -> None:
    (tmp_path / "club.sqlite3").write_bytes(b"SQLite format 3\0" + b"\0" * 500)
    ended = run("asyncio.run(Database.open(url))", url_of(tmp_path / "club.sqlite3"))
    assert ended.returncode == 1
    assert "DatabaseRefused" in ended.stderr or "Damaged" in ended.stderr


# Forks a writer again and again and kills it at a random instant. The writer says through a
# pipe which units it has been told are saved.
KILLED_WRITERS = """
import json, random, select, signal, sqlite3, time

async def write(path, first, pipe):
    async with open_database(url_of(path)) as database:
        for number in range(first, first + 10_000):
            async with database.write() as conn:
                for guild_id in (2 * number, 2 * number + 1):
                    await conn.execute(sa.insert(guild).values(guild_id=guild_id, joined_at=NOW))
            os.write(pipe, number.to_bytes(8, "big"))

path, rounds = url, int(sys.argv[2])
chance = random.Random(5)
saved = set()
for turn in range(rounds):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        asyncio.run(write(path, 1 + turn * 10_000, writing))
    os.close(writing)
    acknowledged = os.read(reading, 8)          # it has begun
    time.sleep(chance.uniform(0, 0.02))         # an instant of its work
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while chunk := os.read(reading, 8):
        acknowledged += chunk
    os.close(reading)
    saved |= {int.from_bytes(acknowledged[i:i + 8], "big") for i in range(0, len(acknowledged), 8)}
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    rows = [row[0] // 2 for row in connection.execute("SELECT guild_id FROM guild")]
    connection.close()
    assert len(rows) == 2 * len(set(rows)), "half a unit"
    assert saved <= set(rows), "lost"
print(json.dumps(len(saved)))
"""


def test_a_writer_killed_again_and_again_loses_nothing_it_called_saved(prepared: Path) -> None:
    ended = run(KILLED_WRITERS, str(prepared), "25")
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) >= 25
