"""Sessions among the scheduled events of a simulated server."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import datetime, time, timedelta
from typing import TypeVar

import discord
import simcord

from bot.domain.clubs import Club as ReadingClub
from bot.domain.clubs import ClubDraft, Place
from bot.domain.members import Actor
from bot.domain.schedule import Recurrence, Series
from tests.cogs.conftest import Club

T = TypeVar("T")
PAPER = "spline-icml2018"
LINK = "https://meet.example.org/room"


def anna(club: Club) -> Actor:
    return Actor(club.guild.id, club.alice.id, "alice", manages=True)


async def do(club: Club, step: Awaitable[T]) -> T:
    """A step at the simulated time, which is not that of the test."""
    with club.env.time_context():
        return await step


async def found(
    club: Club, place: Place | None = None, name: str = "Readers @everyone"
) -> ReadingClub:
    """A club that meets every Tuesday, and its events a moment later."""
    start = club.env.now().date() + timedelta(days=1)
    series = Series(Recurrence((1,), time(18), 1), "Europe/Berlin", start)
    draft = ClubDraft(name, series, club.channel.id, place or Place())
    made = await do(club, club.bot.services.club_organising.create(anna(club), draft))
    await club.env.advance_time(3)
    return made


async def say_events(club: Club) -> None:
    """Every text of an event, and what is said where events cannot be made."""
    made = await found(club, name="Ω")
    organising = club.bot.services.session_organising
    coming = made.held.taking_place(club.env.now(), 2)
    for session in coming:
        await do(club, organising.set_paper(anna(club), made.id, session.original, PAPER))
    await do(
        club,
        organising.set_presenter(anna(club), made.id, coming[0].original, club.bob.id, "bob"),
    )
    await club.env.advance_time(3)
    for code in (50013, 30038):
        club.env.inject_error("POST", "/guilds/*/scheduled-events", status=400, code=code)
        await found(club, name=f"Ω {code}")
        await club.alice.slash(club.channel, "help")
    await club.env.advance_time(3)


def events(club: Club) -> list[discord.ScheduledEvent]:
    """Those that are to come or run, as the client knows them."""
    guild = club.bot.get_guild(club.guild.id)
    assert guild is not None
    open_ = (discord.EventStatus.scheduled, discord.EventStatus.active)
    return sorted(
        (event for event in guild.scheduled_events if event.status in open_),
        key=lambda event: event.start_time,
    )


def requests(club: Club, method: str) -> list[simcord.HttpLogEntry]:
    return [
        each
        for each in club.env.http_requests
        if each.method == method and "scheduled-events" in each.path
    ]


async def test_sessions_are_created_as_external_events(club: Club) -> None:
    made = await found(club, Place.at(LINK))
    expected = made.held.taking_place(club.env.now(), 4)
    assert [event.start_time for event in events(club)] == [one.starts for one in expected]
    for event in events(club):
        assert event.entity_type is discord.EntityType.external
        assert event.location == LINK
        assert event.end_time == event.start_time + timedelta(hours=1)
        assert event.name == "Readers @everyone"
        assert event.description is not None
        assert event.description.split()[-1].startswith("tc-")
    assert {(request.json or {})["privacy_level"] for request in requests(club, "POST")} == {2}


async def test_a_club_without_a_link_meets_in_its_channel(club: Club) -> None:
    await found(club)
    (first, *_) = events(club)
    assert first.location == "#reading-club"
    assert f"<#{club.channel.id}>" in str(first.description)


async def test_a_move_edits_the_event_and_a_skip_cancels_it(club: Club) -> None:
    made = await found(club)
    organising = club.bot.services.session_organising
    first, second, *_ = made.held.taking_place(club.env.now(), 4)
    ids = [event.id for event in events(club)]
    to = datetime.combine(first.original, time(20, 30))
    await do(club, organising.move(anna(club), made.id, first.original, to))
    await do(club, organising.skip(anna(club), made.id, second.original))
    await club.env.advance_time(3)
    assert [event.id for event in events(club)[:3]] == [ids[0], ids[2], ids[3]]
    assert events(club)[0].start_time == first.starts + timedelta(hours=2, minutes=30)
    assert len(events(club)) == 4
    assert len(requests(club, "POST")) == 5


async def test_paper_and_presenter_stand_in_the_event(club: Club) -> None:
    made = await found(club)
    (first, *_) = made.held.taking_place(club.env.now(), 1)
    organising = club.bot.services.session_organising
    await do(club, organising.set_paper(anna(club), made.id, first.original, PAPER))
    await do(
        club, organising.set_presenter(anna(club), made.id, first.original, club.bob.id, "b*o*b")
    )
    await club.env.advance_time(3)
    (event, *_) = events(club)
    assert "Spline" in event.name
    assert "Presenter: b\\*o\\*b" in str(event.description)
    assert "Spline" in str(event.description)


async def test_an_event_deleted_by_hand_comes_back_but_not_at_once(club: Club) -> None:
    await found(club)
    (first, *rest) = events(club)
    await do(club, first.delete())
    await club.env.advance_time(50)
    assert [event.id for event in events(club)] == [event.id for event in rest]
    await club.env.advance_time(15)
    assert [event.start_time for event in events(club)] == [
        first.start_time,
        *(event.start_time for event in rest),
    ]


async def test_an_event_edited_by_hand_is_put_right(club: Club) -> None:
    await found(club)
    (first, *_) = events(club)
    before = (first.name, first.location, first.start_time)
    await do(club, first.edit(name="Party", location="the roof", description="come all"))
    await club.env.advance_time(70)
    (now, *_) = events(club)
    assert (now.id, now.name, now.location, now.start_time) == (first.id, *before)
    assert len(events(club)) == 4


async def test_a_session_that_runs_ends_with_its_club(club: Club) -> None:
    made = await found(club)
    (first, *_) = events(club)
    gap = (first.start_time - club.env.now()).total_seconds()
    await club.env.advance_time(gap + 60)
    assert events(club)[0].status is discord.EventStatus.active
    await do(club, club.bot.services.club_organising.end(anna(club), made.id))
    await club.env.advance_time(3)
    assert not events(club)


async def test_who_is_interested_is_known_with_the_session(club: Club) -> None:
    made = await found(club)
    (first, *_) = events(club)
    await club.alice.subscribe_event(first.id)
    await club.bob.subscribe_event(first.id)
    await club.env.advance_time(24 * 3600)
    session = await do(club, club.bot.services.sessions.next_session(club.guild.id, made.id))
    assert session is not None
    assert session.session.interested == 2


async def test_without_the_permission_who_made_the_club_is_told_once(club: Club) -> None:
    club.env.inject_error("POST", "/guilds/*/scheduled-events", status=403, code=50013, times=None)
    await found(club)
    await club.env.advance_time(2 * 24 * 3600)
    assert not events(club)
    assert len(requests(club, "POST")) == 3
    (told,) = (await club.alice.slash(club.channel, "help")).followups
    assert "may not make scheduled events" in told.message.content
