"""The zones are those of the pinned package, whatever the machine has under the same names."""

from __future__ import annotations

import importlib.resources
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import open_bot
from bot.settings import Settings
from bot.zone_database import pin_zones
from tests.founding import DATA

SUMMER = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def machine_with_other_zones(tmp_path: Path) -> Iterator[None]:
    """A machine on which Berlin keeps the time of Tokyo."""
    tokyo = importlib.resources.files("tzdata.zoneinfo").joinpath("Asia", "Tokyo").read_bytes()
    (tmp_path / "zones" / "Europe").mkdir(parents=True)
    (tmp_path / "zones" / "Europe" / "Berlin").write_bytes(tokyo)
    zoneinfo.reset_tzpath(to=[tmp_path / "zones"])
    zoneinfo.ZoneInfo.clear_cache()
    assert offset("Europe/Berlin") == timedelta(hours=9)
    yield
    pin_zones()


def offset(zone: str) -> timedelta | None:
    return SUMMER.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset()


@pytest.mark.usefixtures("machine_with_other_zones")
def test_the_zones_of_the_machine_are_ignored() -> None:
    pin_zones()
    assert offset("Europe/Berlin") == timedelta(hours=2)


@pytest.mark.usefixtures("machine_with_other_zones")
async def test_a_bot_that_is_open_has_the_zones_of_the_package(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'club.sqlite3'}"
    async with open_bot(Settings(database_url=url, data_dir=DATA)):
        assert offset("Europe/Berlin") == timedelta(hours=2)


def test_the_version_is_the_one_the_database_says_of_itself() -> None:
    zones = importlib.resources.files("tzdata.zoneinfo").joinpath("tzdata.zi").read_text()
    assert zones.splitlines()[0] == f"# version {pin_zones()}"
