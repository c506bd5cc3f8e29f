"""Small mercies of signing up: what is asked, said and shown where it would be missed."""

from __future__ import annotations

from bot.domain.signups import SignupState
from tests.cogs.conftest import Club
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import (
    SPLINE,
    TITLE,
    freed_seat_for_bob,
    organiser,
    said,
    set_seats,
    sign_up,
    state_of,
)
from tests.cogs.test_theory import labels


async def test_who_left_takes_no_seat_from_a_direct_message(club: Club) -> None:
    await freed_seat_for_bob(club, "yes")
    message = club.bob.user.dm_channel.last_message
    assert message is not None
    assert message.content.startswith("**Reading group**\n")
    club.env.backend.remove_member(club.guild.id, club.bob.id)
    pressed = await club.bob.user.click(message, label="Take it")
    assert pressed.response is not None
    assert "nothing like that here" in pressed.response.content
    assert await state_of(club, club.bob.id) is SignupState.OFFERED


async def test_who_waits_is_asked_about_direct_messages_and_can_stop_waiting(club: Club) -> None:
    await set_seats(club, 1)
    await sign_up(club, club.alice)
    full = await sign_up(club, club.bob)
    assert full.response is not None
    waits = await club.bob.click(full.response.message, label="Wait for a seat")
    assert "May I write to you" in said(waits)
    assert waits.response is not None
    await club.bob.click(waits.response.message, label="Stop waiting")
    assert await state_of(club, club.bob.id) is None


async def test_making_room_leads_back_to_what_one_wanted(club: Club) -> None:
    await sign_up(club, club.alice)
    await club.alice.slash(club.channel, "signup", paper="zoom in")
    third = await club.alice.slash(club.channel, "signup", paper="tqnn")
    assert third.response is not None
    await club.alice.click(third.response.message, label=f"Give back {TITLE}")
    done = await club.alice.click(third.response.message, label="Then sign up")
    assert "You are signed up for" in said(done)


async def test_giving_back_what_one_has_not_names_what_one_has(club: Club) -> None:
    await sign_up(club, club.alice)
    answer = said(await club.alice.slash(club.channel, "withdraw", paper="tropical"))
    assert "You are not signed up for" in answer
    assert TITLE in answer


async def test_reported_notes_stand_in_the_organisers_panel(club: Club) -> None:
    olga = organiser(club)
    note = await club.alice.submit_modal(
        await club.alice.slash(club.channel, "note add", paper=TITLE),
        {"kind": "claim", "text": "Everything is a spline."},
    )
    assert note.response is not None
    await club.alice.click(note.response.message, label="Share with the server")
    for action in ("note-report:1", "note-report-yes:1"):
        await post_button(club, f"tc1:{action}")
        await club.bob.click(club.last, custom_id=f"tc1:{action}")
    await post_button(club, "tc1:organise")
    panel = await olga.click(club.last, custom_id="tc1:organise")
    assert panel.response is not None
    opened = await olga.select(panel.response.message, ["1"], custom_id="tc1:note-open")
    assert opened.response is not None
    assert "Everything is a spline." in str(opened.response.embeds[0].description)


async def test_assigning_twice_speaks_of_the_other_one(club: Club) -> None:
    olga = organiser(club)
    await post_button(club, f"tc1:assign:{SPLINE}")
    asks = await olga.click(club.last, custom_id=f"tc1:assign:{SPLINE}")
    assert asks.response is not None
    for _ in range(2):
        answer = await olga.select(
            asks.response.message, [club.bob], custom_id=f"tc1:assign:{SPLINE}"
        )
    assert "They have signed up for it already" in said(answer)


async def test_a_correction_below_read_offers_the_seat_again(club: Club) -> None:
    await sign_up(club, club.alice)
    for depth in ("understood", "reading"):
        answer = await club.alice.submit_modal(
            await club.alice.slash(club.channel, "progress log", paper=TITLE), {"depth": depth}
        )
    assert answer.response is not None
    assert "Sign up" in labels(answer.response.message)
