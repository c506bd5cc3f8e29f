"""What went wrong during the demo: all of it in the log, the last of it on the launcher's page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from discord import app_commands
from simcord import Env

from bot.domain.errors import ClubError
from bot.ui.errors import cause

log = logging.getLogger(__name__)


# What discord.py raises and the bot answers in words.
_ANSWERED = (
    ClubError,
    app_commands.CheckFailure,
    app_commands.CommandNotFound,
    app_commands.CommandSignatureMismatch,
)


def is_fault(error: BaseException) -> bool:
    """Whether this is an error of the program, not a refusal that the bot answers in words."""
    return not isinstance(cause(error), _ANSWERED)


class Troubles(logging.Handler):
    """Counts what is logged as an error and keeps the last line."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0
        self.last = ""
        self._logged: list[BaseException] = []
        self._seen = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a line of the log; the traceback stays there."""
        self.count += 1
        self.last = record.getMessage().splitlines()[0][:200]
        if record.exc_info and record.exc_info[1] is not None:
            self._logged.append(record.exc_info[1])

    def log_what_the_bot_did_not(self, env: Env) -> None:
        """Log the errors that SimCord saw and nobody logged, such as one in a background task."""
        found = env.errors_since(self._seen)
        self._seen += len(found)
        for error in found:
            origin = cause(error)
            if not any(known in (error, origin) for known in self._logged):
                log.error("%s in the bot", type(origin).__name__, exc_info=origin)
        self._logged.clear()


@contextmanager
def troubles_noticed() -> Iterator[Troubles]:
    """Notice errors in the log while the block runs."""
    troubles = Troubles()
    root = logging.getLogger()
    root.addHandler(troubles)
    try:
        yield troubles
    finally:
        root.removeHandler(troubles)
