"""Teach-back and *Who can explain this?*, pressed by members."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import discord
import pytest
import simcord
import sqlalchemy as sa

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.domain.members import DmConsent
from bot.domain.notices import NoticeKind
from bot.settings import Settings
from bot.storage import notices, teaching
from bot.storage.tables import member
from tests.cogs.conftest import PATIENCE, Club
from tests.cogs.test_presses import post_button
from tests.cogs.test_theory import labels, read

PAPER = "zoom-in-2020"
HOSTILE = "@everyone <@1> [x](https://evil) **b** \u202e`c` </a:1> " + "y" * 4000


async def press(
    actor: simcord.MemberActor, club: Club, custom_id: str
) -> simcord.InteractionResult:
    await post_button(club, custom_id)
    return await actor.click(club.last, custom_id=custom_id)


async def offered(club: Club) -> discord.Message:
    """Alice's public offer to explain the paper."""
    await read(club, club.guild.id, club.alice.id, PAPER, "understood")
    await press(club.alice, club, f"tc1:explain-offer:{PAPER}")
    return club.last


def said(result: simcord.InteractionResult) -> str:
    assert result.response is not None
    assert result.ephemeral
    return result.response.content


async def told(club: Club, user_id: int) -> list[tuple[NoticeKind, str | None]]:
    async with club.bot.services.lookup._database.read() as conn:
        found = await notices.waiting_notices(conn, club.guild.id, user_id, club.env.now())
    return [(notice.kind, notice.detail) for notice in found]


async def taught(club: Club) -> int:
    async with club.bot.services.lookup._database.read() as conn:
        return (await teaching.taught(conn, club.guild.id, [PAPER]))[PAPER]


async def opt_in(club: Club, user_id: int, name: str = "alice", **values: Any) -> None:
    await read(club, club.guild.id, user_id, PAPER, "understood")
    async with club.bot.services.lookup._database.write() as conn:
        await conn.execute(
            sa.update(member)
            .where(member.c.guild_id == club.guild.id, member.c.user_id == user_id)
            .values(explains=True, display_name=name, **values)
        )


async def test_an_offer_stands_in_the_channel_for_everybody(club: Club) -> None:
    offer = await offered(club)
    assert offer.content == (
        "**alice** offers to explain *Zoom In: An Introduction to Circuits*. It takes 15 minutes: "
        "listen in, then say how it went."
    )
    assert labels(offer) == ["I could now explain it", "A step was unclear", "Close"]
    assert not offer.flags.ephemeral


async def test_one_offers_from_ones_own_progress_what_one_understands(club: Club) -> None:
    await read(club, club.guild.id, club.alice.id, "bahri-2020", "read")
    await read(club, club.guild.id, club.alice.id, PAPER, "almost")
    mine = await club.alice.slash(club.channel, "progress me")
    assert mine.response is not None
    offers = [label for label in labels(mine.response.message) if label.startswith("Offer to")]
    assert len(offers) == 1
    await club.alice.click(mine.response.message, label=offers[0])
    assert "Zoom In" in club.last.content
    assert not club.last.flags.ephemeral


async def test_a_listener_confirms_and_the_explainer_hears_of_it(club: Club) -> None:
    offer = await offered(club)
    thanks = await club.bob.click(offer, label="I could now explain it")
    assert "you could explain" in said(thanks)
    assert await taught(club) == 1
    assert await told(club, club.alice.id) == [(NoticeKind.EXPLANATION_HEARD, None)]


async def test_a_second_press_says_that_it_is_recorded(club: Club) -> None:
    offer = await offered(club)
    await club.bob.click(offer, label="I could now explain it")
    again = await club.bob.click(offer, label="I could now explain it")
    assert "recorded already" in said(again)
    assert await taught(club) == 1


async def test_nobody_confirms_themselves(club: Club) -> None:
    offer = await offered(club)
    for label in ("I could now explain it", "A step was unclear"):
        assert "your own offer" in said(await club.alice.click(offer, label=label))
    assert await taught(club) == 0


async def test_an_unclear_step_is_asked_for_in_a_form_and_passed_on(club: Club) -> None:
    offer = await offered(club)
    asked = await club.bob.click(offer, label="A step was unclear")
    answer = await club.bob.submit_modal(asked, {"step": "why *features* rotate"})
    assert "“why \\*features\\* rotate”" in said(answer)
    assert await told(club, club.alice.id) == [
        (NoticeKind.EXPLANATION_HEARD, "why *features* rotate")
    ]
    await club.bob.click(offer, label="I could now explain it")
    assert await taught(club) == 1


