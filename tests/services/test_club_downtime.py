"""What a club's channel sees after a time down: the latest that is of use, and never a flood."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.reminders import ReminderKind
from tests.services.clubs import clubs_at
from tests.services.test_club_reminders import DAY, FIRST, HOUR, MONDAY, Reminded

MINUTE = timedelta(minutes=1)
DIGEST, BEFORE, LAST = (
    ReminderKind.DIGEST,
    ReminderKind.DAY_BEFORE,
    ReminderKind.HOUR_BEFORE,
)


@pytest.fixture
async def club(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Reminded]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as group:
        yield Reminded(group)


@pytest.mark.parametrize(
    ("down_at", "down_for", "caught_up", "on_time", "missed"),
    [
        # The digest is due on Monday at 9:00, the others at 18:00 and on Tuesday at 17:00.
        (MONDAY - MINUTE / 2, MINUTE, [(DIGEST, False)], [BEFORE, LAST], 0),
        (MONDAY - HOUR, 3 * HOUR, [(DIGEST, True)], [BEFORE, LAST], 0),
        (MONDAY - HOUR, 12 * HOUR, [(BEFORE, True)], [LAST], 1),
        (FIRST - DAY - HOUR, 3 * HOUR, [(BEFORE, True)], [LAST], 0),
        (MONDAY - HOUR, 33 * HOUR + 30 * MINUTE, [(LAST, True)], [], 2),
        (MONDAY - HOUR, 2 * DAY, [], [], 3),
        (MONDAY - HOUR, 14 * DAY + 2 * HOUR, [(DIGEST, True)], [BEFORE, LAST], 5),
        (MONDAY - HOUR, 21 * DAY, [], [DIGEST, BEFORE, LAST], 5),
    ],
    ids=["1 min", "3 h", "12 h", "3 h later", "33 h", "2 d", "2 weeks", "3 weeks"],
)
async def test_one_message_at_most_catches_up(
    club: Reminded,
    down_at: datetime,
    down_for: timedelta,
    caught_up: list[tuple[ReminderKind, bool]],
    on_time: list[ReminderKind],
    missed: int,
) -> None:
    """Beyond the eight days that are planned nothing is counted: it was never promised."""
    await club.group.club()
    club.group.now = down_at
    await club.deliveries.meet_due()
    before = len(club.discord.messages)
    club.group.now = back = down_at + down_for
    club.process()
    await club.pass_until(back + MINUTE)
    told = club.discord.messages[before:]
    assert [(one.kinds[0], "(late)" in one.text) for one in told] == caught_up
    # The rest of that week, and the digest of the next.
    monday = MONDAY + -(-(back - MONDAY) // (7 * DAY)) * 7 * DAY
    await club.pass_until(monday + MINUTE)
    told = club.discord.messages[before + len(caught_up) :]
    assert [one.kinds[0] for one in told] == [*on_time, DIGEST][: len(told)]
    digests = [one for one in club.discord.messages if one.kinds == (DIGEST,)]
    assert sum(int(one.text.split("missed=")[1].split(",")[0]) for one in digests) == missed
