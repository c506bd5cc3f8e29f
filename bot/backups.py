"""``python -m bot backup`` and ``restore``, and the backup that a running bot makes every day."""

from __future__ import annotations

import asyncio
import logging
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from discord.ext import tasks

from bot.domain.health import LEAST_FREE
from bot.domain.sessions import ATTENDANCE_OPEN
from bot.progress_bar import progress_bar
from bot.settings import Settings
from bot.startup import ExitCode, StartRefused, database_code
from bot.storage import deliveries_plan, restored_messages
from bot.storage.backup import Progress, back_up, backups_of
from bot.storage.engine import open_database
from bot.storage.errors import DatabaseRefused, Missing
from bot.storage.inspection import found_revision
from bot.storage.occupancy import occupied
from bot.storage.restoring import restore as restore_copy
from bot.storage.restoring import skip_numbers
from bot.storage.revisions import known_revisions
from bot.storage.rotation import rotate
from bot.storage.schema import prepare_database
from bot.storage.sqlite import database_path

log = logging.getLogger(__name__)

_EVERY = timedelta(days=1)


def make_backup(path: Path, now: datetime, progress: Progress | None = None) -> tuple[Path, int]:
    """Copies the database, checks the copy and lets the oldest go; the copy and how many went.

    May be called while the bot runs. Raises DatabaseRefused.
    """
    revision = found_revision(path, known_revisions())
    if revision is None:
        raise Missing(f"There is no database at {path} yet, so there is nothing to copy.", path)
    copy = back_up(path, revision, now, progress)
    return copy, len(rotate(path))


def backup(settings: Settings) -> int:
    """Make a backup and say where it is; the value is the exit code."""
    try:
        path = database_path(settings.database_url)
        with progress_bar("copying") as progress:
            copy, gone = make_backup(path, datetime.now(UTC), progress)
    except DatabaseRefused as refused:
        raise StartRefused(database_code(refused), str(refused)) from None
    deleted = f" {gone} older copies were deleted." if gone else ""
    _say(f"{copy}: whole and checked.{deleted}")
    return ExitCode.OK


def restore(settings: Settings, copy: Path) -> int:
    """Put a backup in the database's place; the value is the exit code. The bot must not run."""
    try:
        path = database_path(settings.database_url)
        with occupied(path):
            now = datetime.now(UTC)
            with progress_bar("restoring") as progress:
                done = restore_copy(path, copy, now, progress)
            prepare_database(settings.database_url, now)
            skip_numbers(path)
            asyncio.run(_tell(settings.database_url, done.made_at, now))
    except DatabaseRefused as refused:
        raise StartRefused(database_code(refused), str(refused)) from None
    _say(f"{path} is the backup of {done.made_at:%Y-%m-%d %H:%M} UTC, revision {done.revision}.")
    if done.set_aside is not None:
        _say(f"What was there is {done.set_aside}; it is deleted after 28 days.")
    _say("The next start erases again whoever was erased since.")
    return ExitCode.OK


async def _tell(url: str, made_at: datetime, now: datetime) -> None:
    """What fell due since the backup may have been sent: it is not sent again unseen.

    And what stands in Discord may show what happened since: it is brought up to date.
    """
    async with open_database(url) as database, database.write() as conn:
        await deliveries_plan.restored(conn, made_at, now)
        await restored_messages.show_again(conn, made_at - ATTENDANCE_OPEN, now)


class DailyBackups:
    """Makes a backup whenever the newest one is a day old, as long as the bot runs.

    Looks every hour, and then also whether the disk still has room.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loop = tasks.loop(hours=1, name="backups")(self._tick)

    def start(self) -> None:
        """Look now, and every hour from now on."""
        self._loop.start()

    async def stop(self) -> None:
        """A copy that is being made is finished first."""
        task = self._loop.get_task()
        self._loop.cancel()
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    async def _tick(self) -> None:
        free = shutil.disk_usage(self._path.parent).free
        if free < LEAST_FREE:
            log.critical("the disk of the database has only %d MB left", free // 1_000_000)
        try:
            await asyncio.to_thread(self._make_if_due, datetime.now(UTC))
        except (DatabaseRefused, OSError) as error:
            log.error("no backup could be made: %s", error)  # noqa: TRY400 - the sentence says it
        except Exception:
            log.exception("a fault in making a backup; it is tried again in an hour")

    def _make_if_due(self, now: datetime) -> None:
        newest = max(backups_of(self._path).values(), default=None)
        if newest is not None and now - newest < _EVERY:
            return
        copy, gone = make_backup(self._path, now)
        log.info("backup %s made and checked, %d older ones deleted", copy.name, gone)


def _say(line: str) -> None:
    print(line)  # noqa: T201 - a command's answer
