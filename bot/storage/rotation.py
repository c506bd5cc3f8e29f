"""Which backups are kept: the newest of each of seven days and of each of four weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bot.storage.backup import backups_of
from bot.storage.disk import flush

DAYS, WEEKS = 7, 4


def kept(made: Iterable[datetime]) -> frozenset[datetime]:
    """Of copies made at these moments, those to keep.

    The newest of each of the last seven days (in UTC) on which one was made, and of each of the
    last four such weeks: days without a copy cost none of the older ones.
    """
    newest_first = sorted((at.astimezone(UTC) for at in made), reverse=True)
    by_day: dict[object, datetime] = {}
    by_week: dict[object, datetime] = {}
    for at in newest_first:
        by_day.setdefault(at.date(), at)
        by_week.setdefault(at.isocalendar()[:2], at)
    return frozenset([*list(by_day.values())[:DAYS], *list(by_week.values())[:WEEKS]])


def rotate(path: Path) -> tuple[Path, ...]:
    """Deletes the backups of the database that need not be kept, and returns their paths.

    Raises OSError.
    """
    copies = backups_of(path)
    keep = kept(copies.values())
    gone = tuple(sorted(copy for copy, at in copies.items() if at not in keep))
    for copy in gone:
        copy.unlink(missing_ok=True)
    if gone:
        flush(gone[0].parent)
    return gone
