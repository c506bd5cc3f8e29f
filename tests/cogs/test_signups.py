"""``/signup``, ``/withdraw`` and their buttons, as members press them."""

from __future__ import annotations

from datetime import timedelta

import discord
import pytest
import simcord

from bot.domain.signups import SignupState
from bot.storage import guilds, signups, standings
from tests.cogs.conftest import Club
from tests.cogs.test_presses import post_button
from tests.cogs.test_theory import labels

SPLINE, TITLE = "spline-icml2018", "A Spline Theory of Deep Learning"


def said(result: simcord.InteractionResult) -> str:
    """The private answer in words."""
    assert result.ephemeral
    assert result.response is not None
    return result.response.content


async def set_seats(club: Club, seats: int) -> None:
    async with club.bot.services.signups._work.write() as unit:
        await guilds.ensure_guild(unit.conn, club.guild.id, unit.now)
        await standings.set_seats(unit.conn, club.guild.id, SPLINE, seats)


async def state_of(club: Club, user_id: int, paper_id: str = SPLINE) -> SignupState | None:
    async with club.bot.services.signups._work.read() as conn:
        found = await signups.live_signup(conn, club.guild.id, user_id, paper_id)
    return None if found is None else found.state


async def sign_up(club: Club, who: simcord.MemberActor) -> simcord.InteractionResult:
    return await who.slash(club.channel, "signup", paper=TITLE)


async def test_one_signs_up_by_title_and_gives_it_back(club: Club) -> None:
    result = await sign_up(club, club.alice)
    assert "You are signed up for" in said(result)
    assert await state_of(club, club.alice.id) is SignupState.OPEN
    assert result.response is not None
    back = await club.alice.click(result.response.message, label="Give back")
    assert "back in the pool" in said(back)
    assert await state_of(club, club.alice.id) is None
    again = await club.alice.click(result.response.message, label="Give back")
    assert "nothing like that here for you" in said(again)


async def test_an_author_or_a_number_will_do(club: Club) -> None:
    assert "Mad Max" in said(await club.alice.slash(club.channel, "signup", paper="1805.06576"))


async def test_an_unknown_paper_says_what_to_do(club: Club) -> None:
    result = await club.alice.slash(club.channel, "signup", paper="🦊 @everyone")
    assert "I know no such paper" in said(result)


async def test_whether_the_bot_may_write_is_asked_once(club: Club) -> None:
    first = await sign_up(club, club.alice)
    assert "May I write to you" in said(first)
    assert first.response is not None
    agreed = await club.alice.click(first.response.message, label="Yes, by DM")
    assert "I will write to you" in said(agreed)
    second = await club.alice.slash(club.channel, "signup", paper="zoom in")
    assert "May I write" not in said(second)


async def test_a_full_paper_offers_to_wait_and_two_others(club: Club) -> None:
    await set_seats(club, 1)
    await sign_up(club, club.alice)
    full = await sign_up(club, club.bob)
    assert "Its only seat is taken" in said(full)
    assert full.response is not None
    offered = labels(full.response.message)
    assert offered[0] == "Wait for a seat"
    assert len([label for label in offered if label.startswith("Read ")]) == 2
    waits = await club.bob.click(full.response.message, label="Wait for a seat")
    assert "first in line" in said(waits)
    assert await state_of(club, club.bob.id) is SignupState.WAITING


async def test_at_the_limit_one_is_shown_what_to_give_back(club: Club) -> None:
    await sign_up(club, club.alice)
    await club.alice.slash(club.channel, "signup", paper="zoom in")
    third = await club.alice.slash(club.channel, "signup", paper="tqnn")
    assert "You have 2 sign-ups open, the limit here" in said(third)
    assert third.response is not None
    await club.alice.click(third.response.message, label=f"Give back {TITLE}")
    fourth = await club.alice.slash(club.channel, "signup", paper="tqnn")
    assert "You are signed up" in said(fourth)


async def freed_seat_for_bob(club: Club, answer: str) -> None:
    """Bob waits for the only seat, has said whether by DM, and Alice gives it back."""
    await set_seats(club, 1)
    await sign_up(club, club.alice)
    full = await sign_up(club, club.bob)
    assert full.response is not None
    await club.bob.click(full.response.message, label="Wait for a seat")
    await post_button(club, f"tc1:dm:{answer}")
    await club.bob.click(club.last, custom_id=f"tc1:dm:{answer}")
    await club.alice.slash(club.channel, "withdraw", paper=TITLE)
    await club.env.advance_time(2)


async def test_a_freed_seat_is_offered_by_dm_and_taken_there(club: Club) -> None:
    await freed_seat_for_bob(club, "yes")
    message = club.bob.user.dm_channel.last_message
    assert message is not None
    assert "is yours if you want it" in message.content
    taken = await club.bob.user.click(message, label="Take it")
    assert taken.response is not None
    assert "You are signed up for" in taken.response.content
    assert await state_of(club, club.bob.id) is SignupState.OPEN


async def test_who_wants_no_dm_is_told_at_the_next_occasion_once(club: Club) -> None:
    await freed_seat_for_bob(club, "no")
    assert club.bob.user.dm_channel.last_message is None
    occasion = await club.bob.slash(club.channel, "help")
    (told,) = occasion.followups
    assert "is yours if you want it" in told.content
    assert told.message.flags.ephemeral
    assert not (await club.bob.slash(club.channel, "help")).followups
    assert not (await club.alice.slash(club.channel, "help")).followups
    taken = await club.bob.click(told.message, label="Take it")
    assert "You are signed up for" in said(taken)


