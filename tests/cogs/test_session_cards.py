"""Every card of a session shows what was said on another one, or nowhere near it."""

from __future__ import annotations

from datetime import timedelta

import discord

from tests.cogs.clubs import boss, found_club, now, show, to_start
from tests.cogs.conftest import Club
from tests.cogs.test_boards import shown
from tests.cogs.test_split import ids_of

SETTLED = 10


def current(club: Club, message: discord.Message) -> discord.Message:
    return next(each for each in club.channel.history() if each.id == message.id)


async def test_cards_follow_each_other_and_what_changes_elsewhere(club: Club) -> None:
    readers = await found_club(club)
    coming = readers.next_session(now(club))
    assert coming is not None
    first, second = await show(club, club.alice), await show(club, club.bob)
    going = next(each for each in ids_of(first) if each.endswith(":going"))
    await club.alice.click(first, custom_id=going)
    assert "alice" not in shown(current(club, second))
    await club.env.advance_time(SETTLED)
    assert "**Going (1):** alice" in shown(current(club, second))
    edits = len([r for r in club.env.http_requests if r.method == "PATCH"])
    club.env.backend.delete_message(club.channel.id, second.id)
    await club.bot.services.session_organising.set_presenter(
        boss(club), readers.id, coming.original, club.bob.id, "bob"
    )
    await club.env.advance_time(SETTLED)
    assert "bob" in shown(current(club, first))
    await to_start(club, readers, timedelta(minutes=1))
    assert "session-attend" in str(ids_of(current(club, first)))
    # What was deleted is not posted anew, and nothing is edited without need.
    assert second.id not in [message.id for message in club.channel.history()]
    sent = [r for r in club.env.http_requests if r.method == "PATCH"][edits:]
    assert len([r for r in sent if f"/messages/{first.id}" in r.path]) <= 3
