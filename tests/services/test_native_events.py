"""Scheduled events follow the clubs of a server, whatever Discord answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.clubs import ClubEdit, Place
from bot.domain.deadlines import DeadlineKind
from bot.domain.event_answers import EventTrouble, Outcome
from bot.domain.native_events import MOST_EVENTS, Cancel, Create, Edit, End
from bot.domain.notices import NoticeKind
from bot.domain.wanted_events import wanted_event
from bot.services.native_events import BY_HAND
from bot.storage import guilds, tables
from tests.domain.schedule.builders import wall
from tests.services.clubs import AFTER, NEXT, THU, clubs_at, organiser, rule
from tests.services.conftest import ANN, BOB, GUILD, actor
from tests.services.events import Mirrored

PAPER = "spline-icml2018"
WEEK = timedelta(weeks=1)
FIRST = datetime(2026, 12, 8, 17, tzinfo=UTC)  # 18:00 in Berlin
FOUR = [FIRST + n * WEEK for n in range(4)]


@pytest.fixture
async def here(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Mirrored]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as clubs:
        yield Mirrored(clubs)


async def told(here: Mirrored) -> list[tuple[int, NoticeKind, str]]:
    rows = await here.clubs.rows(tables.notice)
    return [(row["user_id"], row["kind"], row["detail"]) for row in rows]


async def test_the_next_four_sessions_become_events(here: Mirrored) -> None:
    await here.clubs.club(place=Place.at("https://meet.example.org/x"))
    await here.after(seconds=2)
    assert here.discord.starts == FOUR
    (first, *_) = here.discord.open
    assert first.ends == FIRST + timedelta(hours=1)
    assert (first.name, first.place) == ("Readers", "https://meet.example.org/x")


async def test_nothing_is_asked_twice_while_nothing_changes(here: Mirrored) -> None:
    await here.clubs.club()
    await here.after(hours=4)
    assert here.discord.taken(Create) == len(here.discord.steps) == 4
    assert 5 <= here.discord.listings <= 6


async def test_a_session_that_is_over_makes_room_for_the_fifth(here: Mirrored) -> None:
    await here.clubs.club()
    await here.after(seconds=2)
    here.clubs.now = FIRST - timedelta(minutes=1)
    await here.after(minutes=30)
    await here.native.look_at(GUILD)
    await here.after(seconds=2)
    assert here.discord.starts == FOUR  # the one that runs is one of them
    await here.after(minutes=32)
    assert here.discord.starts == [*FOUR[1:], FIRST + 4 * WEEK]


async def test_a_moved_session_keeps_its_event(here: Mirrored) -> None:
    club = await here.clubs.club()
    await here.after(seconds=2)
    ids = [one.id for one in here.discord.open]
    await here.clubs.session_organising.move(organiser(), club.id, NEXT, wall(2026, 12, 9, 20))
    await here.after(seconds=2)
    assert [one.id for one in here.discord.open] == ids
    assert here.discord.starts[0] == datetime(2026, 12, 9, 19, tzinfo=UTC)
    assert (here.discord.taken(Create), here.discord.taken(Edit)) == (4, 1)


async def test_a_new_rule_takes_the_events_along_with_who_is_interested(here: Mirrored) -> None:
    club = await here.clubs.club()
    await here.after(seconds=2)
    ids = [one.id for one in here.discord.open]
    await here.clubs.organising.edit(organiser(), club.id, ClubEdit(recurrence=rule(THU)))
    await here.after(seconds=2)
    assert [one.id for one in here.discord.open] == ids
    assert [start.weekday() for start in here.discord.starts] == [THU] * 4


async def test_a_skipped_session_has_no_event_and_a_later_one_has(here: Mirrored) -> None:
    club = await here.clubs.club()
    await here.after(seconds=2)
    await here.clubs.session_organising.skip(organiser(), club.id, AFTER)
    await here.after(seconds=2)
    assert here.discord.starts == [FOUR[0], FOUR[2], FOUR[3], FIRST + 4 * WEEK]
    assert here.discord.taken(Cancel) == 1


async def test_a_club_that_ends_takes_its_events_with_it(here: Mirrored) -> None:
    club = await here.clubs.club()
    await here.after(seconds=2)
    here.clubs.now = FIRST + timedelta(minutes=5)
    await here.clubs.organising.end(organiser(), club.id)
    await here.after(seconds=2)
    assert not here.discord.open
    assert (here.discord.taken(Cancel), here.discord.taken(End)) == (3, 1)
    due = await here.clubs.rows(tables.deadline, kind=DeadlineKind.NATIVE_EVENTS)
    assert due == []
    assert not await here.clubs.rows(tables.session_event)


async def test_sessions_that_a_shorter_club_loses_are_cleared_away(here: Mirrored) -> None:
    club = await here.clubs.club()
    await here.after(seconds=2)
    await here.clubs.organising.edit(organiser(), club.id, ClubEdit(until=AFTER))
    await here.after(seconds=2)
    assert here.discord.starts == FOUR[:2]
    assert [row["original"] for row in await here.clubs.rows(tables.session)] == [NEXT, AFTER]


async def test_what_is_read_and_who_presents_is_edited_in(here: Mirrored) -> None:
    club = await here.clubs.club()
    await here.after(seconds=2)
    await here.clubs.session_organising.set_paper(organiser(), club.id, NEXT, PAPER)
    await here.clubs.session_organising.set_presenter(organiser(), club.id, NEXT, BOB, "Bob")
    await here.after(seconds=2)
    assert here.discord.open[0].description.startswith(f"{PAPER} with Bob")
    assert here.discord.taken(Edit) == 1


@pytest.mark.parametrize("delivers", [True, False])
async def test_a_create_that_is_not_answered_makes_one_event(
    here: Mirrored, delivers: bool
) -> None:
    here.discord.answers = [Outcome.DONE, Outcome.UNKNOWN]
    here.discord.delivers = delivers
    await here.clubs.club()
    await here.after(seconds=2)
    assert here.discord.taken(Create) == 2  # nothing more until it is known
    await here.after(minutes=1)
    assert here.discord.starts == FOUR
    assert here.discord.taken(Create) == (4 if delivers else 5)


async def test_a_change_does_not_hurry_what_is_not_answered(here: Mirrored) -> None:
    here.discord.answers = [Outcome.UNKNOWN]
    club = await here.clubs.club()
    await here.deadlines.meet_due()
    await here.clubs.session_organising.skip(organiser(), club.id, AFTER)
    await here.after(seconds=14)
    assert len(here.discord.steps) == here.discord.listings == 1
    await here.after(seconds=2)
    assert len(here.discord.open) == 4


async def test_a_create_that_was_not_answered_is_undone_when_the_club_ends(
    here: Mirrored,
) -> None:
    here.discord.answers = [Outcome.UNKNOWN]
    club = await here.clubs.club()
    await here.deadlines.meet_due()
    here.restart()
    await here.clubs.organising.end(organiser(), club.id)
    await here.after(minutes=1)
    assert not here.discord.open


async def test_a_silent_discord_is_asked_ever_more_rarely(here: Mirrored) -> None:
    here.discord.silent = True
    await here.clubs.club()
    await here.after(hours=4)
    assert 8 <= here.discord.listings <= 12
    here.discord.silent = False
    await here.after(hours=1, seconds=5)
    assert here.discord.starts == FOUR
    # Once it has answered, it is asked again as soon as ever.
    here.discord.silent = True
    await here.native.look_at(GUILD)
    await here.after(seconds=1)
    looked = here.discord.listings
    await here.after(seconds=15)
    assert here.discord.listings == looked + 1


async def test_a_step_that_is_refused_holds_up_no_other(here: Mirrored) -> None:
    here.discord.answers = [Outcome.REFUSED]
    await here.clubs.club()
    await here.after(seconds=30)
    assert here.discord.starts == FOUR[1:]
    assert here.discord.taken(Create) == 4
    await here.after(hours=1)
    assert here.discord.starts == FOUR


async def test_without_the_permission_an_organiser_is_told_once(here: Mirrored) -> None:
    here.discord.may_change = False
    await here.clubs.club()
    await here.after(hours=2, minutes=1)
    assert not here.discord.steps
    assert await told(here) == [(ANN, NoticeKind.EVENTS_TROUBLE, "forbidden")]
    assert await here.native.trouble(GUILD) is EventTrouble.FORBIDDEN
    here.discord.may_change = True
    await here.after(hours=1)
    assert here.discord.starts == FOUR
    assert await here.native.trouble(GUILD) is None


async def test_a_refusal_for_want_of_permission_is_the_last_request(here: Mirrored) -> None:
    here.discord.answers = [Outcome.FORBIDDEN]
    await here.clubs.club()
    await here.after(minutes=30)
    assert len(here.discord.steps) == 1
    assert await here.native.trouble(GUILD) is EventTrouble.FORBIDDEN


async def test_a_full_server_gets_what_there_is_room_for(here: Mirrored) -> None:
    for _ in range(MOST_EVENTS - 2):
        here.discord.add(wanted_event("", "Party", "", "there", FIRST, FIRST + WEEK * 9))
    await here.clubs.club()
    await here.after(hours=3)
    assert [one.starts for one in here.discord.open if one.name == "Readers"] == FOUR[:2]
    assert await told(here) == [(ANN, NoticeKind.EVENTS_TROUBLE, "full")]
    parties = [one.id for one in here.discord.open if one.name == "Party"]
    for event_id in parties[:2]:
        del here.discord.events[event_id]
    await here.after(hours=1)
    assert [one.starts for one in here.discord.open if one.name == "Readers"] == FOUR
    assert await here.native.trouble(GUILD) is None


async def test_discords_own_word_that_a_server_is_full_counts(here: Mirrored) -> None:
    here.discord.answers = [Outcome.DONE, Outcome.FULL]
    await here.clubs.club()
    await here.after(minutes=5)
    assert len(here.discord.steps) == 2
    assert await here.native.trouble(GUILD) is EventTrouble.FULL


async def test_a_deleted_event_comes_back_after_a_minute(here: Mirrored) -> None:
    await here.clubs.club()
    await here.after(seconds=2)
    gone = here.discord.open[1].id
    del here.discord.events[gone]
    await here.native.changed_by_hand(GUILD, gone)
    await here.after(seconds=59)
    assert here.discord.starts == [FOUR[0], *FOUR[2:]]
    await here.after(seconds=2)
    assert here.discord.starts == FOUR


async def test_an_event_whose_tag_was_edited_away_is_put_right(here: Mirrored) -> None:
    await here.clubs.club()
    await here.after(seconds=2)
    event = here.discord.open[0]
    here.discord.events[event.id] = replace(event, name="Party!", description="no tag")
    await here.native.changed_by_hand(GUILD, event.id)
    here.restart()
    await here.after(seconds=BY_HAND.total_seconds())
    assert here.discord.open[0] == event
    assert here.discord.taken(Create) == 4


async def test_other_peoples_events_are_nobodys_business(here: Mirrored) -> None:
    await here.clubs.club()
    theirs = here.discord.add(wanted_event("", "Party", "", "there", FIRST, FIRST + WEEK))
    party = here.discord.events[theirs]
    await here.after(seconds=2)
    looked = here.discord.listings
    await here.native.changed_by_hand(GUILD, theirs)
    await here.after(minutes=5)
    assert here.discord.listings == looked
    assert here.discord.events[theirs] == party


async def test_what_was_missed_while_the_bot_was_away_is_put_right_at_the_start(
    here: Mirrored,
) -> None:
    await here.clubs.club()
    await here.after(seconds=2)
    doubled = here.discord.open[0]
    here.discord.events[2000] = replace(doubled, id=2000)
    del here.discord.events[here.discord.open[-1].id]
    here.restart()
    await here.native.look_at_all()
    await here.after(seconds=2)
    assert here.discord.starts == FOUR
    assert here.discord.open[0].id == doubled.id
    known = {row["event_id"] for row in await here.clubs.rows(tables.session_event)}
    assert known == {event.id for event in here.discord.open}


async def test_a_server_the_bot_has_left_is_left_alone(here: Mirrored) -> None:
    await here.clubs.club()
    await here.after(seconds=2)
    async with here.clubs.work.write() as unit:
        await guilds.record_left(unit.conn, GUILD, unit.now)
    looked = here.discord.listings
    await here.native.look_at_all()
    await here.after(hours=2)
    assert here.discord.listings == looked


async def test_many_clubs_come_in_parts(here: Mirrored) -> None:
    for number in range(4):
        await here.clubs.club(name=f"Club {number}")
    await here.deadlines.meet_due()
    assert len(here.discord.open) == 5
    await here.after(seconds=10)
    assert len(here.discord.open) == 16
    assert here.discord.taken(Create) == 16


async def test_who_is_interested_is_counted_with_the_session(here: Mirrored) -> None:
    club = await here.clubs.club()
    await here.after(seconds=2)
    here.discord.interested = {here.discord.open[0].id: 7, here.discord.open[1].id: 0}
    await here.after(hours=1)
    coming = await here.clubs.sessions.coming(GUILD, club.id, 3)
    assert [one.session.interested for one in coming] == [7, 0, None]
    await here.clubs.session_organising.move(organiser(), club.id, NEXT, wall(2026, 12, 9, 20))
    session = await here.clubs.sessions.session(GUILD, club.id, NEXT)
    assert session.session.interested == 7


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney"])
async def test_a_clock_change_leaves_the_wall_time(here: Mirrored, zone: str) -> None:
    await here.clubs.club(zone=zone, start=date(2026, 12, 1))
    here.clubs.now = datetime(2027, 3, 7, 12, tzinfo=UTC)
    await here.after(seconds=2)
    for _ in range(4):
        walls = {
            one.starts.astimezone(ZoneInfo(zone)).strftime("%a %H:%M") for one in here.discord.open
        }
        assert walls == {"Tue 18:00"}
        assert len(here.discord.open) == 4
        here.clubs.now += WEEK
        await here.after(seconds=2)
    offsets = {
        one.starts.astimezone(ZoneInfo(zone)).utcoffset() for one in here.discord.events.values()
    }
    assert len(offsets) == 2


async def test_an_answer_by_a_member_costs_no_request(here: Mirrored) -> None:
    club = await here.clubs.club()
    await here.after(seconds=2)
    looked = here.discord.listings
    await here.clubs.clubs.join(actor(BOB), club.id)
    await here.after(minutes=1)
    assert here.discord.listings == looked
