"""What the storage tests share: an instant, addresses, looks at a file without our code."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from bot.storage.revisions import VERSIONS

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)


def url_of(path: Path) -> str:
    return str(URL.create("sqlite+aiosqlite", database=str(path)))


def query(path: Path, sql: str, *values: object) -> list[Any]:
    """The rows of a statement run on a plain connection."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return connection.execute(sql, values).fetchall()


def schema_of(path: Path) -> dict[str, str]:
    """Every table and index as SQLite has it stored, white space made even."""
    rows = query(path, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: _even(sql) for name, sql in rows if name != "alembic_version"}


def _even(sql: str) -> str:
    # A table that was rebuilt and renamed has its name in quotes.
    sql = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql)
    return re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", sql)).strip()


def versions_with(folder: Path, **bodies: str) -> Path:
    """A versions folder with ours and more: ``v9001="op.execute(...)"`` adds revision 0002."""
    versions = folder / "versions"
    shutil.copytree(VERSIONS, versions, ignore=shutil.ignore_patterns("__pycache__"))
    latest = max(file.name[:4] for file in versions.glob("*.py"))
    for name, body in bodies.items():
        revision = name.removeprefix("v")
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        (versions / f"{revision}_test.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = {revision!r}\ndown_revision = {latest!r}\n\n"
            f"def upgrade():\n{lines}\n"
        )
        latest = revision
    return versions
