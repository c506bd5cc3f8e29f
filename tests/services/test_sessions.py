"""Single sessions: found, answered, skipped, moved, prepared and remembered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain import sessions as session_rules
from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import LONGEST_RECAP, RecapTooLong, SessionPart, SessionStatus
from bot.domain.clubs import ClubEnded, Place
from bot.domain.errors import ClubError, NotFound
from bot.domain.members import OrganisersOnly
from bot.domain.schedule.errors import (
    MovesIntoPast,
    SessionOver,
    SessionsCollide,
    SessionUnknown,
)
from bot.domain.sessions import (
    ATTENDANCE_OPEN,
    LONGEST_AGENDA,
    AgendaTooLong,
    Answer,
    AttendanceClosed,
    SessionNotBegun,
    SessionReading,
    SessionSkipped,
)
from bot.storage import tables
from tests.domain.schedule.builders import wall
from tests.services.clubs import (
    AFTER,
    LAST,
    NEXT,
    THU,
    TUE,
    ClubGroup,
    clubs_at,
    organiser,
    rule,
)
from tests.services.conftest import ANN, BOB, CAT, DAN, GUILD, OTHER_GUILD, actor

PAPER = "spline-icml2018"
NEXT_STARTS = datetime(2026, 12, 8, 17, tzinfo=UTC)


@pytest.fixture
async def group(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[ClubGroup]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        yield opened


async def test_the_next_session_is_the_one_that_is_not_over(group: ClubGroup) -> None:
    club = await group.club()
    for now, day in (
        (NEXT_STARTS, NEXT),
        (NEXT_STARTS + timedelta(minutes=59), NEXT),
        (NEXT_STARTS + timedelta(minutes=60), AFTER),
    ):
        group.now = now
        found = await group.sessions.next_session(GUILD, club.id)
        assert found is not None
        assert (found.occurrence.original, found.club.id) == (day, club.id)
        coming = await group.sessions.coming(GUILD, club.id, 2)
        assert [s.occurrence.original for s in coming] == [day, day + timedelta(days=7)]


async def test_a_club_may_have_no_next_session(group: ClubGroup) -> None:
    club = await group.club(until=NEXT)
    await group.session_organising.skip(organiser(), club.id, NEXT)
    assert await group.sessions.next_session(GUILD, club.id) is None
    assert [s.occurrence.is_skipped for s in await group.sessions.coming(GUILD, club.id, 9)] == [
        True
    ]


async def test_the_sessions_of_all_clubs_come_in_order(group: ClubGroup) -> None:
    readers = await group.club()
    writers = await group.club(name="Writers", recurrence=rule(THU))
    await group.club(OTHER_GUILD, name="Elsewhere")
    await group.session_organising.skip(organiser(), readers.id, NEXT)
    week = await group.sessions.upcoming(GUILD, group.now + timedelta(days=7), 10)
    assert [(s.club.id, s.occurrence.original.day) for s in week] == [
        (writers.id, 3), (readers.id, 8),
    ]  # fmt: skip
    choices = await group.sessions.choices(GUILD, 3)
    assert [(c.id, s.original.day) for c, s in choices] == [
        (writers.id, 3), (readers.id, 8), (writers.id, 10),
    ]  # fmt: skip
    lately = await group.sessions.lately(GUILD, 3)
    assert [(s.club.id, s.occurrence.original) for s in lately] == [(readers.id, LAST)]


async def test_an_answer_is_kept_changed_and_taken_back(group: ClubGroup) -> None:
    club = await group.club()
    for user, answer in ((BOB, Answer.MAYBE), (CAT, Answer.GOING), (DAN, Answer.CANT)):
        await group.sessions.answer(actor(user), club.id, NEXT, answer)
        group.now += timedelta(minutes=1)
    await group.clubs.join(actor(DAN), club.id)
    await group.clubs.join(actor(ANN), club.id)
    session = await group.sessions.answer(actor(BOB), club.id, NEXT, Answer.GOING)
    assert session.guests.going == (CAT, BOB, ANN)
    assert session.guests.unsaid == {ANN}
    assert session.guests.cant == (DAN,)
    session = await group.sessions.answer(actor(CAT), club.id, NEXT, None)
    assert (session.guests.going, session.guests.cant) == ((BOB, ANN), (DAN,))


async def test_the_same_answer_again_keeps_its_place(group: ClubGroup) -> None:
    club = await group.club()
    for user in (BOB, CAT, BOB):
        group.now += timedelta(minutes=1)
        session = await group.sessions.answer(actor(user), club.id, NEXT, Answer.GOING)
    assert session.guests.going == (BOB, CAT)


async def test_who_has_left_the_server_is_not_counted_on(group: ClubGroup) -> None:
    club = await group.club()
    await group.clubs.join(actor(BOB), club.id)
    await group.sessions.answer(actor(BOB), club.id, NEXT, Answer.GOING)
    async with group.database.write() as conn:
        await conn.execute(
            tables.member.update()
            .where(tables.member.c.user_id == BOB)
            .values(departed_at=group.now)
        )
    session = await group.sessions.session(GUILD, club.id, NEXT)
    assert session.guests.going == ()


async def test_an_answer_needs_a_session_that_takes_place_and_is_not_over(
    group: ClubGroup,
) -> None:
    club = await group.club()
    foreign = await group.club(OTHER_GUILD)

    async def refused(club_id: int, day: date) -> type[ClubError]:
        with pytest.raises(ClubError) as refusal:
            await group.sessions.answer(actor(BOB), club_id, day, Answer.GOING)
        return refusal.type

    assert await refused(foreign.id, NEXT) is NotFound
    assert await refused(club.id, date(2026, 12, 9)) is SessionUnknown
    assert await refused(club.id, date(9999, 12, 31)) is SessionUnknown
    assert await refused(club.id, LAST) is session_rules.SessionOver
    await group.session_organising.skip(organiser(), club.id, NEXT)
    assert await refused(club.id, NEXT) is SessionSkipped
    await group.organising.pause(organiser(), club.id, None)
    assert await refused(club.id, AFTER) is SessionSkipped
    await group.organising.end(organiser(), club.id)
    assert await refused(club.id, AFTER) is SessionSkipped
    assert await group.rows(tables.session_answer) == []


async def test_a_session_far_ahead_can_be_answered(group: ClubGroup) -> None:
    club = await group.club()
    day = date(2027, 6, 1)
    session = await group.sessions.answer(actor(BOB), club.id, day, Answer.GOING)
    assert session.facts is not None
    assert session.facts.original == day
    assert session.facts.starts_at == datetime(2027, 6, 1, 16, tzinfo=UTC)


async def test_a_move_keeps_the_answers_and_the_key(group: ClubGroup) -> None:
    club = await group.club()
    before = await group.sessions.answer(actor(BOB), club.id, NEXT, Answer.GOING)
    change = await group.session_organising.move(
        organiser(), club.id, NEXT, wall(2026, 12, 10, 19, 30)
    )
    assert change.before == before
    after = await group.sessions.session(GUILD, club.id, NEXT)
    assert change.after == after
    assert after.occurrence.starts == datetime(2026, 12, 10, 18, 30, tzinfo=UTC)
    assert after.guests.going == (BOB,)
    assert after.facts is not None
    assert before.facts is not None
    assert (after.facts.id, after.facts.version) == (before.facts.id, before.facts.version + 1)
    assert after.facts.starts_at == after.occurrence.starts
    assert after.club.version == club.version + 1
    assert await group.actions() == [
        ("club-created", f"club:{club.id}"), ("session-moved", f"session:{club.id}:2026-12-08"),
    ]  # fmt: skip


async def test_skipping_keeps_the_answers_for_when_it_is_brought_back(group: ClubGroup) -> None:
    club = await group.club()
    await group.sessions.answer(actor(BOB), club.id, NEXT, Answer.GOING)
    skipped = await group.session_organising.skip(organiser(), club.id, NEXT)
    assert skipped.after.occurrence.is_skipped
    back = await group.session_organising.unskip(organiser(), club.id, NEXT)
    assert not back.after.occurrence.is_skipped
    assert back.after.guests.going == (BOB,)


async def test_doing_again_what_is_done_changes_and_records_nothing(group: ClubGroup) -> None:
    club = await group.club()
    first = await group.session_organising.skip(organiser(), club.id, NEXT)
    again = await group.session_organising.skip(organiser(), club.id, NEXT)
    assert again.before == again.after == first.after
    assert len(await group.actions()) == 2


async def test_a_skipped_session_makes_room_for_another_that_is_planned(group: ClubGroup) -> None:
    club = await group.club()
    await group.session_organising.skip(organiser(), club.id, NEXT)
    planned = [row["original"].day for row in await group.rows(tables.session)]
    assert sorted(planned) == [5, 8, 15, 22, 29]


async def test_sessions_do_not_collide_and_do_not_move_into_the_past(group: ClubGroup) -> None:
    club = await group.club()
    for to, error in (
        (wall(2026, 12, 15, 18, 30), SessionsCollide), (wall(2026, 12, 2, 12), MovesIntoPast),
    ):  # fmt: skip
        with pytest.raises(error):
            await group.session_organising.move(organiser(), club.id, NEXT, to)
    assert (await group.clubs.club(GUILD, club.id)).version == 1


Use = Callable[[ClubGroup, int, date, bool], Awaitable[object]]


async def skip(group: ClubGroup, club_id: int, day: date, may: bool) -> object:
    return await group.session_organising.skip(actor(BOB, manages=may), club_id, day)


async def unskip(group: ClubGroup, club_id: int, day: date, may: bool) -> object:
    return await group.session_organising.unskip(actor(BOB, manages=may), club_id, day)


async def move(group: ClubGroup, club_id: int, day: date, may: bool) -> object:
    to = wall(2026, 12, 20, 18)
    return await group.session_organising.move(actor(BOB, manages=may), club_id, day, to)


async def set_paper(group: ClubGroup, club_id: int, day: date, may: bool) -> object:
    return await group.session_organising.set_paper(actor(BOB, manages=may), club_id, day, PAPER)


async def set_agenda(group: ClubGroup, club_id: int, day: date, may: bool) -> object:
    return await group.session_organising.set_agenda(actor(BOB, manages=may), club_id, day, "x")


async def set_presenter(group: ClubGroup, club_id: int, day: date, may: bool) -> object:
    who = actor(BOB, manages=may)
    return await group.session_organising.set_presenter(who, club_id, day, CAT, "Cat")


EVERY_USE = [skip, unskip, move, set_paper, set_agenda, set_presenter]


@pytest.mark.parametrize("use", EVERY_USE)
async def test_sessions_are_changed_by_organisers_of_their_own_server_alone(
    group: ClubGroup, use: Use
) -> None:
    club = await group.club()
    foreign = await group.club(OTHER_GUILD)
    before = await group.rows(tables.session)
    with pytest.raises(OrganisersOnly):
        await use(group, club.id, NEXT, False)
    with pytest.raises(NotFound):
        await use(group, foreign.id, NEXT, True)
    for day, error in (
        (LAST, SessionOver), (date(2026, 12, 9), SessionUnknown), (date(1, 1, 1), SessionUnknown),
    ):  # fmt: skip
        with pytest.raises(error):
            await use(group, club.id, day, True)
    assert await group.rows(tables.session) == before
    await use(group, club.id, NEXT, True)
    await group.organising.end(organiser(), club.id)
    with pytest.raises(ClubEnded):
        await use(group, club.id, AFTER, True)


async def test_a_session_is_given_a_paper_and_some_of_its_sections(
    group: ClubGroup, founding_catalogue: Catalogue
) -> None:
    club = await group.club()
    theory = founding_catalogue.theory_of(PAPER)
    assert theory is not None
    paper = theory.paper(PAPER)
    assert paper is not None
    first, second, third = (section.id for section in paper.sections[:3])
    set_paper = group.session_organising.set_paper
    change = await set_paper(organiser(), club.id, NEXT, PAPER, [third, first])
    facts = change.after.facts
    assert facts is not None
    assert facts.paper_id == PAPER
    assert facts.parts == (SessionPart(PAPER, first), SessionPart(PAPER, third))
    assert facts.readings == (SessionReading(PAPER, (first, third)),)
    whole = (await set_paper(organiser(), club.id, NEXT, PAPER)).after.facts
    assert whole is not None
    assert (whole.paper_id, whole.parts) == (PAPER, ())
    assert whole.readings == (SessionReading(PAPER),)
    nothing = (await set_paper(organiser(), club.id, NEXT, None)).after.facts
    assert nothing is not None
    assert nothing.paper_id is None
    for paper_id, sections in (("unknown", []), (PAPER, ["unknown"]), (PAPER, [second, "x"])):
        with pytest.raises(NotFound):
            await set_paper(organiser(), club.id, NEXT, paper_id, sections)


async def test_an_agenda_is_kept_trimmed_and_an_empty_one_is_none(group: ClubGroup) -> None:
    club = await group.club()
    set_agenda = group.session_organising.set_agenda
    for written, kept in (("  1. Claim\r\n2. Doubts ", "1. Claim\n2. Doubts"), (" \n", None)):
        facts = (await set_agenda(organiser(), club.id, NEXT, written)).after.facts
        assert facts is not None
        assert facts.agenda == kept
    await set_agenda(organiser(), club.id, NEXT, "x" * LONGEST_AGENDA)
    with pytest.raises(AgendaTooLong) as refused:
        await set_agenda(organiser(), club.id, NEXT, "x" * (LONGEST_AGENDA + 1))
    assert refused.value.limit == LONGEST_AGENDA


async def test_a_presenter_is_named_and_taken_back(group: ClubGroup) -> None:
    club = await group.club()
    set_presenter = group.session_organising.set_presenter
    named = (await set_presenter(organiser(), club.id, NEXT, DAN, "Dan")).after.facts
    assert named is not None
    assert named.presenter_id == DAN
    assert (await group.rows(tables.member, user_id=DAN))[0]["display_name"] == "Dan"
    nobody = (await set_presenter(organiser(), club.id, NEXT, None)).after.facts
    assert nobody is not None
    assert nobody.presenter_id is None
    assert [row["member_id"] for row in await group.rows(tables.audit)] == [None, DAN, None]


async def test_being_there_is_noted_once_and_not_before_it_begins(group: ClubGroup) -> None:
    club = await group.club()
    with pytest.raises(SessionNotBegun):
        await group.sessions.attend(actor(BOB), club.id, NEXT)
    group.now = NEXT_STARTS
    assert await group.sessions.attend(actor(BOB), club.id, NEXT)
    assert not await group.sessions.attend(actor(BOB), club.id, NEXT)
    group.now += timedelta(days=1)
    assert await group.sessions.attend(actor(CAT), club.id, NEXT)
    assert await group.sessions.attendance(GUILD, club.id, NEXT) == (BOB, CAT)
    assert await group.sessions.attendance(GUILD, club.id, AFTER) == ()
    await group.session_organising.skip(organiser(), club.id, AFTER)
    group.now += timedelta(days=7)
    with pytest.raises(SessionSkipped):
        await group.sessions.attend(actor(BOB), club.id, AFTER)
    group.now = NEXT_STARTS + timedelta(hours=1) + ATTENDANCE_OPEN
    with pytest.raises(AttendanceClosed):
        await group.sessions.attend(actor(DAN), club.id, NEXT)


async def test_a_recap_is_kept_once_the_session_has_begun(group: ClubGroup) -> None:
    club = await group.club()
    set_recap = group.session_organising.set_recap
    with pytest.raises(SessionNotBegun):
        await set_recap(organiser(), club.id, NEXT, "Nothing yet")
    group.now = NEXT_STARTS
    with pytest.raises(OrganisersOnly):
        await set_recap(actor(BOB), club.id, NEXT, "Mine")
    held = (await set_recap(organiser(), club.id, NEXT, " We met. ")).facts
    assert held is not None
    assert (held.status, held.recap) == (SessionStatus.HELD, "We met.")
    with pytest.raises(RecapTooLong):
        await set_recap(organiser(), club.id, NEXT, "x" * (LONGEST_RECAP + 1))
    kept = (await set_recap(organiser(), club.id, NEXT, "")).facts
    assert kept is not None
    assert kept.recap == "We met."


async def test_two_sessions_of_a_week_are_two(group: ClubGroup) -> None:
    club = await group.club(recurrence=rule(TUE, THU))
    await group.sessions.answer(actor(BOB), club.id, date(2026, 12, 3), Answer.GOING)
    session = await group.sessions.session(GUILD, club.id, NEXT)
    assert session.guests.going == ()


async def test_a_session_is_shown_with_where_it_is_held(group: ClubGroup) -> None:
    link = "https://meet.example/readers"
    for name, place, shown, channel_id in (
        ("Own", Place(), "", 55),
        ("Voice", Place(voice_channel_id=77), "", 77),
        ("Link", Place.at(link), link, None),
    ):
        club = await group.club(name=name, place=place)
        session = (await group.sessions.session(GUILD, club.id, NEXT)).session
        assert (session.place, session.channel_id) == (shown, channel_id)
        await group.session_organising.set_agenda(organiser(), club.id, NEXT, "Claim")
        session = (await group.sessions.session(GUILD, club.id, NEXT)).session
        assert (session.place, session.channel_id, session.agenda) == (shown, channel_id, "Claim")


async def test_standing_members_who_are_away_then_are_not_counted_on(group: ClubGroup) -> None:
    club = await group.club()
    await group.clubs.join(actor(BOB), club.id)
    async with group.database.write() as conn:
        await conn.execute(
            tables.member.update()
            .where(tables.member.c.user_id == BOB)
            .values(away_from=group.now, away_until=NEXT_STARTS + timedelta(days=1))
        )
    coming = await group.sessions.coming(GUILD, club.id, 2)
    assert [session.guests.going for session in coming] == [(), (BOB,)]
