"""Boards: one living message each, whatever happens to it or to its channel."""

from __future__ import annotations

import discord
import simcord

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.domain.boards import Board
from bot.domain.living import MessageTrouble
from bot.settings import Settings
from bot.storage import boards
from bot.storage.tables import board
from tests.cogs.conftest import PATIENCE, Club
from tests.cogs.test_signups import organiser, said, sign_up, state_of

SETTLED = 6


def shown(message: discord.Message) -> str:
    """All text and labels of a message made of components."""
    return str([part.to_dict() for part in message.components])


def board_messages(
    club: Club, channel: simcord.ChannelHandle | None = None
) -> list[discord.Message]:
    return [
        m for m in (channel or club.channel).history() if m.components and "Organise" in shown(m)
    ]


async def post(
    club: Club, who: simcord.MemberActor, **options: object
) -> simcord.InteractionResult:
    result = await who.slash(club.channel, "board post", **options)
    await club.env.advance_time(1)
    return result


async def stored(club: Club) -> list[Board]:
    async with club.bot.services.boards._work.read() as conn:
        rows = await conn.execute(board.select())
        ids = [row.id for row in rows]
        found = [await boards.board_with(conn, club.guild.id, board_id) for board_id in ids]
    return [one for one in found if one is not None]


def edits(club: Club) -> int:
    return len(
        [r for r in club.env.http_requests if r.method == "PATCH" and "/messages/" in r.path]
    )


async def test_an_organiser_posts_a_board_and_it_follows_what_happens(club: Club) -> None:
    olga = organiser(club)
    assert "on its way" in said(await post(club, olga))
    (message,) = board_messages(club)
    assert "A Spline Theory of Deep Learning" in shown(message)
    await sign_up(club, club.alice)
    await club.env.advance_time(SETTLED)
    (message,) = board_messages(club)
    assert "2 of 3 seats free" in shown(message)
    assert "alice" in shown(message)
    await club.bob.select(message, ["spline-icml2018"], custom_id="tc1:sign-up")
    assert await state_of(club, club.bob.id) is not None
    await club.env.advance_time(SETTLED)
    assert "1 of 3 seats free" in shown(board_messages(club)[0])


async def test_only_organisers_post_boards(club: Club) -> None:
    assert "Only organisers" in said(await post(club, club.alice))
    assert not await stored(club)


async def test_a_burst_of_changes_is_one_edit(club: Club) -> None:
    olga = organiser(club)
    await post(club, olga)
    await club.env.advance_time(SETTLED)
    before = edits(club)
    for _ in range(3):
        await sign_up(club, club.alice)
        await club.alice.slash(club.channel, "withdraw", paper="A Spline Theory of Deep Learning")
    await sign_up(club, club.bob)
    await club.env.advance_time(60)
    assert 1 <= edits(club) - before <= 2


async def test_a_change_that_shows_nothing_new_sends_nothing(club: Club) -> None:
    await post(club, organiser(club))
    await club.env.advance_time(SETTLED)
    before = edits(club)
    await sign_up(club, club.alice)
    await club.alice.slash(club.channel, "withdraw", paper="A Spline Theory of Deep Learning")
    await club.env.advance_time(0.1)
    await club.env.advance_time(60)
    assert edits(club) - before in (0, 2)


async def test_a_deleted_board_is_posted_anew_once(club: Club) -> None:
    await post(club, organiser(club))
    (message,) = board_messages(club)
    club.env.backend.delete_message(club.channel.id, message.id)
    assert not board_messages(club)
    await sign_up(club, club.alice)
    await club.env.advance_time(30)
    assert len(board_messages(club)) == 1
    assert "alice" in shown(board_messages(club)[0])


async def test_the_same_board_again_moves_down(club: Club) -> None:
    olga = organiser(club)
    await post(club, olga)
    (first,) = board_messages(club)
    await post(club, olga)
    (second,) = board_messages(club)
    assert second.id > first.id
    assert len(await stored(club)) == 1


async def test_a_lost_channel_is_flagged_and_its_organiser_told(club: Club) -> None:
    olga = organiser(club)
    elsewhere = club.guild.create_text_channel("boards")
    await post(club, olga, channel=elsewhere)
    assert len(board_messages(club, elsewhere)) == 1
    await club.env.advance_time(SETTLED)
    club.env.backend.delete_channel(elsewhere.id)
    await sign_up(club, club.alice)
    await club.env.advance_time(30)
    (one,) = await stored(club)
    assert one.trouble is MessageTrouble.CHANNEL_GONE
    (told,) = (await olga.slash(club.channel, "help")).followups
    assert "is gone" in told.content


async def test_a_board_lives_through_a_restart(settings: Settings) -> None:
    async with open_bot(settings) as first:
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, first)
        await post(club, organiser(club))
        await env.advance_time(SETTLED)
        (message,) = board_messages(club)
        async with open_bot(settings) as second:
            await env.restart_bot(second)
            club.bot = second
            await club.bob.select(message, ["spline-icml2018"], custom_id="tc1:sign-up")
            await env.advance_time(SETTLED)
            (after,) = board_messages(club)
            assert after.id == message.id
            assert "bob" in shown(after)
            await env.shutdown()


async def test_an_organiser_takes_a_board_down(club: Club) -> None:
    olga = organiser(club)
    answer = await post(club, olga)
    assert answer.response is not None
    refused = await club.bob.slash(club.channel, "help")
    assert refused.ephemeral
    await olga.click(answer.response.message, label="Remove this board")
    assert not board_messages(club)
    assert not await stored(club)


async def test_a_board_of_one_theory_or_topic(club: Club) -> None:
    olga = organiser(club)
    await post(club, olga, theory="tropical")
    assert "A Spline Theory" not in shown(board_messages(club)[0])
    await post(club, olga, theory="Tropical Geometry")
    assert len(await stored(club)) == 2
    unknown = await post(club, olga, theory="🦊")
    assert "I know no theory by" in said(unknown)


async def test_names_do_nothing_on_a_board(club: Club) -> None:
    mallory = club.guild.add_member(
        club.env.create_user("mallory", global_name="@everyone [x](https://e.org)")
    )
    await post(club, organiser(club))
    await sign_up(club, mallory)
    await club.env.advance_time(SETTLED)
    text = shown(board_messages(club)[0])
    assert "@everyone" not in text
    assert "](https://e.org)" not in text
