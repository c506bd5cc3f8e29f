"""How a start can fail: one line for a person, one exit code for a supervisor.

The codes are those of sysexits.h where one fits; the table stands in the README.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from bot.storage.errors import Busy, DatabaseRefused, NetworkDisk, Newer, NotWritable


class ExitCode(IntEnum):
    """Why the process ended. Only ``UNAVAILABLE`` and ``SOFTWARE`` are worth a restart."""

    OK = 0
    USAGE = 2
    DATA = 65
    UNAVAILABLE = 69
    SOFTWARE = 70
    CANNOT_WRITE = 73
    DAMAGED = 74
    NEWER = 76
    CONFIG = 78


MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.OK: "ended as asked",
    ExitCode.USAGE: "the command line is wrong",
    ExitCode.DATA: "a data file is missing or wrong (the line names file and key)",
    ExitCode.UNAVAILABLE: "Discord cannot be reached",
    ExitCode.SOFTWARE: "a fault of the program; the log has the details",
    ExitCode.CANNOT_WRITE: "the database, or the file asked for, cannot be written",
    ExitCode.DAMAGED: "the database is damaged, empty or gone; no new one takes its place",
    ExitCode.NEWER: "the database was made by a newer version",
    ExitCode.CONFIG: "a setting is missing or wrong, the token for example",
}
"""What each code means, in the words of ``--help`` and of the README."""


class StartRefused(Exception):
    """The program cannot start. ``code`` is the exit code, ``str()`` the one line to print."""

    def __init__(self, code: ExitCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def database_code(error: DatabaseRefused) -> ExitCode:
    """The exit code for a database that cannot be used."""
    match error:
        case NotWritable() | Busy() | NetworkDisk():
            return ExitCode.CANNOT_WRITE
        case Newer():
            return ExitCode.NEWER
        case _ if type(error) is DatabaseRefused:  # the address itself is what cannot be used
            return ExitCode.CONFIG
        case _:
            return ExitCode.DAMAGED
