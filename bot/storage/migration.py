"""Brings a database file to the newest revision: all pending migrations or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from bot.storage.sqlite import migration_engine, refuse_dangling_rows

_ENVIRONMENT = Path(__file__).with_name("migrations")


def migrate(path: Path, versions: Path, finish: Callable[[Connection], None] | None = None) -> None:
    """Applies every pending migration of ``versions`` in one transaction, then ``finish``.

    Foreign keys are off meanwhile, because rebuilding a table drops it, which would delete
    the rows that point to it; they are checked before the commit instead. Whatever is raised,
    by a migration or by the check (ValueError), leaves the database as it was.
    """
    # Only here: a start with nothing to migrate does not pay for the import.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    options = {
        "script_location": str(_ENVIRONMENT),
        "version_locations": str(versions),
        "path_separator": "newline",
    }
    for name, value in options.items():
        config.set_main_option(name, value.replace("%", "%%"))
    with migration_engine(path).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if finish is not None:
            finish(connection)
        refuse_dangling_rows(connection)