async def test_two_open_forms_do_not_mix(club: Club) -> None:
    offer = await offered(club)
    carol = club.guild.add_member(club.env.create_user("carol"))
    of_bob = await club.bob.click(offer, label="A step was unclear")
    of_carol = await carol.click(offer, label="A step was unclear")
    assert "“from carol”" in said(await carol.submit_modal(of_carol, {"step": "from carol"}))
    assert "“from bob”" in said(await club.bob.submit_modal(of_bob, {"step": "from bob"}))


async def test_a_hostile_step_stays_harmless(club: Club) -> None:
    offer = await offered(club)
    asked = await club.bob.click(offer, label="A step was unclear")
    answer = said(await club.bob.submit_modal(asked, {"step": HOSTILE[:300]}))
    for live in ("@everyone", "<@1>", "[x](", "\u202e", "</a:1>"):
        assert live not in answer


async def test_offers_work_after_a_restart(settings: Settings) -> None:
    async with open_bot(settings) as first:
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, first)
        offer = await offered(club)
        form = await club.bob.click(offer, label="A step was unclear")
        async with open_bot(settings) as second:
            await env.restart_bot(second)
            club.bot = second
            answer = await club.bob.submit_modal(form, {"step": "the middle"})
            assert "“the middle”" in said(answer)
            await club.bob.click(offer, label="I could now explain it")
            assert await taught(club) == 1
            await env.shutdown()


async def test_a_second_offer_is_not_posted_and_the_first_can_be_closed(club: Club) -> None:
    offer = await offered(club)
    before = len(club.channel.history(viewer=club.bob))
    again = await press(club.alice, club, f"tc1:explain-offer:{PAPER}")
    assert "open already" in said(again)
    assert len(club.channel.history(viewer=club.bob)) == before + 1  # the pressed panel alone
    assert again.response is not None
    await club.alice.click(again.response.message, label="Close")
    late = await club.bob.click(offer, label="I could now explain it")
    assert "This offer is closed" in said(late)
    assert await taught(club) == 0


async def test_the_explainer_closes_the_offer_for_everybody_to_see(club: Club) -> None:
    offer = await offered(club)
    await club.alice.click(offer, label="Close")
    assert club.last.content == "This offer to explain is closed."
    assert not labels(club.last)


async def test_others_cannot_close_it(club: Club) -> None:
    offer = await offered(club)
    assert "or an organiser" in said(await club.bob.click(offer, label="Close"))
    await club.bob.click(offer, label="I could now explain it")
    assert await taught(club) == 1


async def test_an_offer_without_an_answer_is_over_after_fourteen_days(club: Club) -> None:
    offer = await offered(club)
    await club.env.advance_time(14 * 24 * 3600)
    for label in ("I could now explain it", "A step was unclear"):
        assert "This offer is closed" in said(await club.bob.click(offer, label=label))


async def test_what_is_not_read_is_logged_first(club: Club) -> None:
    answer = await press(club.bob, club, f"tc1:explain-offer:{PAPER}")
    assert "`/progress log`" in said(answer)


async def test_another_servers_offer_is_not_found_here(club: Club) -> None:
    other = club.env.create_guild("Another group")
    room = other.create_text_channel("elsewhere")
    bob = other.add_member(club.env.create_user("bert"))
    await offered(club)
    channel = club.bot.get_channel(room.id)
    assert isinstance(channel, discord.TextChannel)
    for forged in ("explain-heard:1:clear", "explain-heard:1:unclear", "explain-close:1"):
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="press", custom_id=f"tc1:{forged}"))
        view.stop()
        panel = await channel.send("a panel", view=view)
        result = await bob.click(panel, custom_id=f"tc1:{forged}")
        assert "nothing like that here" in said(result)
    assert await taught(club) == 0


@pytest.mark.parametrize(
    "forged",
    [
        "explain-heard:999:clear", "explain-heard:999:unclear", "explain-close:999",
        "explain-offer:no-such-paper", f"explain-ask:{PAPER}:1234567890123456789",
        "explain-ask:no-such-paper:1", f"explain-ask:{PAPER}:0",
    ],
)  # fmt: skip
async def test_what_is_not_there_is_not_found(club: Club, forged: str) -> None:
    assert "nothing like that here" in said(await press(club.bob, club, f"tc1:{forged}"))


@pytest.mark.parametrize(
    "forged",
    [
        "explain-heard:1", "explain-heard:x:clear", "explain-heard:1:perhaps", "explain-who:nothing",
        "explain-who", "explain-offer", "explain-ask:x", f"explain-ask:{PAPER}:{2**63}",
        "explain-opt:maybe", "explain-opt", "explain-close",
    ],
)  # fmt: skip
async def test_a_malformed_button_is_an_old_one(club: Club, forged: str) -> None:
    assert "from an older message" in said(await press(club.bob, club, f"tc1:{forged}"))


