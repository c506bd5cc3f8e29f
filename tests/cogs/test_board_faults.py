"""What Discord loses, hides or refuses leaves one board, and no silence."""

from __future__ import annotations

from typing import Any

import discord
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from tests.cogs.conftest import Club
from tests.cogs.test_boards import board_messages, post, shown, stored
from tests.cogs.test_signups import organiser, sign_up


class Shim:
    """What Discord does with messages to one channel: in order of its plan, then as ever.

    "lost": delivered, but nobody hears of it. "failed": not delivered. A nonce that was seen
    before delivers nothing, as in Discord's first minutes.
    """

    def __init__(self, club: Club, *plan: str) -> None:
        self.plan = list(plan)
        self.nonces: dict[str, Any] = {}
        http = club.bot.http
        original = http.request

        async def request(route: Any, **options: Any) -> Any:
            path = f"/channels/{club.channel.id}/messages"
            if route.method != "POST" or not route.url.endswith(path):
                return await original(route, **options)
            fate = self.plan.pop(0) if self.plan else "delivered"
            if fate == "failed":
                raise TimeoutError
            nonce = options["json"]["nonce"]
            if nonce not in self.nonces:
                self.nonces[nonce] = await original(route, **options)
            if fate == "lost":
                raise TimeoutError
            return self.nonces[nonce]

        http.request = request  # type: ignore[method-assign]  # the one place a fault can be put


async def test_a_board_stands_without_a_clock_moving(club: Club) -> None:
    await organiser(club).slash(club.channel, "board post")
    assert len(board_messages(club)) == 1


async def test_a_board_deleted_at_once_is_posted_anew_under_another_nonce(club: Club) -> None:
    shim = Shim(club)
    await post(club, organiser(club))
    (old,) = board_messages(club)
    club.env.backend.delete_message(club.channel.id, old.id)
    await sign_up(club, club.alice)
    await club.env.advance_time(30)
    assert len(board_messages(club)) == 1
    assert len(shim.nonces) == 2


async def test_a_board_that_takes_no_edit_is_replaced_and_not_doubled(club: Club) -> None:
    await post(club, organiser(club))
    (old,) = board_messages(club)
    await club.env.advance_time(4000)
    pattern = f"/channels/{club.channel.id}/messages/*"
    club.env.inject_error("PATCH", pattern, status=400, code=30046)
    await sign_up(club, club.alice)
    await club.env.advance_time(120)
    (new,) = board_messages(club)
    assert new.id != old.id
    assert "alice" in shown(new)


async def test_one_that_can_be_neither_edited_nor_deleted_is_not_doubled(club: Club) -> None:
    await post(club, organiser(club))
    await club.env.advance_time(4000)
    pattern = f"/channels/{club.channel.id}/messages/*"
    club.env.inject_error("PATCH", pattern, status=400, code=30046, times=None)
    club.env.inject_error("DELETE", pattern, status=400, code=50083, times=None)
    await sign_up(club, club.alice)
    await club.env.advance_time(120)
    assert len(board_messages(club)) == 1


async def test_where_history_is_hidden_a_lost_board_is_not_posted_blindly(club: Club) -> None:
    shim = Shim(club, "lost", "failed", "failed", "failed")
    await post(club, organiser(club))
    bot_id = club.env.backend.bot_user.id
    hidden = discord.Permissions(read_message_history=True).value
    club.env.backend.set_overwrite(
        club.channel.id, Overwrite(bot_id, OverwriteType.MEMBER, deny=hidden)
    )
    shim.nonces.clear()  # Discord remembers them for minutes only
    await club.env.advance_time(600)
    assert len(board_messages(club)) == 1
    (board,) = await stored(club)
    assert board.trouble is not None


async def test_a_lost_board_is_found_again(club: Club) -> None:
    shim = Shim(club, "lost")
    await post(club, organiser(club))
    shim.nonces.clear()
    await club.env.advance_time(600)
    (message,) = board_messages(club)
    (board,) = await stored(club)
    assert board.message_id == message.id


async def test_a_right_that_is_taken_away_is_told_to_whoever_posted(club: Club) -> None:
    olga = organiser(club)
    await post(club, olga)
    await club.env.advance_time(10)
    pattern = f"/channels/{club.channel.id}/messages/*"
    club.env.inject_error("PATCH", pattern, status=403, code=50013, times=None)
    await sign_up(club, club.alice)
    await club.env.advance_time(10)
    (board,) = await stored(club)
    assert board.trouble is not None
    told = await olga.slash(club.channel, "help")
    assert any(f"<#{club.channel.id}>" in said.content for said in told.followups)
