"""Clubs and sessions in the database: kept as given, each server's own, keys that never double."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.clubs import Place
from bot.domain.schedule import Break, Moved, Pause, Recurrence, Series, Skipped
from bot.domain.sessions import Answer
from bot.storage import (
    clubs,
    clubs_series,
    members,
    session_cards,
    sessions,
    sessions_answers,
    sessions_changes,
    sessions_events,
    tables,
)
from bot.storage.engine import Database
from tests.storage.builders import NOW

GUILD, OTHER = 1, 2
HOUR = timedelta(hours=1)
DAY = date(2026, 12, 1)
SERIES = Series(
    Recurrence((0, 3), time(7, 5), 2, (1, -1)), "Asia/Kolkata", DAY, date(2027, 1, 1), 7,
    (Break(DAY, DAY), Break(date(2026, 12, 24), date(2026, 12, 31))),
)  # fmt: skip
PLAIN = Series(Recurrence((1,), time(18)), "UTC", DAY)


async def add_club(conn: AsyncConnection, guild_id: int = GUILD, name: str = "Readers") -> int:
    await members.record_member(conn, guild_id, 9, "Ann", NOW)
    added = await clubs.add_club(conn, guild_id, name, 5, Place(), HOUR, 9, "2026f", NOW)
    assert added is not None
    await clubs_series.set_series(conn, guild_id, added, [PLAIN])
    return added


async def test_series_come_back_as_they_were(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        later = Series(PLAIN.recurrence, "UTC", date(2027, 2, 1))
        await clubs_series.set_series(conn, GUILD, club_id, [SERIES, later])
        found = await clubs_series.series_of(conn, GUILD)
        assert [series for _, series in found[club_id]] == [SERIES, later]


async def test_a_series_with_the_same_first_day_keeps_its_key(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        other = await add_club(conn, name="Others")
        before = await clubs_series.series_of(conn, GUILD)
        await clubs_series.set_series(conn, GUILD, club_id, [SERIES])
        after = await clubs_series.series_of(conn, GUILD)
        assert after[club_id] == ((before[club_id][0][0], SERIES),)
        await clubs_series.set_series(conn, GUILD, club_id, [PLAIN])
        assert await conn.scalar(sa.select(sa.func.count()).select_from(tables.club_break)) == 0
        assert (await clubs_series.series_of(conn, GUILD))[other] == before[other]


async def test_a_name_is_taken_once_in_a_server(database: Database) -> None:
    async with database.write() as conn:
        await add_club(conn)
        await add_club(conn, OTHER)
        taken = await clubs.add_club(conn, GUILD, "READERS", 5, Place(), HOUR, 9, "2026f", NOW)
        assert taken is None


async def test_a_session_has_one_row_however_often_it_is_asked_for(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        first = await sessions.ensure_session(conn, GUILD, club_id, DAY, NOW)
        again = await sessions.ensure_session(conn, GUILD, club_id, DAY, NOW + HOUR)
        facts = await sessions.session_with(conn, GUILD, first)
        assert facts is not None
        assert (again, facts.starts_at) == (first, NOW)
        with pytest.raises(IntegrityError):
            await conn.execute(
                sa.insert(tables.session).values(guild_id=GUILD, club_id=club_id, original=DAY)
            )


async def test_what_differs_about_sessions_is_read_with_their_club(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        moved = Moved(datetime(2026, 12, 9, 19, 30))  # noqa: DTZ001 - on the wall
        for day, change in ((DAY, Skipped()), (date(2026, 12, 8), moved)):
            row = await sessions.ensure_session(conn, GUILD, club_id, day, NOW)
            await sessions_changes.record_change(conn, GUILD, row, change, NOW)
        await sessions.ensure_session(conn, GUILD, club_id, date(2026, 12, 15), NOW)
        found = await clubs.club_with(conn, GUILD, club_id)
        assert found is not None
        assert found.timetable.changes == {DAY: Skipped(), date(2026, 12, 8): moved}


async def test_no_session_is_skipped_and_moved(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        row = await sessions.ensure_session(conn, GUILD, club_id, DAY, NOW)
        update = sa.update(tables.session).where(tables.session.c.id == row)
        with pytest.raises(IntegrityError):
            await conn.execute(
                update.values(skipped=True, moved_to=datetime(2026, 12, 9))  # noqa: DTZ001
            )


async def test_what_a_wall_shows_has_no_zone(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        row = await sessions.ensure_session(conn, GUILD, club_id, DAY, NOW)
        with pytest.raises(Exception, match="has no zone"):
            await sessions_changes.record_change(conn, GUILD, row, Moved(NOW), NOW)


async def test_pauses_follow_each_other_and_one_is_open_at_most(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        await clubs.begin_pause(conn, GUILD, club_id, Pause(NOW), NOW)
        await clubs.end_pauses(conn, GUILD, club_id, NOW + HOUR)
        await clubs.begin_pause(conn, GUILD, club_id, Pause(NOW + 2 * HOUR), NOW)
        found = await clubs.club_with(conn, GUILD, club_id)
        assert found is not None
        assert found.timetable.pauses == (Pause(NOW, NOW + HOUR), Pause(NOW + 2 * HOUR))
        with pytest.raises(IntegrityError):
            await clubs.begin_pause(conn, GUILD, club_id, Pause(NOW + 3 * HOUR), NOW)


async def test_a_pause_that_has_not_begun_is_taken_back(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        await clubs.begin_pause(conn, GUILD, club_id, Pause(NOW + HOUR, NOW + 2 * HOUR), NOW)
        await clubs.end_pauses(conn, GUILD, club_id, NOW + HOUR)
        found = await clubs.club_with(conn, GUILD, club_id)
        assert found is not None
        assert found.timetable.pauses == ()


DAYS = [DAY + timedelta(days=number) for number in range(12)]


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
async def test_sessions_are_carried_to_other_days_without_meeting_each_other(
    database: Database, data: st.DataObject
) -> None:
    """Any mapping that keeps the order, also one onto days that are taken until they are left."""
    old = sorted(data.draw(st.sets(st.sampled_from(DAYS), min_size=1)))
    new = sorted(data.draw(st.sets(st.sampled_from(DAYS), min_size=len(old), max_size=len(old))))
    carried: dict[date, date | None] = dict(zip(old, new, strict=True))
    for day in data.draw(st.sets(st.sampled_from(old))):
        carried[day] = None
    async with database.write() as conn:
        club_id = await add_club(conn)
        ids = {day: await sessions.ensure_session(conn, GUILD, club_id, day, NOW) for day in old}
        await sessions_changes.carry(conn, GUILD, club_id, carried)
        for day, to in carried.items():
            facts = await sessions.session_with(conn, GUILD, ids[day])
            assert facts is not None
            assert facts.original == to
        await clubs.end_club(conn, GUILD, club_id, NOW)  # its name is free for the next example


@pytest.mark.parametrize("days", [1, -1, 2])
async def test_sessions_that_all_move_on_take_each_others_places(
    database: Database, days: int
) -> None:
    shift = timedelta(days=days)
    async with database.write() as conn:
        club_id = await add_club(conn)
        ids = [await sessions.ensure_session(conn, GUILD, club_id, day, NOW) for day in DAYS]
        await sessions_changes.carry(conn, GUILD, club_id, {day: day + shift for day in DAYS})
        for session_id, day in zip(ids, DAYS, strict=True):
            facts = await sessions.session_with(conn, GUILD, session_id)
            assert facts is not None
            assert facts.original == day + shift


async def test_what_is_gone_is_found_and_forgotten_and_nothing_else_is(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        gone, kept = [
            await sessions.ensure_session(conn, GUILD, club_id, day, NOW) for day in DAYS[:2]
        ]
        await session_cards.note_card(conn, GUILD, gone, 5, 77, "shown", NOW)
        await sessions_changes.carry(conn, GUILD, club_id, {DAYS[0]: None})
        found = await sessions.gone_sessions(conn, GUILD)
        assert [(one.id, one.message_id) for one in found] == [(gone, 77)]
        assert await sessions.gone_sessions(conn, OTHER) == ()
        await sessions.forget_session(conn, OTHER, gone)
        for session_id in (gone, kept):
            await sessions.forget_session(conn, GUILD, session_id)
        assert await sessions.session_with(conn, GUILD, gone) is None
        assert await sessions.session_with(conn, GUILD, kept) is not None


async def test_an_event_is_known_by_its_tag_until_it_is_gone(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        first, second = [
            await sessions.ensure_session(conn, GUILD, club_id, day, NOW) for day in DAYS[:2]
        ]
        await sessions_events.record_event(conn, GUILD, first, "old", 123)
        await sessions_events.record_event(conn, GUILD, first, "tag", 124)
        await sessions_events.record_event(conn, GUILD, second, "other", 125)
        assert await sessions_events.known_events(conn, GUILD) == {"tag": 124, "other": 125}
        assert await sessions_events.known_events(conn, OTHER) == {}
        assert await sessions_events.event_of(conn, GUILD, first) == 124
        await sessions_events.forget_event(conn, OTHER, "tag")
        await sessions_events.forget_event(conn, GUILD, "other")
        assert await sessions_events.known_events(conn, GUILD) == {"tag": 124}
        assert await sessions_events.event_of(conn, GUILD, second) is None


async def test_a_round_of_takes_ends_with_a_presenter(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        row = await sessions.ensure_session(conn, GUILD, club_id, DAY, NOW)
        await sessions.set_presenter(conn, GUILD, row, 9, NOW)
        await sessions.set_takes(conn, GUILD, row)
        facts = await sessions.session_with(conn, GUILD, row)
        assert facts is not None
        assert (facts.takes, facts.presenter_id) == (True, None)
        await sessions.set_presenter(conn, GUILD, row, 9, NOW)
        facts = await sessions.session_with(conn, GUILD, row)
        assert facts is not None
        assert (facts.takes, facts.presenter_id) == (False, 9)


async def test_one_member_at_a_time_is_asked_to_present(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        row = await sessions.ensure_session(conn, GUILD, club_id, DAY, NOW)
        for user_id in (10, 11, 12):
            await members.record_member(conn, GUILD, user_id, "x", NOW)
        await sessions_answers.set_presenting(conn, GUILD, row, 10, {11, 12}, NOW)
        assert await sessions_answers.presenting(conn, GUILD, row) == (10, frozenset({11, 12}))
        await sessions_answers.set_presenting(conn, GUILD, row, None, {10}, NOW)
        assert await sessions_answers.presenting(conn, GUILD, row) == (None, frozenset({10}))
        with pytest.raises(IntegrityError):
            await conn.execute(
                sa.insert(tables.session_presenting),
                [
                    {"guild_id": GUILD, "session_id": row, "user_id": user_id, "state": "asked",
                     "changed_at": NOW}
                    for user_id in (11, 12)
                ],
            )  # fmt: skip


async def test_nothing_of_another_server_hangs_on_a_session(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        await add_club(conn, OTHER)
        row = await sessions.ensure_session(conn, GUILD, club_id, DAY, NOW)
        assert await sessions.session_with(conn, OTHER, row) is None
        assert await clubs.club_with(conn, OTHER, club_id) is None
        with pytest.raises(IntegrityError):
            await sessions_answers.set_answer(conn, OTHER, row, 9, Answer.GOING, NOW)


async def test_a_club_takes_all_of_its_own_along(database: Database) -> None:
    async with database.write() as conn:
        club_id = await add_club(conn)
        await clubs_series.set_series(conn, GUILD, club_id, [SERIES])
        row = await sessions.ensure_session(conn, GUILD, club_id, DAY, NOW)
        await sessions_answers.set_answer(conn, GUILD, row, 9, Answer.GOING, NOW)
        await sessions_events.record_event(conn, GUILD, row, "tag", 5)
        await conn.execute(sa.delete(tables.club).where(tables.club.c.id == club_id))
        for table in tables.metadata.sorted_tables:
            if table.name.startswith(("club", "session")):
                assert await conn.scalar(sa.select(sa.func.count()).select_from(table)) == 0
