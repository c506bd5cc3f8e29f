"""A club in New York over both clock changes, with members in London and Sydney.

dateutil, with its own arithmetic, is the witness of every instant that is announced.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import WEEKLY, rrule

from bot.domain.catalogue import Catalogue
from bot.domain.reminders import ReminderKind
from bot.domain.schedule import wall_at
from bot.render.session_card import club_session_card
from bot.render.words import Words
from bot.services.reminder_steps import planned_for
from tests.domain.schedule.builders import Witness, wall
from tests.services.clubs import THU, clubs_at, rule
from tests.services.conftest import BOB, CAT, GUILD, actor
from tests.services.events import Mirrored

SESSIONS = 60
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Where clocks change in New York, London and Sydney, each on another day.
SPRING, AUTUMN = (date(2027, 3, 4), date(2027, 4, 15)), (date(2027, 9, 23), date(2027, 11, 18))


def witnessed() -> list[datetime]:
    new_york = Witness("America/New_York")
    local = rrule(WEEKLY, dtstart=wall(2026, 12, 3, 18), count=SESSIONS)
    return [new_york.instant_of(at)[0] for at in local]


def shown_in(zone: str, at: datetime) -> str:
    """What a clock there shows."""
    return f"{wall_at(at, ZoneInfo(zone)):%a %H:%M}"


@pytest.fixture
async def here(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Mirrored]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as clubs:
        yield Mirrored(clubs)


async def test_every_announced_instant_is_the_witness_s(
    here: Mirrored, founding_catalogue: Catalogue
) -> None:
    instants = witnessed()
    club = await here.clubs.club(
        recurrence=rule(THU), zone="America/New_York", start=date(2026, 12, 3)
    )
    for user_id in (BOB, CAT):
        await here.clubs.clubs.join(actor(user_id), club.id)
    coming = await here.clubs.sessions.coming(GUILD, club.id, SESSIONS)
    assert [one.occurrence.starts for one in coming] == instants
    seen: set[tuple[str, str]] = set()
    for number, starts in enumerate(instants):
        day = wall_at(starts, ZoneInfo("America/New_York")).date()
        if not any(first <= day <= last for first, last in (SPRING, AUTUMN)):
            continue
        here.clubs.now = starts - 3 * DAY
        await here.after(seconds=2)
        assert here.discord.starts[:4] == instants[number : number + 4]
        found = await here.clubs.sessions.next_session(GUILD, club.id)
        assert found is not None
        assert found.guests.going == (BOB, CAT)
        card = club_session_card(found, founding_catalogue, here.clubs.now, Words())
        assert f"<t:{int(starts.timestamp())}:F>" in card.when
        async with here.clubs.database.read() as conn:
            planned = await planned_for(conn, club, here.clubs.now)
        due = {one.kind: one.due for one in planned if one.key == day.isoformat()}
        assert due[ReminderKind.DAY_BEFORE] == starts - DAY
        assert due[ReminderKind.HOUR_BEFORE] == starts - HOUR
        there = [shown_in(zone, starts) for zone in ("Europe/London", "Australia/Sydney")]
        seen.add((there[0], there[1]))
    assert seen == {
        ("Thu 23:00", "Fri 10:00"),
        ("Thu 22:00", "Fri 09:00"),
        ("Thu 23:00", "Fri 08:00"),
        ("Thu 23:00", "Fri 09:00"),
    }
