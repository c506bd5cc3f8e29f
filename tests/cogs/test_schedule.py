"""``/schedule``: clubs made, edited, paused and ended, sessions skipped and moved, by organisers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
import simcord

from bot.domain.clubs import Club as ReadingClub
from bot.domain.members import Actor
from bot.domain.sessions import Answer
from bot.services import clubs_organising, clubs_steps
from bot.settings import Settings
from bot.storage import sessions_answers
from tests.cogs.conftest import Club, running
from tests.cogs.log_forms import controls
from tests.cogs.schedule import WHEN, club_saved, forbid, press, pressing, submit
from tests.cogs.test_board_faults import Shim
from tests.cogs.test_boards import shown
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser, said
from tests.cogs.test_split import ids_of
from tests.domain.schedule.reading.test_hostile import HOSTILE


def embed_of(result: simcord.InteractionResult) -> discord.Embed:
    message = message_of(result)
    assert message.flags.ephemeral
    return message.embeds[0]


def told(result: simcord.InteractionResult) -> str:
    """What a private embed says."""
    return embed_of(result).description or ""


async def clubs(club: Club) -> tuple[ReadingClub, ...]:
    return await club.bot.services.clubs.clubs(club.guild.id)


async def create(
    club: Club, olga: simcord.MemberActor, name: str = "Readers", when: str = WHEN, **more: Any
) -> ReadingClub:
    await club_saved(club, olga, name, when, **more)
    return next(one for one in await clubs(club) if one.name == name)


def news(club: Club) -> list[discord.Message]:
    """The announcements, oldest first."""
    every = [m for m in club.channel.history() if "schedule-news" in shown(m)]
    return sorted(every, key=lambda m: m.id)


async def next_choice(club: Club, olga: simcord.MemberActor, place: int = 0) -> dict[str, Any]:
    found = await olga.autocomplete(club.channel, "schedule skip", "session", "")
    return found[place]


def stamp(moment: datetime) -> str:
    return f"<t:{int(moment.timestamp())}:F>"


async def test_a_club_is_echoed_and_stored_when_it_is_saved(club: Club) -> None:
    olga = organiser(club)
    asked = await olga.slash(club.channel, "schedule create", name="Readers", when=WHEN)
    assert "Every Tuesday at 18:00, Berlin time" in told(asked)
    assert len(set(re.findall(r"<t:\d+:F>", told(asked)))) == 4
    assert await clubs(club) == ()
    assert news(club) == []
    saved = await press(olga, asked, "Save")
    assert "Announced in" in told(saved)
    (made,) = await clubs(club)
    first = made.next_session(club.env.now())
    assert first is not None
    assert stamp(first.starts) in told(asked)
    (announced,) = news(club)
    assert "A new club" in shown(announced)
    assert stamp(first.starts) in shown(announced)


def answer(result: simcord.InteractionResult) -> str:
    """A private answer in words, a new one or one in place of the old."""
    message = message_of(result)
    assert message.flags.ephemeral
    return message.content


async def test_without_a_zone_the_members_own_is_meant(club: Club) -> None:
    olga = organiser(club)
    await olga.slash(club.channel, "me settings", zone="America/New_York")
    asked = await olga.slash(club.channel, "schedule create", name="Readers", when="Thu 7pm")
    await olga.slash(club.channel, "me settings", zone="Asia/Tokyo")
    await press(olga, asked, "Save")
    (made,) = await clubs(club)
    assert made.series.zone == "America/New_York"


async def test_words_are_read_as_when_they_were_shown(club: Club) -> None:
    olga = organiser(club)
    asked = await olga.slash(
        club.channel, "schedule create", name="Readers", when=f"{WHEN} for 3 sessions"
    )
    first = re.search(r"<t:(\d+):F>", told(asked))
    assert first
    await club.env.advance_time(9 * 24 * 3600)
    await press(olga, asked, "Save")
    (made,) = await clubs(club)
    sessions = made.timetable.sessions(datetime(2020, 1, 1, tzinfo=UTC))
    assert len(sessions) == 3
    assert int(sessions[0].starts.timestamp()) == int(first[1])


@pytest.mark.parametrize(
    ("when", "question"),
    [
        ("Tuesdays 18:00", "In which time zone?"),
        ("Tuesdays Europe/Berlin", "At what time"),
        ("18:00 Europe/Berlin", "day"),
        ("Tuesdays 25:61 Berlin", "25:61"),
        ("Tuesdays 18:00 ../../etc/passwd", ""),
        ("every 2 weeks on Thu at 7 New York", "7"),
    ],
)
async def test_an_unclear_time_is_one_question_with_the_way_to_answer(
    club: Club, when: str, question: str
) -> None:
    olga = organiser(club)
    asked = await olga.slash(
        club.channel, "schedule create", name="R`*d* @everyone", when=when, length=90
    )
    assert question in told(asked)
    assert "Nothing is stored yet" in told(asked)
    with pytest.raises(AssertionError, match="no button"):
        pressing(message_of(asked), "Save")
    form = await press(olga, asked, "Change")
    again = await submit(club, olga, form, name="R`*d* @everyone", when=WHEN, length="90")
    assert "Every Tuesday" in told(again)
    await press(olga, again, "Save")
    (made,) = await clubs(club)
    assert made.name == "R`*d* @everyone"
    assert made.length == timedelta(minutes=90)


async def test_whatever_is_written_for_a_time_gets_a_polite_answer(club: Club) -> None:
    olga = organiser(club)
    for said_so in HOSTILE:
        asked = await olga.slash(
            club.channel, "schedule create", name="Readers", when=said_so[:200].strip() or "?"
        )
        assert "Nothing is stored" in told(asked), said_so
    assert await clubs(club) == ()


async def test_the_draft_lives_through_a_restart(settings: Settings) -> None:
    async with running(settings) as club:
        olga = organiser(club)
        asked = await olga.slash(club.channel, "schedule create", name="Readers", when=WHEN)
        # A press is answered by what stands on the message alone: nothing is kept in memory.
        saves = pressing(message_of(asked), "Save")
    assert re.fullmatch(r"tc1:schedule-save:0::\d+:", saves)


async def test_a_place_is_a_voice_channel_or_a_link(club: Club) -> None:
    olga = organiser(club)
    voice = club.guild.create_voice_channel("Reading room")
    offered = await olga.autocomplete(club.channel, "schedule create", "place", "readi")
    assert [(c["name"], c["value"]) for c in offered] == [("Reading room", f"<#{voice.id}>")]
    first = await create(club, olga, place=offered[0]["value"])
    assert first.place.voice_channel_id == voice.id
    second = await create(club, olga, "Others", place="https://meet.example.org/a_b_c")
    assert second.place.link == "https://meet.example.org/a_b_c"
    asked = await olga.slash(
        club.channel, "schedule create", name="Third", when=WHEN, place="javascript:alert(1)"
    )
    assert "Where does it meet?" in told(asked)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Tuesdays 18:00 berl", "Tuesdays 18:00 Europe/Berlin"),
        ("every 2 weeks on Thu at 7pm new yo", "every 2 weeks on Thu at 7pm America/New_York"),
        ("first Monday monthly 20:30 syd", "first Monday monthly 20:30 Australia/Sydney"),
        ("Tuesdays 18:00", "Tuesdays 18:00 Europe/London"),
        ("", "Tuesdays 18:00 UTC"),
    ],
)
async def test_zones_are_completed_in_the_words(club: Club, typed: str, value: str) -> None:
    olga = organiser(club)
    offered = await olga.autocomplete(club.channel, "schedule create", "when", typed)
    assert value in [choice["value"] for choice in offered]
    asked = await olga.slash(
        club.channel, "schedule create", name="Readers", when=offered[0]["value"]
    )
    assert pressing(message_of(asked), "Save")


@pytest.mark.parametrize("typed", ["🦊", "x" * 100, "Tue Tue Tue Tue", "at at at", "\u202e"])
async def test_nothing_typed_breaks_the_completion(club: Club, typed: str) -> None:
    olga = organiser(club)
    await create(club, olga)
    for command, option in (
        ("schedule create", "when"), ("schedule create", "place"), ("schedule skip", "session"),
        ("schedule end", "club"),
    ):  # fmt: skip
        found = await olga.autocomplete(club.channel, command, option, typed)
        assert len(found) <= 25


async def test_sessions_are_offered_in_the_zone_of_their_club(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    choice = await next_choice(club, olga)
    assert re.fullmatch(r"Readers: Tue \d+ \w+ \d{4}, 18:00 CES?T", choice["name"])
    first = made.next_session(club.env.now())
    assert first is not None
    assert choice["value"] == f"{made.id}:{first.original}"


async def test_a_skip_is_announced_once_and_undone_in_the_same_message(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    choice = await next_choice(club, olga)
    done = await olga.slash(club.channel, "schedule skip", session=choice["value"])
    assert "does not meet on" in answer(done)
    assert len(news(club)) == 2
    assert "A session does not take place" in shown(news(club)[-1])
    assert "(skipped)" in (await next_choice(club, olga))["name"]
    await club.env.advance_time(9 * 60)
    undone = await press(olga, done, "Undo")
    assert "after all" in answer(undone)
    _, told_once = news(club)
    assert "A session takes place after all" in shown(told_once)
    assert "Was: <t:" in shown(told_once)
    (now,) = await clubs(club)
    assert now.timetable.changes == made.timetable.changes == {}


async def test_a_move_is_confirmed_and_tells_old_and_new_time(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    first = made.next_session(club.env.now())
    assert first is not None
    value = (await next_choice(club, olga))["value"]
    asked = await olga.slash(club.channel, "schedule move", session=value, to="20:15")
    later = first.starts + timedelta(hours=2, minutes=15)
    assert stamp(first.starts) in answer(asked)
    assert stamp(later) in answer(asked)
    assert len(news(club)) == 1
    moved = await press(olga, asked, "Save")
    assert "is moved from" in answer(moved)
    announced = shown(news(club)[-1])
    assert f"Was: {stamp(first.starts)}" in announced
    assert f"Now: {stamp(later)}" in announced
    (now,) = await clubs(club)
    assert now.session_on(first.original).starts == later


async def test_within_the_hour_a_second_move_edits_the_announcement(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    first = made.next_session(club.env.now())
    assert first is not None
    value = (await next_choice(club, olga))["value"]
    for to, minutes in (("20:00", 30), ("21:00", 90), ("22:00", 0)):
        asked = await olga.slash(club.channel, "schedule move", session=value, to=to)
        await press(olga, asked, "Save")
        await club.env.advance_time(minutes * 60)
    _, edited, anew = news(club)
    assert f"Was: {stamp(first.starts)}" in shown(edited)
    assert f"Now: {stamp(first.starts + timedelta(hours=3))}" in shown(edited)
    assert f"Was: {stamp(first.starts + timedelta(hours=3))}" in shown(anew)
    assert f"Now: {stamp(first.starts + timedelta(hours=4))}" in shown(anew)


async def test_changes_of_two_sessions_are_two_announcements(club: Club) -> None:
    olga = organiser(club)
    await create(club, olga)
    for place in (0, 1):
        choice = await next_choice(club, olga, place)
        await olga.slash(club.channel, "schedule skip", session=choice["value"])
    assert len(news(club)) == 3


async def test_undoing_a_move_takes_it_back(club: Club) -> None:
    olga = organiser(club)
    await create(club, olga)
    value = (await next_choice(club, olga))["value"]
    asked = await olga.slash(club.channel, "schedule move", session=value, to="20:00")
    moved = await press(olga, asked, "Save")
    await press(olga, moved, "Undo")
    (now,) = await clubs(club)
    assert now.timetable.changes == {}
    assert len(news(club)) == 2


async def test_undo_ends_after_ten_minutes_and_says_what_to_do_then(club: Club) -> None:
    olga = organiser(club)
    await create(club, olga)
    value = (await next_choice(club, olga))["value"]
    done = await olga.slash(club.channel, "schedule skip", session=value)
    await club.env.advance_time(11 * 60)
    assert "`/schedule skip` on the session lets it" in answer(await press(olga, done, "Undo"))
    again = await olga.slash(club.channel, "schedule skip", session=value)
    held = await press(olga, again, "Let it take place")
    assert "after all" in answer(held)
    (now,) = await clubs(club)
    assert now.timetable.changes == {}


async def test_an_answer_given_goes_along_with_the_move(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    first = made.next_session(club.env.now())
    assert first is not None
    bob = Actor(club.guild.id, club.bob.id, "bob")
    async with club.bot.services.signups._work.write() as unit:
        await unit.arrive(bob)
        row = await clubs_steps.session_row(unit, made, first)
        await sessions_answers.set_answer(
            unit.conn, club.guild.id, row, bob.user_id, Answer.GOING, unit.now
        )
    value = (await next_choice(club, olga))["value"]
    asked = await olga.slash(club.channel, "schedule move", session=value, to="20:00")
    assert "1 member is expected" in answer(asked)
    await press(olga, asked, "Save")
    seen = await club.bot.services.sessions.session(club.guild.id, made.id, first.original)
    assert seen.guests.going == (bob.user_id,)


async def test_an_edit_shows_what_differs_and_holds_from_the_session_on(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    _, second = made.timetable.sessions(club.env.now(), limit=2)
    form = await olga.slash(
        club.channel, "schedule edit", club="readers", session=f"{made.id}:{second.original}"
    )
    asked = await submit(
        club, olga, form, name="Readers II", when="Tuesdays 19:00 Berlin", length="60"
    )
    assert "Name: Readers → Readers II" in told(asked)
    assert "Every Tuesday at 19:00, Berlin time" in told(asked)
    assert "Length:" not in told(asked)
    assert (await clubs(club))[0].name == "Readers"
    await press(olga, asked, "Save")
    (now,) = await clubs(club)
    first, later = now.timetable.sessions(club.env.now(), limit=2)
    assert first.starts == made.timetable.sessions(club.env.now(), limit=1)[0].starts
    assert later.starts == second.starts + timedelta(hours=1)
    assert now.name == "Readers II"
    announced = shown(news(club)[-1])
    assert "A club has changed" in announced
    assert "every Tuesday at 18:00" in announced
    assert "every Tuesday at 19:00" in announced


async def test_who_saves_over_another_edit_first_sees_what_that_would_do(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    asked = []
    for name, length in (("Readers", "90"), ("Evening readers", "60")):
        form = await olga.slash(club.channel, "schedule edit", club=str(made.id))
        asked.append(await submit(club, olga, form, name=name, length=length))
    await press(olga, asked[0], "Save")
    again = await press(olga, asked[1], "Save")
    assert "Somebody has changed the club meanwhile" in told(again)
    assert "Length: 90 minutes → 60 minutes" in told(again)
    assert (await clubs(club))[0].name == "Readers"
    await press(olga, again, "Save")
    (now,) = await clubs(club)
    assert (now.name, now.length) == ("Evening readers", timedelta(hours=1))


async def test_a_form_sent_in_as_it_was_changes_nothing(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga, when="every 2 weeks on Tue and Thu 18:00 Berlin")
    form = await olga.slash(club.channel, "schedule edit", club=str(made.id))
    shows = controls(form)
    assert shows["name"]["value"] == "Readers"
    assert shows["when"]["value"] == "every 2 weeks on Tuesday and Thursday at 18:00, Berlin time"
    (chosen,) = shows["channel"]["default_values"]
    assert int(chosen["id"]) == club.channel.id
    asked = await submit(club, olga, form)
    assert told(asked) == "Nothing would change."
    with pytest.raises(AssertionError, match="no button"):
        pressing(message_of(asked), "Save")


async def test_pause_says_until_when_and_resume_brings_it_back(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    done = await olga.slash(club.channel, "schedule pause", club=str(made.id), until="in 3 weeks")
    assert "is paused until <t:" in answer(done)
    (paused,) = await clubs(club)
    pause = paused.pause_at(club.env.now())
    assert pause is not None
    assert pause.until is not None
    assert len(news(club)) == 2
    assert "is paused until" in shown(news(club)[-1])
    shown_to = await olga.slash(club.channel, "schedule show")
    assert "is paused until" in told(shown_to)
    resumed = await press(olga, shown_to, "Resume")
    assert "meets again" in answer(resumed)
    assert len(news(club)) == 2
    assert "A club meets again" in shown(news(club)[-1])
    again = await press(olga, done, "Resume")
    assert "not paused" in answer(again)


async def test_an_agenda_is_written_in_a_form_and_stands_on_the_card(club: Club) -> None:
    olga = organiser(club)
    await club_saved(club, olga)
    shown_to = await olga.slash(club.channel, "schedule show")
    form = await press(olga, shown_to, "Agenda")
    done = await olga.submit_modal(form, {"agenda": "Splines\n*Questions*"})
    assert "stands on the session's card" in answer(done)
    card = shown(await club_card(club))
    assert "**Agenda**" in card
    assert "Splines" in card
    assert "\\*Questions" in card
    again = await olga.submit_modal(await press(olga, shown_to, "Agenda"), {"agenda": " "})
    assert "has no agenda now" in answer(again)
    assert "Splines" not in shown(await club_card(club))
    seen = await club.alice.slash(club.channel, "schedule show")
    assert "Agenda" not in str(seen.response and seen.response.message.components)


async def club_card(club: Club) -> discord.Message:
    """The next session's card, posted anew."""
    await club.alice.slash(club.channel, "club next")
    return club.last


