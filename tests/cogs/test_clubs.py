"""``/club`` and the card of a session, by members who press."""

from __future__ import annotations

from datetime import timedelta

import discord
import icalendar
import pytest
import simcord
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from bot.domain.members import Absence
from bot.domain.sessions import Answer
from bot.storage import members, sessions_answers
from tests.cogs.clubs import (
    HOUR,
    boss,
    card_of,
    found_club,
    member,
    now,
    press,
    press_late,
    show,
    to_start,
    told,
)
from tests.cogs.conftest import Club
from tests.cogs.schedule import pressing
from tests.cogs.test_boards import shown
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import SPLINE, organiser, said
from tests.cogs.test_split import ids_of
from tests.cogs.test_theory import read


async def test_the_card_counts_answers_and_every_press_brings_it_up_to_date(club: Club) -> None:
    await found_club(club)
    card = await show(club, club.alice)
    assert "Nobody has said yet whether they come." in shown(card)
    await press(club, club.alice, "session-answer", part="going")
    await press(club, club.bob, "session-answer", part="maybe")
    text = shown(card_of(club))
    assert "**Going (1):** alice" in text
    assert "**Maybe (1):** bob" in text
    assert card_of(club).id == card.id
    await press(club, club.bob, "session-answer", part="cant")
    text = shown(card_of(club))
    assert "Can't make it (1)" in text
    assert "bob" not in text


async def listing(club: Club, who: simcord.MemberActor) -> str:
    """What `/club list` says."""
    result = await who.slash(club.channel, "club list")
    assert result.ephemeral
    return message_of(result).embeds[0].description or ""


async def test_who_joins_is_counted_on_until_they_leave(club: Club) -> None:
    await found_club(club)
    assert "counted on at every session" in said(await club.alice.slash(club.channel, "club join"))
    assert "already" in said(await club.alice.slash(club.channel, "club join"))
    assert "**Going (1):** alice" in shown(await show(club, club.bob))
    listed = await listing(club, club.alice)
    assert "**Readers**" in listed
    assert "you belong to it" in listed
    assert "you belong" not in await listing(club, club.bob)
    assert "not counted on" in said(await club.alice.slash(club.channel, "club leave"))
    assert "did not belong" in said(await club.alice.slash(club.channel, "club leave"))
    assert "alice" not in shown(await show(club, club.bob))


async def test_without_a_club_and_with_two_it_says_what_to_do(club: Club) -> None:
    assert "`/schedule create`" in await listing(club, club.alice)
    assert "No reading club meets here yet" in said(
        await club.alice.slash(club.channel, "club next")
    )
    none = await club.alice.slash(club.channel, "club join")
    assert pressing(message_of(none), "Find my first paper") == "tc1:newcomer-join"
    await found_club(club)
    await found_club(club, "Writers")
    for given in ({}, {"club": "Painters"}):
        which = await club.alice.slash(club.channel, "club join", **given)
        assert "**Readers** and **Writers**" in said(which)
        assert pressing(message_of(which), "Join the club") == "tc1:newcomer-join"
    asked = said(await club.alice.slash(club.channel, "club next"))
    assert "Which club" in asked
    assert "**Writers**" in asked
    assert "Writers" in shown(
        message_of(await club.alice.slash(club.channel, "club next", club="writers"))
    )


async def test_a_paused_club_has_no_next_session(club: Club) -> None:
    readers = await found_club(club)
    await club.bot.services.club_organising.pause(boss(club), readers.id, None)
    told = said(await club.alice.slash(club.channel, "club next"))
    assert "has no session to come" in told


async def test_the_calendar_is_a_private_file_that_reads_back(club: Club) -> None:
    readers = await found_club(club)
    coming = readers.next_session(now(club))
    assert coming is not None
    services = club.bot.services
    await services.session_organising.set_paper(boss(club), readers.id, coming.original, SPLINE)
    await show(club, club.alice)
    for result in (
        await club.alice.slash(club.channel, "club calendar"),
        await press(club, club.bob, "club-calendar"),
    ):
        assert "fetch it again" in said(result)
        (file,) = message_of(result).attachments
        assert file.filename == f"club-{readers.id}.ics"
        file_text = await file.read()
        calendar = icalendar.Calendar.from_ical(file_text)
        events = calendar.walk("VEVENT")
        titles = {str(event["SUMMARY"]) for event in events}
        assert titles == {"Readers", "Readers: A Spline Theory of Deep Learning"}
        assert b"T180000" in file_text
        assert b"T190000" not in file_text


