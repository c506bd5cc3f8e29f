"""Which session is meant by what stands in an option."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.errors import ClubError

_KEY = re.compile(r"([0-9]{1,18}):([0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII)


class SessionUnclear(ClubError):
    """What was typed means no one session."""


def session_meant(typed: str) -> tuple[int, date] | None:
    """The club and original day of a chosen session; None for words that were typed by hand."""
    found = _KEY.fullmatch(typed.strip())
    day = None if found is None else read_day(found[2])
    return None if found is None or day is None else (int(found[1]), day)


def read_day(text: str) -> date | None:
    """A day as ids hold it ("2026-12-08"); None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-12-08") else None
    except ValueError:
        return None
