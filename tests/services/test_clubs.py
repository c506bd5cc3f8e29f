"""Clubs are made, changed, paused and ended by organisers, and found and joined by everybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.club_names import ClubNameTaken, ClubNameUnclear
from bot.domain.clubs import (
    MOST_CLUBS,
    ClubChange,
    ClubDraft,
    ClubEdit,
    ClubEnded,
    ClubOver,
    ClubTrouble,
    ClubUnclear,
    LengthOutOfRange,
    NoClubYet,
    NotPaused,
    PauseOver,
    Place,
    TooManyClubs,
)
from bot.domain.errors import ClubError, NotFound
from bot.domain.members import OrganisersOnly
from bot.domain.schedule import Break
from bot.domain.schedule.errors import SessionOver, SessionsCollide, WeekdaysUnclear
from bot.domain.sessions import Answer
from bot.domain.zones import ZoneUnknown
from bot.storage import tables
from tests.domain.schedule.builders import wall
from tests.services.clubs import (
    AFTER,
    FRI,
    LAST,
    MON,
    NEXT,
    THU,
    TUE,
    ZONE_VERSION,
    ClubGroup,
    clubs_at,
    draft,
    organiser,
    rule,
)
from tests.services.conftest import BOB, CAT, GUILD, OTHER_GUILD, actor


@pytest.fixture
async def group(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[ClubGroup]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        yield opened


async def test_a_club_is_made_as_it_was_drafted(group: ClubGroup) -> None:
    place = Place.at("https://meet.example/readers")
    christmas = Break(date(2026, 12, 21), date(2027, 1, 3))
    made = await group.club(
        name="  Late \n readers ", place=place, length=timedelta(minutes=90), breaks=(christmas,),
        recurrence=rule(TUE, THU), count=12,
    )  # fmt: skip
    assert (made.name, made.channel_id, made.place) == ("Late readers", 55, place)
    assert (made.length, made.version, made.zones) == (timedelta(minutes=90), 1, ZONE_VERSION)
    expected = draft(recurrence=rule(TUE, THU), count=12, breaks=(christmas,)).series
    assert made.timetable.segments == (expected,)
    assert await group.clubs.club(GUILD, made.id) == made
    assert await group.actions() == [("club-created", f"club:{made.id}")]


async def test_the_next_four_sessions_of_a_new_club_are_planned(group: ClubGroup) -> None:
    await group.club()
    rows = await group.rows(tables.session)
    assert [row["original"].day for row in rows] == [8, 15, 22, 29]
    assert rows[0]["starts_at"] == datetime(2026, 12, 8, 17, tzinfo=UTC)


async def test_a_preview_shows_the_first_sessions_and_stores_nothing(group: ClubGroup) -> None:
    shown = await group.organising.preview(organiser(), draft())
    assert [session.original.day for session in shown] == [8, 15, 22, 29]
    assert await group.clubs.clubs(GUILD) == ()
    with pytest.raises(OrganisersOnly):
        await group.organising.preview(actor(BOB), draft())
    await group.club()
    with pytest.raises(ClubNameTaken):
        await group.organising.preview(organiser(), draft(name="READERS"))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (draft(name=" "), ClubNameUnclear), (draft(name="?!"), ClubNameUnclear),
        (draft(name="\u3164 \uffa0"), ClubNameUnclear),
        (draft(name="x" * 61), ClubNameUnclear), (draft(zone="Europe/Nowhere"), ZoneUnknown),
        (draft(zone="America"), ZoneUnknown), (draft(length=timedelta(minutes=9)), LengthOutOfRange),
        (draft(length=timedelta(hours=13)), LengthOutOfRange),
        (draft(length=timedelta(seconds=3601)), LengthOutOfRange),
        (draft(recurrence=rule(3, 1)), WeekdaysUnclear), (draft(until=LAST), ClubOver),
    ],
)  # fmt: skip
async def test_a_club_that_makes_no_sense_is_refused_and_leaves_nothing(
    group: ClubGroup, wrong: ClubDraft, error: type[ClubError]
) -> None:
    for use in (group.organising.preview, group.organising.create):
        with pytest.raises(error):
            await use(organiser(), wrong)
    assert await group.rows(tables.club) == await group.rows(tables.audit) == []


async def test_two_clubs_of_a_server_are_not_called_the_same(group: ClubGroup) -> None:
    first = await group.club(name="Straße")
    with pytest.raises(ClubNameTaken):
        await group.club(name="STRASSE")
    other = await group.club(name="Other")
    with pytest.raises(ClubNameTaken):
        await group.organising.edit(organiser(), other.id, ClubEdit(name="strasse"))
    await group.organising.edit(organiser(), first.id, ClubEdit(name="STRASSE"))
    await group.club(OTHER_GUILD, name="Straße")
    await group.organising.end(organiser(), first.id)
    assert (await group.club(name="Straße")).id not in (first.id, other.id)


async def test_a_server_has_only_so_many_clubs(group: ClubGroup) -> None:
    made = [await group.club(name=f"Club {number}") for number in range(MOST_CLUBS)]
    with pytest.raises(TooManyClubs):
        await group.club(name="One more")
    await group.organising.end(organiser(), made[0].id)
    await group.club(name="One more")


Use = Callable[[ClubGroup, int, bool], Awaitable[object]]


async def edit(group: ClubGroup, club_id: int, may: bool) -> object:
    return await group.organising.edit(actor(BOB, manages=may), club_id, ClubEdit(name="New"))


async def pause(group: ClubGroup, club_id: int, may: bool) -> object:
    return await group.organising.pause(actor(BOB, manages=may), club_id, None)


async def resume(group: ClubGroup, club_id: int, may: bool) -> object:
    return await group.organising.resume(actor(BOB, manages=may), club_id)


async def end(group: ClubGroup, club_id: int, may: bool) -> object:
    return await group.organising.end(actor(BOB, manages=may), club_id)


@pytest.mark.parametrize("use", [edit, pause, resume, end])
async def test_clubs_are_changed_by_organisers_of_their_own_server_alone(
    group: ClubGroup, use: Use
) -> None:
    club = await group.club()
    foreign = await group.club(OTHER_GUILD)
    with pytest.raises(OrganisersOnly):
        await use(group, club.id, False)
    for unknown in (foreign.id, 999):
        with pytest.raises(NotFound):
            await use(group, unknown, True)
    assert await group.clubs.club(OTHER_GUILD, foreign.id) == foreign
    await group.organising.end(organiser(), club.id)
    with pytest.raises(ClubEnded):
        await use(group, club.id, True)


async def test_an_edit_changes_what_is_given_and_leaves_the_rest(group: ClubGroup) -> None:
    club = await group.club(place=Place(voice_channel_id=77))
    change = await group.organising.edit(organiser(), club.id, ClubEdit(length=timedelta(hours=2)))
    assert change.before == club
    assert change.after.place == Place(voice_channel_id=77)
    assert (change.after.length, change.after.version) == (timedelta(hours=2), 2)
    assert change.after.timetable.segments == club.timetable.segments
    moved = await group.organising.edit(
        organiser(), club.id, ClubEdit(channel_id=56, place=Place())
    )
    assert (moved.after.channel_id, moved.after.place) == (56, Place())
    assert await group.organising.edit(organiser(), club.id, ClubEdit()) == ClubChange(
        moved.after, moved.after
    )


async def answers(group: ClubGroup, club_id: int, day: date) -> dict[int, Answer]:
    found = await group.sessions.session(GUILD, club_id, day)
    return {user_id: answer for answer in Answer for user_id in found.guests.of(answer)}


async def test_a_new_rule_holds_from_the_next_session_and_answers_go_along(
    group: ClubGroup,
) -> None:
    club = await group.club()
    await group.sessions.answer(actor(BOB), club.id, NEXT, Answer.GOING)
    await group.sessions.answer(actor(CAT), club.id, AFTER, Answer.MAYBE)
    change = await group.organising.edit(organiser(), club.id, ClubEdit(recurrence=rule(MON, FRI)))
    days = [s.original.day for s in change.after.sessions(group.now, limit=4)]
    assert days == [7, 11, 14, 18]
    assert await answers(group, club.id, date(2026, 12, 7)) == {BOB: Answer.GOING}
    assert await answers(group, club.id, date(2026, 12, 11)) == {CAT: Answer.MAYBE}
    rows = await group.rows(tables.session, club_id=club.id)
    assert len({row["original"] for row in rows}) == len(rows)


async def test_this_and_the_following_sessions_change_and_those_before_do_not(
    group: ClubGroup,
) -> None:
    club = await group.club()
    await group.sessions.answer(actor(BOB), club.id, NEXT, Answer.GOING)
    await group.sessions.answer(actor(BOB), club.id, AFTER, Answer.CANT)
    await group.session_organising.skip(organiser(), club.id, date(2026, 12, 22))
    edit = ClubEdit(recurrence=rule(THU, at="19:30"), zone="Europe/London")
    change = await group.organising.edit(organiser(), club.id, edit, AFTER)
    starts = [s.starts for s in change.after.sessions(group.now, limit=3)]
    assert starts == [
        datetime(2026, 12, 8, 17, tzinfo=UTC),
        datetime(2026, 12, 17, 19, 30, tzinfo=UTC),
        datetime(2026, 12, 24, 19, 30, tzinfo=UTC),
    ]
    assert change.after.session_on(date(2026, 12, 24)).is_skipped
    assert await answers(group, club.id, NEXT) == {BOB: Answer.GOING}
    assert await answers(group, club.id, date(2026, 12, 17)) == {BOB: Answer.CANT}
    assert len(change.after.series_ids) == 2
    assert change.after.series_ids[0] == club.series_ids[0]


async def test_a_break_holds_from_the_next_session_and_what_was_planned_in_it_goes_on_after_it(
    group: ClubGroup,
) -> None:
    club = await group.club()
    await group.sessions.answer(actor(BOB), club.id, AFTER, Answer.GOING)
    holidays = ClubEdit(breaks=(Break(AFTER, date(2027, 1, 3)),))
    after = (await group.organising.edit(organiser(), club.id, holidays)).after
    assert [s.original for s in after.sessions(group.now, limit=2)] == [NEXT, date(2027, 1, 5)]
    assert await answers(group, club.id, date(2027, 1, 5)) == {BOB: Answer.GOING}


async def test_a_longer_session_finds_no_room_where_a_moved_one_is_held(group: ClubGroup) -> None:
    club = await group.club()
    await group.session_organising.move(organiser(), club.id, NEXT, wall(2026, 12, 17, 20))
    longer = ClubEdit(recurrence=rule(THU), length=timedelta(hours=3))
    with pytest.raises(SessionsCollide):
        await group.organising.edit(organiser(), club.id, longer, AFTER)
    shorter = ClubEdit(recurrence=rule(THU), length=timedelta(hours=2))
    await group.organising.edit(organiser(), club.id, shorter, AFTER)


async def test_what_has_no_session_any_more_is_kept_as_gone(group: ClubGroup) -> None:
    club = await group.club()
    await group.sessions.answer(actor(BOB), club.id, date(2026, 12, 29), Answer.GOING)
    await group.organising.edit(organiser(), club.id, ClubEdit(until=date(2026, 12, 20)))
    rows = await group.rows(tables.session)
    assert [(row["original"], row["status"].value) for row in rows[-2:]] == [
        (None, "gone"), (None, "gone"),
    ]  # fmt: skip
    assert len(await group.rows(tables.session_answer)) == 1


async def test_a_rule_that_makes_no_sense_changes_nothing(group: ClubGroup) -> None:
    club = await group.club()
    await group.session_organising.move(organiser(), club.id, NEXT, wall(2026, 12, 17, 18))
    before = await group.rows(tables.session), await group.rows(tables.club_series)
    for edit, day, error in (
        (ClubEdit(name="New", recurrence=rule(4, 1)), None, WeekdaysUnclear),
        (ClubEdit(name="New", recurrence=rule(THU)), AFTER, SessionsCollide),
        (ClubEdit(name="New", recurrence=rule(THU)), LAST, SessionOver),
        (ClubEdit(zone="Nowhere"), None, ZoneUnknown),
        (ClubEdit(length=timedelta(days=1)), None, LengthOutOfRange),
        (ClubEdit(name=""), None, ClubNameUnclear),
    ):
        with pytest.raises(error):
            await group.organising.edit(organiser(), club.id, edit, day)
    assert (await group.rows(tables.session), await group.rows(tables.club_series)) == before
    assert (await group.clubs.club(GUILD, club.id)).name == "Readers"


async def test_a_club_without_a_session_to_come_has_no_rule_to_change(group: ClubGroup) -> None:
    club = await group.club(until=NEXT)
    group.now += timedelta(days=30)
    with pytest.raises(ClubOver):
        await group.organising.edit(organiser(), club.id, ClubEdit(recurrence=rule(THU)))
    await group.organising.edit(organiser(), club.id, ClubEdit(name="Past readers"))


async def test_a_paused_club_does_not_meet_until_it_is_resumed(group: ClubGroup) -> None:
    club = await group.club()
    paused = (await group.organising.pause(organiser(), club.id, None)).after
    assert paused.next_session(group.now) is None
    assert paused.pause_at(group.now) is not None
    group.now += timedelta(days=10)
    resumed = (await group.organising.resume(organiser(), club.id)).after
    session = resumed.next_session(group.now)
    assert session is not None
    assert session.original == AFTER
    assert not resumed.held.takes_place(resumed.session_on(NEXT))
    with pytest.raises(NotPaused):
        await group.organising.resume(organiser(), club.id)


async def test_a_pause_ends_by_itself_and_another_takes_its_place(group: ClubGroup) -> None:
    club = await group.club()
    with pytest.raises(PauseOver):
        await group.organising.pause(organiser(), club.id, group.now)
    await group.organising.pause(organiser(), club.id, None)
    shorter = await group.organising.pause(organiser(), club.id, group.now + timedelta(days=7))
    assert len(shorter.after.timetable.pauses) == 1
    session = shorter.after.next_session(group.now)
    assert session is not None
    assert session.original == AFTER


async def test_an_ended_club_meets_no_more_and_is_not_listed(group: ClubGroup) -> None:
    club = await group.club()
    group.now += timedelta(days=7)
    ended = (await group.organising.end(organiser(), club.id)).after
    assert ended.next_session(group.now) is None
    assert [s.original for s in ended.sessions(group.now - timedelta(days=7))] == [NEXT]
    assert await group.clubs.clubs(GUILD) == ()
    assert (await group.clubs.club(GUILD, club.id)).ended_at == group.now
    with pytest.raises(NoClubYet):
        await group.clubs.find(GUILD, "Readers")


async def test_a_club_is_found_by_its_name_or_id_or_because_it_is_the_only_one(
    group: ClubGroup,
) -> None:
    with pytest.raises(NoClubYet):
        await group.clubs.find(GUILD, None)
    readers = await group.club()
    await group.club(OTHER_GUILD, name="Elsewhere")
    assert await group.clubs.find(GUILD, None) == readers
    writers = await group.club(name="Writers")
    assert await group.clubs.find(GUILD, " writers ") == writers
    assert await group.clubs.find(GUILD, str(readers.id)) == readers
    with pytest.raises(ClubUnclear) as refused:
        await group.clubs.find(GUILD, None)
    assert refused.value.names == ("Readers", "Writers")
    for unknown in ("Elsewhere", "", "999"):
        with pytest.raises(NotFound):
            await group.clubs.find(GUILD, unknown)


async def test_a_club_that_is_called_like_another_ones_id_is_found_by_its_name(
    group: ClubGroup,
) -> None:
    readers = await group.club()
    named = await group.club(name=str(readers.id))
    assert await group.clubs.find(GUILD, str(readers.id)) == named


async def test_joining_and_leaving_are_news_once(group: ClubGroup) -> None:
    club = await group.club()
    assert await group.clubs.join(actor(BOB), club.id)
    assert not await group.clubs.join(actor(BOB), club.id)
    assert await group.clubs.joined(actor(BOB)) == {club.id}
    session = await group.sessions.session(GUILD, club.id, NEXT)
    assert session.guests.unsaid == {BOB}
    assert session.guests.going == (BOB,)
    assert await group.clubs.leave(actor(BOB), club.id)
    assert not await group.clubs.leave(actor(BOB), club.id)
    assert await group.clubs.volunteer(actor(BOB), club.id)
    assert not await group.clubs.volunteer(actor(BOB), club.id)
    assert await group.clubs.stop_volunteering(actor(BOB), club.id)
    assert not await group.clubs.stop_volunteering(actor(BOB), club.id)


async def test_nobody_joins_a_club_of_another_server_or_one_that_has_ended(
    group: ClubGroup,
) -> None:
    foreign = await group.club(OTHER_GUILD)
    for use in (
        group.clubs.join, group.clubs.leave, group.clubs.volunteer, group.clubs.stop_volunteering,
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await use(actor(BOB), foreign.id)
    club = await group.club()
    await group.clubs.join(actor(BOB), club.id)
    await group.organising.end(organiser(), club.id)
    for use in (group.clubs.join, group.clubs.volunteer):
        with pytest.raises(ClubEnded):
            await use(actor(CAT), club.id)
    assert await group.clubs.leave(actor(BOB), club.id)


async def test_trouble_is_news_once_and_gone_with_another_channel(group: ClubGroup) -> None:
    club = await group.club()
    report = group.clubs.report_trouble
    assert await report(GUILD, club.id, ClubTrouble.FORBIDDEN)
    assert not await report(GUILD, club.id, ClubTrouble.FORBIDDEN)
    assert await report(GUILD, club.id, ClubTrouble.CHANNEL_GONE)
    assert not await report(OTHER_GUILD, club.id, None)
    assert (await group.clubs.club(GUILD, club.id)).trouble is ClubTrouble.CHANNEL_GONE
    change = await group.organising.edit(organiser(), club.id, ClubEdit(channel_id=57))
    assert change.after.trouble is None
    assert not await report(GUILD, club.id, None)
