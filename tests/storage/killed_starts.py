"""Starts the storage again and again and kills it at one instant after the other.

Run as a program with a folder and a case: ``create`` (a first start), ``update`` (two
migrations to apply) or ``restored`` (the same, on a copy as a backup leaves it). Before every
file operation and every statement the start is killed once, and what it left is held against
what may be there. Prints how many instants there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import traceback
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.storage.inspection import marker_of
from bot.storage.revisions import VERSIONS
from bot.storage.schema import prepare_database
from tests.storage.builders import NOW, query, schema_of, url_of, versions_with

_EVENTS = ("open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "sqlite3.connect")


def kill_at(number: int, folder: Path) -> None:
    """From now on, the ``number``-th operation on a file in ``folder`` or statement kills."""
    left = number

    def step(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def on_event(name: str, args: tuple[Any, ...]) -> None:
        if name in _EVENTS and str(folder) in str(args[0]):
            step()

    connect: Any = sqlite3.connect

    def traced_connect(*args: Any, **options: Any) -> Any:
        connection = connect(*args, **options)
        connection.set_trace_callback(step)
        return connection

    sys.addaudithook(on_event)
    # Our own code takes it from the one, SQLAlchemy from the other.
    for module in (sqlite3, sqlite3.dbapi2):
        setattr(module, "connect", traced_connect)  # noqa: B010 (mypy knows its overloads)


def start(path: Path, versions: Path) -> None:
    prepare_database(url_of(path), NOW, versions=versions, new_id=lambda: UUID(int=7))


def is_killed(path: Path, versions: Path, number: int) -> bool:
    """Whether a start of its own was killed at that instant, rather than over before it."""
    child = os.fork()
    if child == 0:
        try:
            kill_at(number, path.parent)
            start(path, versions)
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status)


def look(path: Path, old: dict[str, str], new: dict[str, str], rows: list[Any]) -> None:
    """Old or new, never between; with its rows; and a copy whenever it is new."""
    found = schema_of(path)
    assert found in (old, new), f"between the two: {found}"
    assert query(path, "SELECT guild_id FROM guild") == rows
    assert query(path, "PRAGMA integrity_check") == [("ok",)]
    copies = list((path.parent / "backups").glob("*.sqlite3"))
    assert copies or found == old or not old
    for copy in copies:
        assert schema_of(copy) == old
        assert query(copy, "SELECT guild_id FROM guild") == rows


def main(folder: Path, case: str) -> int:
    # How many migrations a new database goes through changes nothing about the way to it, and each
    # of their statements is one more start to kill.
    versions = first_versions(folder, 2)
    first = folder / "first" / "club.sqlite3"
    start(first, VERSIONS)
    old: dict[str, str] = {}
    rows: list[Any] = []
    if case != "create":
        old = schema_of(first)
        rows = [(1,)]
        query(first, "INSERT INTO guild (guild_id, joined_at) VALUES (1, 'then')")
        if case == "restored":
            query(first, "PRAGMA journal_mode = delete")
        versions = versions_with(
            folder,
            v9001='op.add_column("guild", sa.Column("motto", sa.Text()))',
            v9002='op.create_table("extra", sa.Column("a", sa.Integer()))',
        )
    new: dict[str, str] = {}
    for number in range(1, 1000):
        path = folder / str(number) / "club.sqlite3"
        if case != "create":
            shutil.copytree(first.parent, path.parent)
        killed = is_killed(path, versions, number)
        if killed and (case != "create" or path.exists()):
            # A copy, so that the look repairs nothing for the start that comes next.
            seen = shutil.copytree(path.parent, folder / f"{number}-seen") / path.name
            look(seen, old, new or final_schema(folder, versions), rows)
        # Whatever was left, the next start goes through to the end.
        start(path, versions)
        new = new or schema_of(path)
        assert schema_of(path) == new
        assert query(path, "SELECT guild_id FROM guild") == rows
        assert marker_of(path).read_text() == f"{UUID(int=7)}\n"
        left = {file.name for file in path.parent.iterdir() if file.is_file()}
        assert left == {path.name, f"{path.name}.created", f"{path.name}.lock"}, left
        if not killed:
            return number - 1
    raise AssertionError("it never ends")


def first_versions(folder: Path, number: int) -> Path:
    """A versions folder with as many of ours, from the first on."""
    chosen = folder / "first-versions"
    chosen.mkdir()
    for file in sorted(VERSIONS.glob("[0-9]*.py"))[:number]:
        shutil.copy(file, chosen)
    return chosen


def final_schema(folder: Path, versions: Path) -> dict[str, str]:
    path = folder / "final" / "club.sqlite3"
    start(path, versions)
    return schema_of(path)


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), sys.argv[2]))
