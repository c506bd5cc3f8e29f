"""Installations that need not be made anew: to migrate an empty database costs more than most tests."""

from __future__ import annotations

import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from bot.storage.schema import prepare_database


def url_of(path: Path) -> str:
    """The address of the database in a file."""
    return f"sqlite+aiosqlite:///{path}"


def install(path: Path, now: datetime) -> None:
    """Leave at ``path`` what a first start at ``now`` does; a database that is there is kept.

    The files are those of one real first start, copied: how a first start goes is tested where
    databases are prepared. All installations of one ``now`` share their id.
    """
    if path.exists():
        prepare_database(url_of(path), now)
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for suffix, content in _first_start(now).items():
        made = path.with_name(path.name + suffix)
        made.touch(mode=0o600)
        made.write_bytes(content)


@cache
def _first_start(now: datetime) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "club.sqlite3"
        prepare_database(url_of(path), now)
        left = sorted(Path(folder).iterdir())
        return {file.name.removeprefix(path.name): file.read_bytes() for file in left}
