"""``python -m bot check``: is everything there and right? Looks only; changes nothing."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Callable

from bot.catalogue import read_catalogue, read_zones
from bot.domain.errors import CatalogueError
from bot.messages import read_words
from bot.settings import Settings
from bot.startup import ExitCode, database_code
from bot.storage.errors import DatabaseRefused
from bot.storage.inspection import found_revision
from bot.storage.revisions import known_revisions
from bot.storage.sqlite import database_path
from bot.zone_database import pin_zones

Finding = tuple[str, ExitCode]


def check(settings: Settings) -> int:
    """Print a row for each thing looked at; the value is the exit code of the first fault."""
    looks: dict[str, Callable[[Settings], Finding]] = {
        "program": _program,
        "settings": _settings,
        "theories": _theories,
        "texts": _texts,
        "zones": _zones,
        "database": _database,
    }
    first_fault = ExitCode.OK
    for name, look in looks.items():
        finding, code = look(settings)
        print(f"{name:9} {'ok' if code is ExitCode.OK else 'WRONG':6} {finding}")  # noqa: T201
        first_fault = first_fault or code
    return first_fault


def _program(_settings: Settings) -> Finding:
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}", ExitCode.OK


def _settings(settings: Settings) -> Finding:
    token = "a token is set" if settings.discord_token else "no token yet (the demo needs none)"
    return f"{token}, language {settings.bot_language}, log level {settings.log_level}", ExitCode.OK


def _theories(settings: Settings) -> Finding:
    try:
        catalogue = read_catalogue(settings.data_dir)
    except CatalogueError as error:
        return str(error), ExitCode.DATA
    papers = sum(len(theory.papers) for theory in catalogue)
    return f"{len(catalogue)} theories, {papers} works", ExitCode.OK


def _texts(settings: Settings) -> Finding:
    try:
        read_words(settings.data_dir, settings.bot_language)
    except CatalogueError as error:
        return str(error), ExitCode.DATA
    return settings.bot_language, ExitCode.OK


def _zones(settings: Settings) -> Finding:
    try:
        version = pin_zones()
        read_zones(settings.data_dir)
    except CatalogueError as error:
        return str(error), ExitCode.DATA
    return f"time-zone database {version}", ExitCode.OK


def _database(settings: Settings) -> Finding:
    known = known_revisions()
    try:
        path = database_path(settings.database_url)
        revision = found_revision(path, known)
    except DatabaseRefused as error:
        return str(error), database_code(error)
    if revision is None:
        return f"{path} will be made at the first start", ExitCode.OK
    behind = "" if revision == known[-1] else f", will be brought to {known[-1]} at the next start"
    return f"{path}, revision {revision}{behind}", ExitCode.OK
