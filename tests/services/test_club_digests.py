"""The digest of a club's week: when there is one, what it tells, and that it comes once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.club_digests import ClubDigest
from bot.domain.clubs import Club, ClubEdit
from bot.domain.progress import Depth
from bot.domain.reminders import DeliveryState, Meaning, Reason, ReminderKind, plan_digest
from bot.domain.suggesting import Effect
from bot.services.signups import Signups
from bot.storage import depths, group_progress, members, tables
from tests.services.clubs import MON, NEXT, clubs_at, organiser, rule
from tests.services.conftest import ANN, BOB, GUILD, actor
from tests.services.reminding import answers
from tests.services.test_club_reminders import DAY, FIRST, HOUR, MONDAY, ROOM, Reminded

DIGEST = ReminderKind.DIGEST
WEEK = 7 * DAY
NAME = "Somebody who reads"


@pytest.fixture
async def club(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Reminded]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as group:
        yield Reminded(group)


def digests(club: Reminded) -> list[datetime]:
    return [at for kind, at in club.told() if kind is DIGEST]


async def digest(
    club: Reminded, made: Club, now: datetime | None = None, monday: date = date(2026, 12, 7)
) -> ClubDigest | None:
    """What the digest of that Monday says at a moment."""
    planned = plan_digest(GUILD, made.id, ROOM, "Europe/Berlin", monday)
    async with club.group.work.read() as conn:
        said = await club.reminders.says(conn, planned, now or planned.due, is_out=False)
    if said is None:
        return None
    assert isinstance(said.subject, ClubDigest)
    return said.subject


async def reads(club: Reminded, user_id: int, paper: str, at: datetime, *, seen: bool) -> None:
    async with club.group.work.write() as unit:
        await members.record_member(unit.conn, GUILD, user_id, NAME, at)
        await group_progress.put_on_board(unit.conn, GUILD, user_id, on=seen)
        await depths.set_depth(unit.conn, GUILD, user_id, paper, Depth.READ, at)


async def test_it_tells_the_week_of_the_club(club: Reminded) -> None:
    made = await club.group.club()
    first, second, *_ = [paper for theory in club.group.catalogue for paper in theory.papers]
    sessions = club.group.session_organising
    await sessions.set_paper(organiser(), made.id, NEXT, first.id)
    await sessions.set_presenter(organiser(), made.id, NEXT, BOB, "Bob")
    signups = Signups(club.group.work, club.group.catalogues)
    await signups.sign_up(actor(ANN), first.id)
    await reads(club, BOB, second.id, MONDAY - 3 * DAY, seen=True)
    await reads(club, 99, second.id, MONDAY - 2 * DAY, seen=False)
    told = await digest(club, made)
    assert told is not None
    (session,) = told.sessions
    assert (session.occurrence.original, session.names) == (NEXT, {BOB: NAME})
    assert [one.paper_id for one in session.session.readings] == [first.id]
    assert told.due == {}, "due in three weeks"
    assert told.finished == {second.id: (NAME,)}
    assert told.wanted is not None
    assert told.wanted.effect is Effect.FIRST
    assert told.wanted.theory.slug not in {
        theory.slug for theory in club.group.catalogue if {first, second} & {*theory.papers}
    }
    then = await digest(club, made, monday=date(2026, 12, 21))
    assert then is not None
    assert (then.due, then.finished) == ({first.id: 1}, {})


async def test_a_week_without_a_session_has_none_unless_reminders_were_missed(
    club: Reminded,
) -> None:
    await club.group.club(recurrence=rule(every=2))  # on 15 and 29 December
    await club.pass_until(MONDAY + 19 * DAY)
    assert digests(club) == [MONDAY + WEEK]
    quiet = await club.group.rows(tables.delivery, key="2026-12-21")
    assert [(row["state"], row["reason"]) for row in quiet] == [
        (DeliveryState.SKIPPED, Reason.NOT_NEEDED)
    ]
    back = MONDAY + 4 * WEEK + HOUR
    club.group.now = back
    club.process()
    await club.pass_until(back + DAY)
    assert digests(club) == [MONDAY + WEEK, back]
    late = club.discord.messages[-1].text
    assert "missed=3, refused=0) (late)" in late, "a digest, and twice a session"
    await club.pass_until(MONDAY + 5 * WEEK)
    assert digests(club)[2:] == [MONDAY + 5 * WEEK]
    assert "missed=0, refused=0)" in club.discord.messages[-1].text, "told once"


async def test_what_discord_refused_is_told_in_the_next_one(club: Reminded) -> None:
    made = await club.group.club()
    club.discord.faults = [answers(Meaning.MALFORMED, 50035)] * 2
    await club.pass_until(FIRST)
    told = await digest(club, made, FIRST + 6 * DAY, date(2026, 12, 14))
    assert told is not None
    assert (told.missed, told.refused) == (0, 2)


async def test_a_skipped_session_is_told_and_a_paused_one_is_not(club: Reminded) -> None:
    made = await club.group.club()
    await club.group.session_organising.skip(organiser(), made.id, NEXT)
    told = await digest(club, made)
    assert told is not None
    assert [one.occurrence.is_skipped for one in told.sessions] == [True]
    await club.group.organising.pause(organiser(), made.id, None)
    assert await digest(club, made) is None
    await club.group.organising.end(organiser(), made.id)
    assert await digest(club, made) is None


async def test_it_comes_once_whatever_is_planned_again(club: Reminded) -> None:
    made = await club.group.club()
    await club.pass_until(MONDAY - HOUR)
    await club.group.organising.edit(organiser(), made.id, ClubEdit(name="Others"))
    await club.pass_until(MONDAY + timedelta(minutes=1))
    await club.group.organising.edit(organiser(), made.id, ClubEdit(zone="America/New_York"))
    club.process()
    await club.pass_until(MONDAY + 2 * HOUR)
    await club.group.organising.edit(organiser(), made.id, ClubEdit(length=2 * HOUR))
    await club.pass_until(MONDAY + WEEK)
    assert digests(club) == [MONDAY]
    await club.pass_until(MONDAY + WEEK + 6 * HOUR)
    assert digests(club) == [MONDAY, MONDAY + WEEK + 6 * HOUR], "at nine in New York"


async def test_a_club_has_none_from_before_it_was_made(club: Reminded) -> None:
    club.group.now = MONDAY + HOUR
    await club.group.club()
    await club.pass_until(MONDAY + WEEK)
    assert digests(club) == [MONDAY + WEEK]


async def test_a_change_keeps_one_that_was_missed(club: Reminded) -> None:
    made = await club.group.club()
    await club.deliveries.meet_due()
    club.group.now = MONDAY + HOUR
    await club.group.organising.edit(organiser(), made.id, ClubEdit(name="Others"))
    await club.pass_until(MONDAY + 2 * HOUR)
    assert digests(club) == [MONDAY + HOUR]


async def test_its_week_ends_where_the_next_begins(club: Reminded) -> None:
    """A session early on a Monday belongs to the digest of the week before."""
    made = await club.group.club(recurrence=rule(MON, at="08:00"), start=date(2026, 12, 7))
    told = await digest(club, made)
    assert told is not None
    assert [one.occurrence.original for one in told.sessions] == [date(2026, 12, 14)]
    zone = ZoneInfo("Europe/Berlin")
    assert told.week.ends == datetime.combine(date(2026, 12, 14), time(9), zone)
    assert await digest(club, made, FIRST) == told, "what is to come still"
    late = await digest(club, made, MONDAY + WEEK - HOUR / 2)
    assert late is None, "it has begun"
