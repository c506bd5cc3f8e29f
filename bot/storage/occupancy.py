"""One program a database: a lock beside the file, freed by the system however a process ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.storage.disk import make_directory, refuse_unwritable_directory
from bot.storage.errors import Busy


@contextmanager
def occupied(path: Path) -> Iterator[None]:
    """Holds the database for this process alone. Raises Busy when another one has it.

    A lock of the operating system (flock): a process that is killed gives it back at once.
    """
    make_directory(path.parent)
    # The lock would take a directory where nothing can be made for one that is taken.
    refuse_unwritable_directory(path.parent)
    lock = FileLock(path.with_name(path.name + ".running"), timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(
            f"Another copy of the program works with the database {path}; stop it first.", path
        ) from error
    try:
        yield
    finally:
        lock.release()
