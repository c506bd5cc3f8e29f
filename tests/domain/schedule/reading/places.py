"""The shipped places, and a Monday at noon from which the tests look ahead."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.catalogue import read_zones
from tests.founding import DATA

ZONES = read_zones(DATA)
MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)
BERLIN = "Europe/Berlin"