async def test_the_card_leads_to_google_with_the_right_hour(club: Club) -> None:
    readers = await found_club(club)
    coming = readers.next_session(now(club))
    assert coming is not None
    text = shown(await show(club, club.alice))
    assert f"dates={coming.starts:%Y%m%dT%H%M%SZ}/" in text


async def test_a_thread_is_opened_once_and_the_card_leads_there(club: Club) -> None:
    await found_club(club)
    await show(club, club.alice)
    first = card_of(club)
    await press(club, club.alice, "session-thread")
    text = shown(card_of(club))
    assert f"/channels/{club.guild.id}/{first.id}" in text
    assert not [each for each in ids_of(card_of(club)) if "session-thread" in each]
    second = await show(club, club.bob)
    assert f"/channels/{club.guild.id}/{first.id}" in shown(second)
    made = [r for r in club.env.http_requests if r.path.endswith("/threads") and r.method == "POST"]
    assert len(made) == 1


async def test_a_stale_card_does_not_open_a_second_thread(club: Club) -> None:
    readers = await found_club(club)
    card = await show(club, club.alice)
    (custom_id,) = [each for each in ids_of(card) if "session-thread" in each]
    thread_id = (await show(club, club.bob)).id
    await press(club, club.bob, "session-thread")
    await club.alice.click(card, custom_id=custom_id)
    found = await club.bot.services.sessions.next_session(club.guild.id, readers.id)
    assert found is not None
    assert found.session.thread_id == thread_id


async def test_a_skipped_session_takes_no_answer(club: Club) -> None:
    readers = await found_club(club)
    coming = readers.next_session(now(club))
    assert coming is not None
    await show(club, club.alice)
    going = next(each for each in ids_of(card_of(club)) if each.endswith(":going"))
    await club.bot.services.session_organising.skip(boss(club), readers.id, coming.original)
    assert "does not take place" in await press_late(club, club.alice, going)
    await club.env.advance_time(10)
    text = shown(club.last)
    assert "Does not take place" in text
    assert "session-answer" not in text


async def test_afterwards_who_was_there_is_counted_and_a_line_remains(club: Club) -> None:
    readers = await found_club(club)
    card = await show(club, club.alice)
    key = ids_of(card)[0].removeprefix("tc1:session-answer:").removesuffix(":going")
    await to_start(club, readers, timedelta(minutes=5))
    await press(club, club.alice, "session-answer", part="going")
    assert "on now" in shown(card_of(club))
    assert "Noted" in told(await press(club, club.alice, "session-attend"))
    assert "already" in told(await press(club, club.alice, "session-attend"))
    assert "1 member was there." in shown(card_of(club))
    await club.env.advance_time(2 * 3600)
    await show(club, club.bob)
    await press(club, club.bob, "session-show")
    await press(club, club.bob, "session-attend")
    text = shown(card_of(club))
    assert "2 members were there." in text
    assert not [each for each in ids_of(card_of(club)) if "session-answer" in each]
    refused = await press(club, club.bob, "session-recap")
    assert "organiser" in said(refused)
    olga = organiser(club)
    form = await press(club, olga, "session-recap")
    await olga.submit_modal(form, {"recap": "Splines *are* nets"})
    assert "**What remains:** Splines" in shown(card_of(club))
    assert key.endswith(str(now(club).date()))


async def test_the_presenter_may_write_the_recap(club: Club) -> None:
    readers = await found_club(club)
    await show(club, club.alice)
    await press(club, club.alice, "session-present")
    await to_start(club, readers, HOUR + timedelta(minutes=1))
    assert "press *I was there*" in await press_late(club, club.bob)
    await press(club, club.bob, "session-attend")
    form = await press(club, club.alice, "session-recap")
    await club.alice.submit_modal(form, {"recap": "A round thing"})
    assert "**What remains:** A round thing" in shown(card_of(club))


async def test_the_one_volunteer_who_read_it_presents_at_once(club: Club) -> None:
    readers = await found_club(club)
    coming = readers.next_session(now(club))
    assert coming is not None
    services = club.bot.services
    await services.session_organising.set_paper(boss(club), readers.id, coming.original, SPLINE)
    card = await show(club, club.alice)
    assert "Nobody presents yet" in shown(card)
    unread = await press(club, club.alice, "session-present")
    assert "signed up for the paper or read it" in said(unread)
    await read(club, club.guild.id, club.bob.id, SPLINE, "read")
    assert "You present on" in told(await press(club, club.bob, "session-present"))
    assert "**Presenter:** bob" in shown(card_of(club))


