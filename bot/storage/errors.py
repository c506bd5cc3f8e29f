"""Why a database is refused at the start: one class per reason, each with its remedy.

These stop the program, so their text is written for the person who runs it: one sentence
on what is wrong, with the path, and what to do about it.
"""

from __future__ import annotations

from pathlib import Path


class DatabaseRefused(Exception):
    """The database cannot be used as it is. ``path`` is the file it is about, if there is one."""

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class NotWritable(DatabaseRefused):
    """The file or its directory cannot be made or written, or the disk is full."""


class Damaged(DatabaseRefused):
    """The file is not a database, is cut short, or fails SQLite's own check."""


class Newer(DatabaseRefused):
    """A newer version of the program has already changed the database."""


class Missing(DatabaseRefused):
    """A database was here once and is not now: most often a volume that is not mounted."""


class Foreign(DatabaseRefused):
    """The file is a healthy database, but not one of this program."""


class NetworkDisk(DatabaseRefused):
    """The file lies on a network file system, where SQLite's locks do not hold."""


class Busy(DatabaseRefused):
    """Another process holds the database for longer than we wait."""


class NotMigrated(DatabaseRefused):
    """A migration failed and was undone: the database is as it was before."""