async def test_an_offer_nobody_takes_goes_on_after_a_day(club: Club) -> None:
    await freed_seat_for_bob(club, "yes")
    await club.env.advance_time(timedelta(hours=25).total_seconds())
    assert await state_of(club, club.bob.id) is None
    message = club.bob.user.dm_channel.last_message
    assert message is not None
    assert "is over. Sign up again" in message.content


async def test_a_silent_reader_is_asked_by_dm_and_answers_there(club: Club) -> None:
    first = await sign_up(club, club.alice)
    assert first.response is not None
    await club.alice.click(first.response.message, label="Yes, by DM")
    await club.env.advance_time(timedelta(days=11).total_seconds())
    message = club.alice.user.dm_channel.last_message
    assert message is not None
    assert "How is" in message.content
    answered = await club.alice.user.click(message, label="+3 days")
    assert answered.response is not None
    assert "is yours until" in answered.response.content
    muted = await club.alice.user.click(message, label="Mute this")
    assert muted.response is not None
    assert "no direct messages" in muted.response.content


@pytest.mark.parametrize(
    "forged",
    [
        "tc1:offer-take:1", "tc1:offer-leave:1", "tc1:check-in:1:pass-on", "tc1:offer-take:999999999999999999",
        "tc1:offer-take:-1", "tc1:check-in:1:no-such-answer", "tc1:withdraw:spline-icml2018",
        "tc1:withdraw:no-such-paper", "tc1:sign-up:no-such-paper", "tc1:wait:no-such-paper",
        "tc1:signup-remove:1", "tc1:signup-extend:1", "tc1:organise", "tc1:organise-paper:spline-icml2018",
        "tc1:seats:spline-icml2018", "tc1:limits", "tc1:assign:spline-icml2018", "tc1:dm:unasked",
    ],
)  # fmt: skip
async def test_nobody_touches_what_is_not_theirs(club: Club, forged: str) -> None:
    await sign_up(club, club.alice)
    await post_button(club, forged)
    result = await club.bob.click(club.last, custom_id=forged)
    assert any(
        refusal in said(result)
        for refusal in ("nothing like that", "from an older message", "Only organisers")
    )
    assert await state_of(club, club.alice.id) is SignupState.OPEN
    assert await state_of(club, club.bob.id) is None


async def test_suggestions_are_what_is_needed_and_what_is_ones_own(club: Club) -> None:
    needed = await club.alice.autocomplete(club.channel, "signup", "paper", "")
    assert needed[0]["value"] == TITLE
    assert not await club.alice.autocomplete(club.channel, "withdraw", "paper", "")
    await sign_up(club, club.alice)
    own = await club.alice.autocomplete(club.channel, "withdraw", "paper", "")
    assert [choice["value"] for choice in own] == [TITLE]


def organiser(club: Club) -> simcord.MemberActor:
    role = club.guild.create_role("Organiser", permissions=discord.Permissions(manage_guild=True))
    return club.guild.add_member(club.env.create_user("olga"), roles=[role])


async def test_organisers_remove_extend_assign_and_set_limits(club: Club) -> None:
    olga = organiser(club)
    await sign_up(club, club.alice)
    await post_button(club, "tc1:organise")
    panel = await olga.click(club.last, custom_id="tc1:organise")
    assert "may have 2 sign-ups open" in said(panel)
    assert panel.response is not None
    one = await olga.select(panel.response.message, [SPLINE], custom_id="tc1:organise-paper")
    assert "1 of 3 seats taken" in said(one)
    assert one.response is not None
    form = await olga.click(one.response.message, label="Seats")
    sent = await olga.submit_modal(form, {"seats": "1"})
    assert "It has 1 seat now" in said(sent)
    refused = await olga.submit_modal(
        await olga.click(one.response.message, label="Seats"), {"seats": "0x1"}
    )
    assert "whole number from 1 to 100" in said(refused)
    chosen = await olga.select(one.response.message, ["1"], custom_id="tc1:organise-signup")
    assert chosen.response is not None
    assert "Three more days" in said(await olga.click(chosen.response.message, label="+3 days"))
    await olga.click(chosen.response.message, label="Remove")
    assert await state_of(club, club.alice.id) is None
    asks = await olga.click(one.response.message, label="Assign")
    assert asks.response is not None
    kept = await olga.select(asks.response.message, [club.bob], custom_id=f"tc1:assign:{SPLINE}")
    assert "kept for **bob**" in said(kept)
    assert await state_of(club, club.bob.id) is SignupState.OFFERED
    limits = await olga.click(panel.response.message, label="Limits")
    done = await olga.submit_modal(limits, {"open": "5", "seats": "4"})
    assert "may have 5 sign-ups open now" in said(done)


async def test_a_seat_is_not_kept_for_somebody_who_has_left(club: Club) -> None:
    carol = club.guild.add_member(club.env.create_user("carol"))
    await set_seats(club, 1)
    await sign_up(club, club.alice)
    for member in (club.bob, carol):
        full = await sign_up(club, member)
        assert full.response is not None
        await member.click(full.response.message, label="Wait for a seat")
    club.env.backend.remove_member(club.guild.id, club.bob.id)
    await club.alice.slash(club.channel, "withdraw", paper=TITLE)
    await club.env.advance_time(5)
    assert await state_of(club, club.bob.id) is SignupState.WAITING
    assert await state_of(club, carol.id) is SignupState.OFFERED