async def test_when_the_presenter_cannot_the_next_is_asked_privately(club: Club) -> None:
    readers = await found_club(club)
    await show(club, club.alice)
    assert "You present" in told(await press(club, club.alice, "session-present"))
    await show(club, club.bob)
    found = await club.bot.services.sessions.next_session(club.guild.id, readers.id)
    assert found is not None
    who, day = member(club, club.bob, "bob"), found.occurrence.original
    _, offer = await club.bot.services.presenters.offer(who, readers.id, day)
    assert offer == "taken"
    await press(club, club.alice, "session-answer", part="cant")
    text = shown(card_of(club))
    assert "Presenter:" not in text
    assert "alice" not in text
    await club.env.advance_time(5)
    listed = await club.bob.slash(club.channel, "club list")
    waiting = [m.message for m in listed.followups if "it is your turn" in m.content]
    assert len(waiting) == 1
    (accept,) = [each for each in ids_of(waiting[0]) if "present-accept" in each]
    assert accept.endswith(f":{club.guild.id}")
    yes = await club.bob.click(waiting[0], custom_id=accept)
    assert "You present on" in said(yes)
    assert "**Presenter:** bob" in shown(await show(club, club.alice))


async def test_when_nobody_is_left_it_is_a_round_of_takes(club: Club) -> None:
    await found_club(club)
    await show(club, club.alice)
    await press(club, club.alice, "session-present")
    await press(club, club.alice, "session-answer", part="cant")
    assert "A round of takes" in shown(card_of(club))
    assert "You present" in told(await press_again(club))


async def press_again(club: Club) -> simcord.InteractionResult:
    await press(club, club.alice, "session-answer", part="going")
    return await press(club, club.alice, "session-present")


async def test_who_lets_the_time_go_by_makes_room_for_the_next(club: Club) -> None:
    readers = await found_club(club)
    await show(club, club.alice)
    await press(club, club.alice, "session-present")
    for who in (club.bob, club.guild.add_member(club.env.create_user("carol"))):
        found = await club.bot.services.sessions.next_session(club.guild.id, readers.id)
        assert found is not None
        day = found.occurrence.original
        await club.bot.services.presenters.offer(member(club, who, "x"), readers.id, day)
    await press(club, club.alice, "session-answer", part="cant")
    async with club.bot.services.signups._work.read() as conn:
        assert (await sessions_answers.presenting(conn, club.guild.id, 1))[0] == club.bob.id
    await club.env.advance_time(2.2 * 24 * 3600)
    async with club.bot.services.signups._work.read() as conn:
        first, passed = await sessions_answers.presenting(conn, club.guild.id, 1)
    assert first != club.bob.id
    assert {club.alice.id, club.bob.id} <= passed
    late = await club.bot.services.sessions.next_session(club.guild.id, readers.id)
    assert late is not None
    assert late.session.presenter_id is None


async def test_a_poll_over_the_most_needed_sets_the_next_paper(club: Club) -> None:
    readers = await found_club(club)
    await show(club, club.alice)
    await to_start(club, readers, HOUR + timedelta(minutes=1))
    assert "press *I was there*" in await press_late(club, club.bob)
    await press(club, club.alice, "session-attend")
    refused = await press(club, club.bob, "session-poll")
    assert "organiser" in said(refused)
    olga = organiser(club)
    await press(club, olga, "session-poll")
    poll = next(m for m in club.channel.history() if m.poll is not None)
    assert poll.poll is not None
    assert len(poll.poll.answers) == 3
    below = next(m for m in club.channel.history() if "poll-take" in str(ids_of(m)))
    (take,) = ids_of(below)
    none = await olga.click(below, custom_id=take)
    assert "Nobody has voted" in said(none)
    await club.alice.vote(poll, answer=2)
    await club.bob.vote(poll, answer=2)
    refused = await club.bob.click(below, custom_id=take)
    assert "organiser" in said(refused)
    await club.env.advance_time(25 * 3600)
    (over,) = [m for m in club.channel.history() if "The poll is over" in shown(m)]
    assert "next: 2 votes." in shown(over)
    assert ids_of(over) == [take]
    await olga.click(below, custom_id=take)
    coming = await club.bot.services.sessions.next_session(club.guild.id, readers.id)
    assert coming is not None
    (reading,) = coming.session.readings
    theory = club.bot.services.catalogues.shipped.theory_of(reading.paper_id)
    assert theory is not None
    paper = theory.paper(reading.paper_id)
    assert paper is not None
    assert poll.poll.answers[1].media.text[:30] == paper.title[:30]


