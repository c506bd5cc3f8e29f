"""Logging: one queue listener so that no log line waits for a disk, and no secret in any line.

Lines carry ids, never contents. discord.py's and aiosqlite's own debug lines hold interaction
tokens, message bodies and SQL values, so those loggers never go below INFO, whatever is asked.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import queue
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from pydantic import SecretStr

_TALKATIVE = (
    "discord.http", "discord.webhook", "discord.gateway", "discord.client", "discord.state",
    "discord.ui", "aiosqlite", "aiohttp", "asyncio",
)  # fmt: skip
_CHATTERING = ("sqlalchemy", "alembic", "matplotlib", "PIL")
_UNKNOWN_INTERACTION = 10062
ERROR_ID = "error_id"
"""What a record carries as an extra when a member was told an id of the fault."""

_WEBHOOK_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w-]{20,}")
_BOT_TOKEN = re.compile(r"\b[\w-]{20,}\.[\w-]{5,}\.[\w-]{25,}\b")


class Redaction(logging.Filter):
    """Replaces secrets in a finished line: the token, anything shaped like one, webhook tokens."""

    def __init__(self, token: SecretStr | None) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact message and traceback in place; every record passes."""
        record.msg = self.redact(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.redact(record.exc_text)
            record.exc_info = None
        return True

    def redact(self, text: str) -> str:
        """The text without secrets."""
        secret = self._token.get_secret_value() if self._token else ""
        if secret:
            text = text.replace(secret, "[token]")
        return _BOT_TOKEN.sub("[token]", _WEBHOOK_TOKEN.sub(r"\1[token]", text))


class LateSuggestions(logging.Filter):
    """Drops discord.py's traceback for suggestions that came too late: somebody typed on."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for an autocompletion that Discord no longer waits for (code 10062)."""
        error = record.exc_info[1] if record.exc_info else None
        is_late = getattr(error, "code", None) == _UNKNOWN_INTERACTION
        return not (is_late and "autocomplete" in str(record.msg))


class JsonLines(logging.Formatter):
    """One JSON object a line, for programs: ``time`` (UTC), ``level``, ``logger``, ``message``.

    A fault has its ``traceback`` too, and the ``error_id`` that a member was told, if any was.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line; it is ASCII, so no terminal or locale can spoil it."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "error_id": getattr(record, ERROR_ID, None),
            "traceback": record.exc_text,
        }
        return json.dumps({name: value for name, value in line.items() if value is not None})


class _Entrance(logging.handlers.QueueHandler):
    """Hands records over as they are: what they are made of was redacted on the way in."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        return record


@contextmanager
def logging_to_stderr(
    level: str, token: SecretStr | None = None, form: str = "human"
) -> Iterator[None]:
    """Log to standard error at ``level`` while the block runs, from a thread of its own.

    ``form`` is "human" or "json".
    """
    target = logging.StreamHandler(sys.stderr)
    human = logging.Formatter(
        "%(asctime)s %(levelname)-7s %(name)s  %(message)s", "%Y-%m-%d %H:%M:%S"
    )
    target.setFormatter(JsonLines() if form == "json" else human)
    lines: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    entrance = _Entrance(lines)
    entrance.addFilter(LateSuggestions())
    entrance.addFilter(Redaction(token))
    listener = logging.handlers.QueueListener(lines, target, respect_handler_level=True)
    root = logging.getLogger()
    before = root.level
    root.setLevel(level)
    root.addHandler(entrance)
    quieten()
    listener.start()
    try:
        yield
    finally:
        root.removeHandler(entrance)
        root.setLevel(before)
        listener.stop()


def quieten() -> None:
    """Keep the loggers that would print contents, or only chatter, at a level that does not."""
    for names, least in ((_TALKATIVE, logging.INFO), (_CHATTERING, logging.WARNING)):
        for name in names:
            logger = logging.getLogger(name)
            logger.setLevel(max(least, logger.getEffectiveLevel()))