async def test_who_can_explain_it_is_named_and_asked_with_one_tap(club: Club) -> None:
    await opt_in(club, club.alice.id)
    found = await press(club.bob, club, "tc1:explain-who:circuits")
    assert "**alice**" in said(found)
    assert found.response is not None
    asked = await club.bob.click(found.response.message, label="Ask alice")
    assert "**alice** is told privately" in said(asked)
    assert await told(club, club.alice.id) == [(NoticeKind.ASKED_TO_EXPLAIN, None)]
    again = await club.bob.click(found.response.message, label="Ask alice")
    assert "You asked them already" in said(again)
    assert len(await told(club, club.alice.id)) == 1


async def test_a_question_comes_by_direct_message_and_can_be_the_last_one(club: Club) -> None:
    await opt_in(club, club.alice.id, dm=DmConsent.YES)
    found = await press(club.bob, club, "tc1:explain-who:circuits")
    assert found.response is not None
    await club.bob.click(found.response.message, label="Ask alice")
    await club.env.advance_time(60)
    asked = club.alice.user.dm_channel.last_message
    assert asked is not None
    assert "**bob** would like to hear you explain" in asked.content
    assert "Offer a slot" not in labels(asked)  # it would stand where nobody can listen in
    assert "`/progress me`" in asked.content
    await club.alice.user.click(asked, label="Do not list me")
    found = await press(club.bob, club, "tc1:explain-who:circuits")
    assert "alice" not in said(found)


async def test_who_opted_out_meanwhile_is_not_asked(club: Club) -> None:
    await opt_in(club, club.alice.id)
    found = await press(club.bob, club, "tc1:explain-who:circuits")
    await press(club.alice, club, "tc1:explain-opt:out")
    assert found.response is not None
    asked = await club.bob.click(found.response.message, label="Ask alice")
    assert "nothing like that here" in said(asked)
    assert not await told(club, club.alice.id)


async def test_nobody_to_ask_is_an_invitation(club: Club) -> None:
    found = await press(club.bob, club, "tc1:explain-who:circuits")
    assert "you could be the first" in said(found)
    assert found.response is not None
    assert not labels(found.response.message)


async def test_who_could_explain_it_is_invited_to_be_asked_and_can_stop(club: Club) -> None:
    await read(club, club.guild.id, club.bob.id, PAPER, "almost")
    found = await press(club.bob, club, "tc1:explain-who:circuits")
    assert "You could explain it too" in said(found)
    assert found.response is not None
    joined = await club.bob.click(found.response.message, label="Let others ask me")
    seen = await press(club.alice, club, "tc1:explain-who:circuits")
    assert "**bob**" in said(seen)
    assert joined.response is not None
    await club.bob.click(joined.response.message, label="Do not list me")
    seen = await press(club.alice, club, "tc1:explain-who:circuits")
    assert "**bob**" not in said(seen)


async def test_who_is_away_is_not_listed(club: Club) -> None:
    day = 24 * 3600
    await opt_in(club, club.alice.id, away_from=later(club, -day), away_until=later(club, day))
    assert "alice" not in said(await press(club.bob, club, "tc1:explain-who:circuits"))
    await club.env.advance_time(day)
    assert "alice" in said(await press(club.bob, club, "tc1:explain-who:circuits"))


def later(club: Club, seconds: int) -> datetime:
    return club.env.now() + timedelta(seconds=seconds)


async def test_names_are_shown_as_they_are_and_do_nothing(club: Club) -> None:
    evil = club.guild.add_member(club.env.create_user("evil"))
    await opt_in(club, evil.id, "@everyone **x** [y](https://evil)\u202e")
    found = await press(club.bob, club, "tc1:explain-who:circuits")
    content = said(found)
    for live in ("@everyone", "[y](", "\u202e"):
        assert live not in content
    assert found.response is not None
    assert "Ask @everyone **x** [y](https://evil)" in labels(found.response.message)


async def test_ten_names_and_how_many_more(club: Club) -> None:
    for number in range(1, 14):
        await opt_in(club, number)
    found = await press(club.bob, club, "tc1:explain-who:circuits")
    assert "3 more" in said(found)
    assert found.response is not None
    assert len(labels(found.response.message)) == 10


async def test_a_slow_store_is_acknowledged_in_time(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = await offered(club)
    use_cases = club.bot.services.teaching
    for name in ("say_clear", "listen", "who_can_explain"):
        original = getattr(use_cases, name)

        async def slowed(*arguments: Any, _original: Any = original) -> Any:
            await asyncio.sleep(5)
            return await _original(*arguments)

        monkeypatch.setattr(use_cases, name, slowed)
    form = await club.bob.click(offer, label="A step was unclear")
    await club.env.advance_time(10)
    assert form.modal is not None
    clear = await club.bob.click(offer, label="I could now explain it")
    await club.env.advance_time(10)
    assert clear.acknowledged
    assert await taught(club) == 1
    refused = await club.bob.submit_modal(form, {"step": "too late"})
    assert "recorded already" in said(refused)