@pytest.mark.parametrize(
    "custom_id",
    [
        "tc1:session-answer:99:2026-01-01:going", "tc1:session-answer:1:yesterday:going",
        "tc1:session-answer:1", "tc1:poll-take:1:5", "tc1:session-thread:1:2026-01-01",
        "tc1:present-accept:1:2026-01-01:1", "tc1:club-calendar:99",
    ],
)  # fmt: skip
async def test_an_id_of_nothing_is_refused_kindly(club: Club, custom_id: str) -> None:
    await found_club(club)
    await post_button(club, custom_id)
    olga = organiser(club)
    result = await olga.click(club.last, custom_id=custom_id)
    assert result.ephemeral


async def test_after_a_move_the_file_has_the_new_time_and_a_higher_number(club: Club) -> None:
    readers = await found_club(club)
    coming = readers.next_session(now(club))
    assert coming is not None
    services = club.bot.services

    async def events() -> list[icalendar.Component]:
        (file,) = message_of(await club.alice.slash(club.channel, "club calendar")).attachments
        return icalendar.Calendar.from_ical(await file.read()).walk("VEVENT")

    before = await events()
    to = coming.wall + timedelta(hours=3)
    await services.sessions.answer(
        member(club, club.bob, "bob"), readers.id, coming.original, Answer.GOING
    )
    await services.session_organising.move(boss(club), readers.id, coming.original, to)
    after = await events()
    assert len(after) == len(before) + 1
    assert int(str(after[0]["SEQUENCE"])) > int(str(before[0]["SEQUENCE"]))
    assert {str(event["UID"]) for event in after} == {str(event["UID"]) for event in before}
    moved = next(event for event in after if "RECURRENCE-ID" in event)
    assert f"{to:%H%M%S}" in moved.to_ical().decode()
    assert "**Going (1):** bob" in shown(await show(club, club.alice))


async def test_a_thread_that_is_deleted_makes_room_for_another(club: Club) -> None:
    readers = await found_club(club)
    await show(club, club.alice)
    await press(club, club.alice, "session-thread")
    services = club.bot.services
    found = await services.sessions.next_session(club.guild.id, readers.id)
    assert found is not None
    assert found.session.thread_id is not None
    thread = club.bot.get_channel(found.session.thread_id)
    assert isinstance(thread, discord.Thread)
    await thread.delete()
    await club.env.advance_time(1)
    found = await services.sessions.next_session(club.guild.id, readers.id)
    assert found is not None
    assert found.session.thread_id is None


async def test_where_no_thread_can_be_opened_it_says_what_to_do(club: Club) -> None:
    await found_club(club)
    await show(club, club.alice)
    rule = Overwrite(
        club.env.backend.bot_user.id,
        OverwriteType.MEMBER,
        deny=discord.Permissions(create_public_threads=True).value,
    )
    club.env.backend.set_overwrite(club.channel.id, rule)
    refused = await press(club, club.alice, "session-thread")
    assert "I cannot open a thread here" in said(refused)


async def test_who_is_away_then_is_not_asked(club: Club) -> None:
    readers = await found_club(club)
    coming = readers.next_session(now(club))
    assert coming is not None
    who = member(club, club.bob, "bob")
    async with club.bot.services.clubs._work.write() as unit:
        await unit.arrive(who)
        absence = Absence(now(club), coming.starts + timedelta(days=1))
        await members.set_absence(unit.conn, who.guild_id, who.user_id, absence)
    found, offer = await club.bot.services.presenters.offer(who, readers.id, coming.original)
    assert offer == "absent"
    assert found.session.presenter_id is None


async def test_of_two_threads_opened_at_once_the_first_is_kept(club: Club) -> None:
    readers = await found_club(club)
    coming = readers.next_session(now(club))
    assert coming is not None
    sessions = club.bot.services.sessions
    for thread_id in (11, 12):
        found = await sessions.set_thread(club.guild.id, readers.id, coming.original, thread_id)
        assert found.session.thread_id == 11