async def test_a_pause_without_an_end_is_until_further_notice(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    done = await olga.slash(club.channel, "schedule pause", club=str(made.id))
    assert "until further notice" in answer(done)
    assert "No session is to come" in answer(done)


async def test_an_end_is_asked_for_twice(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    asked = await olga.slash(club.channel, "schedule end", club="Readers")
    assert len(await clubs(club)) == 1
    done = await press(olga, asked, "End it")
    assert "has ended" in answer(done)
    assert await clubs(club) == ()
    assert "A club has ended" in shown(news(club)[-1])
    for pressed in (f"tc1:schedule-end:{made.id}", f"tc1:schedule-resume:{made.id}"):
        await post_button(club, pressed)
        late = await olga.click(club.last, custom_id=pressed)
        assert "has ended" in answer(late)


async def test_show_tells_rule_sessions_changes_and_members(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    await club.bot.services.clubs.join(Actor(club.guild.id, club.bob.id, "bob"), made.id)
    await olga.slash(
        club.channel, "schedule skip", session=(await next_choice(club, olga))["value"]
    )
    seen = await club.alice.slash(club.channel, "schedule show")
    embed = embed_of(seen)
    assert "Every Tuesday at 18:00, Berlin time" in told(seen)
    assert "skipped" in (embed.fields[0].value or "")
    assert embed.fields[1].value == f"<@{club.bob.id}>"
    assert ids_of(message_of(seen)) == []


async def test_of_several_clubs_one_must_be_named(club: Club) -> None:
    olga = organiser(club)
    await create(club, olga)
    await create(club, olga, "Others", when="Thursdays 18:00 Berlin")
    seen = await club.alice.slash(club.channel, "schedule show")
    assert "**Others** and **Readers**" in answer(seen)
    offered = await club.alice.autocomplete(club.channel, "schedule show", "club", "oth")
    assert [choice["name"] for choice in offered] == ["Others"]
    assert (
        embed_of(
            await club.alice.slash(club.channel, "schedule show", club=offered[0]["value"])
        ).title
        == "Others"
    )


async def test_the_news_open_the_coming_sessions_for_everybody(club: Club) -> None:
    await create(club, organiser(club))
    seen = await club.bob.click(news(club)[0], label="The coming sessions")
    assert embed_of(seen).title == "Readers"


async def test_only_organisers_may(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    value = (await next_choice(club, olga))["value"]
    for result in (
        await club.alice.slash(club.channel, "schedule create", name="Mine", when=WHEN),
        await club.alice.slash(club.channel, "schedule edit", club=str(made.id)),
        await club.alice.slash(club.channel, "schedule skip", session=value),
        await club.alice.slash(club.channel, "schedule move", session=value, to="20:00"),
        await club.alice.slash(club.channel, "schedule pause", club=str(made.id)),
        await club.alice.slash(club.channel, "schedule end", club=str(made.id)),
    ):
        assert "organiser" in said(result)
    key = value.replace(":", ":", 1)
    for pressed in (
        f"tc1:schedule-skip:{key}", f"tc1:schedule-unskip:{key}", f"tc1:schedule-end:{made.id}",
        f"tc1:schedule-move:{key}:203001011800", f"tc1:schedule-resume:{made.id}",
        f"tc1:schedule-draft:{made.id}:",
    ):  # fmt: skip
        await post_button(club, pressed)
        refused = await club.alice.click(club.last, custom_id=pressed)
        assert "organiser" in answer(refused), pressed
    assert (await clubs(club))[0] == made


@pytest.mark.parametrize(
    "pressed",
    [
        "schedule-save:0::1:", "schedule-save:1:2026-99-99:1:", "schedule-save:1::99999999999999:",
        "schedule-skip:1", "schedule-skip:1:tomorrow", "schedule-move:1:2026-12-08:999999999999",
        "schedule-move:1:2026-12-08:x", "schedule-draft:0:", "schedule-draft:99:",
        "schedule-news:99:rule", "schedule-unskip:1:1999-01-01", "schedule-skip:1:9999-12-31",
    ],
)  # fmt: skip
async def test_made_up_ids_are_answered_kindly(club: Club, pressed: str) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    await post_button(club, f"tc1:{pressed}")
    result = await olga.click(club.last, custom_id=f"tc1:{pressed}")
    assert answer(result)
    assert (await clubs(club))[0] == made


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("skip", {"session": "whenever"}, "Which session?"),
        ("skip", {"session": "1:2026-01-01"}, "no session of 1 January 2026"),
        ("skip", {"session": "999:2026-12-08"}, "not there"),
        ("move", {"session": "Readers", "to": "20:00"}, "Which session?"),
        ("edit", {"club": "nobody"}, ""),
        ("pause", {"club": "Readers", "until": "yesterday"}, ""),
        ("end", {"club": "nobody"}, ""),
    ],
)
async def test_what_cannot_be_is_refused_kindly(
    club: Club, command: str, options: dict[str, Any], words: str
) -> None:
    olga = organiser(club)
    made = await create(club, olga)
    refused = await olga.slash(club.channel, f"schedule {command}", **options)
    assert words.casefold() in answer(refused).casefold() or "gone" in answer(refused)
    assert (await clubs(club))[0] == made


async def test_a_move_into_another_session_is_refused_before_it_is_saved(club: Club) -> None:
    olga = organiser(club)
    made = await create(club, olga, when="Tue and Wed 18:00 Berlin")
    first = made.next_session(club.env.now())
    assert first is not None
    other = made.timetable.sessions(club.env.now(), limit=2)[1]
    asked = await olga.slash(
        club.channel, "schedule move", session=f"{made.id}:{first.original}",
        to=f"{other.wall:%Y-%m-%d %H:%M}",
    )  # fmt: skip
    assert "Another session of the club takes place then" in answer(asked)


async def test_a_channel_that_is_closed_keeps_the_change_and_is_told(club: Club) -> None:
    olga = organiser(club)
    await create(club, olga)
    value = (await next_choice(club, olga))["value"]
    elsewhere = club.guild.create_text_channel("elsewhere")
    forbid(club, send=False)
    done = await olga.slash(elsewhere, "schedule skip", session=value)
    assert "It could not be announced: I may not write in" in answer(done)
    (now,) = await clubs(club)
    assert len(now.timetable.changes) == 1
    assert now.trouble is not None
    seen = await olga.slash(elsewhere, "schedule show")
    assert "⚠ I may not write in its channel" in told(seen)
    forbid(club, send=True)
    undone = await press(olga, done, "Undo")
    assert "Announced in" in answer(undone)
    assert (await clubs(club))[0].trouble is None


async def test_a_club_cannot_be_made_where_nothing_can_be_announced(club: Club) -> None:
    olga = organiser(club)
    forbid(club, send=False)
    refused = await olga.slash(club.channel, "schedule create", name="Readers", when=WHEN)
    assert "Send Messages" in answer(refused)
    gone = club.guild.create_text_channel("gone")
    asked = await olga.slash(
        club.channel, "schedule create", name="Readers", when=WHEN, channel=gone
    )
    club.env.backend.delete_channel(gone.id)
    late = await press(olga, asked, "Save")
    assert "That channel is gone" in answer(late)
    assert await clubs(club) == ()


async def test_one_club_too_many_is_refused_before_anything_is_written(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga = organiser(club)
    await club_saved(club, olga)
    monkeypatch.setattr(clubs_organising, "MOST_CLUBS", 1)
    refused = await olga.slash(club.channel, "schedule create", name="Writers", when=WHEN)
    assert "as many as it can have" in said(refused)
    await post_button(club, "tc1:schedule-new")
    pressed = await olga.click(club.last, custom_id="tc1:schedule-new")
    assert "as many as it can have" in said(pressed)


async def test_discord_without_an_answer_does_not_undo_the_change(club: Club) -> None:
    olga = organiser(club)
    await create(club, olga)
    value = (await next_choice(club, olga))["value"]
    Shim(club, "lost")
    done = await olga.slash(club.channel, "schedule skip", session=value)
    assert "may be missing" in answer(done)
    undone = await press(olga, done, "Undo")
    assert "Announced in" in answer(undone)
    assert len(news(club)) == 2


async def test_a_clock_change_is_said(club: Club) -> None:
    olga = organiser(club)
    asked = await olga.slash(
        club.channel, "schedule create", name="Night owls",
        when="last Sunday monthly 02:30 Europe/Berlin from 1 March 2027 until 1 April 2027",
    )  # fmt: skip
    assert "The clocks go forward" in told(asked)
    await press(olga, asked, "Save")
    assert "The clocks go forward" in shown(news(club)[-1])
