from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage.engine import Database, open_database
from tests.installations import install
from tests.storage.builders import NOW, url_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the tests' database lies; nothing is there yet."""
    return tmp_path / "var" / "club.sqlite3"


@pytest.fixture
def url(path: Path) -> str:
    return url_of(path)


@pytest.fixture
def prepared(path: Path) -> Path:
    """A database as a first start leaves it."""
    install(path, NOW)
    return path


@pytest.fixture
async def database(prepared: Path) -> AsyncIterator[Database]:
    async with open_database(url_of(prepared)) as opened:
        yield opened


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[None]:
    """An account that the rights of files hold for, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    closed = [d for d in (tmp_path, *tmp_path.parents) if not d.stat().st_mode & 0o001]
    modes = {directory: directory.stat().st_mode for directory in closed}
    for directory, mode in modes.items():
        directory.chmod(mode | 0o011)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for directory, mode in modes.items():
            directory.chmod(mode)
