"""``/split`` from its first word to its last, by members who press."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.app import open_bot
from bot.catalogue import read_catalogue
from bot.domain.members import Actor
from bot.domain.rounds import Preview, RoundUnit, Sent, Terms
from bot.render.words import Words
from bot.settings import Settings
from bot.storage import guilds, round_pairs, rounds
from bot.ui.pictures import Pictures
from cogs.split._views import compose
from tests.cogs.conftest import Club, running
from tests.cogs.test_boards import shown
from tests.cogs.test_coverage import gallery, message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser, said, state_of
from tests.services.conftest import GUILD, Group, group_at
from tests.services.rounds import Splitters

CIRCUITS, FRAMEWORK, PDLT = "zoom-in-2020", "framework-2021", "pdlt-book"


def ids_of(message: discord.Message) -> list[str]:
    """Every id there is to press, in order."""
    found: list[str] = re.findall(
        r"tc1:[a-z-]+[^']*", str([c.to_dict() for c in message.components])
    )
    return found


def pressing(message: discord.Message, action: str) -> str:
    """The id of the first control that means this."""
    return next(each for each in ids_of(message) if each.startswith(f"tc1:{action}:"))


async def start(club: Club, **options: Any) -> tuple[simcord.MemberActor, discord.Message]:
    """A round whose panel stands in the channel."""
    olga = organiser(club)
    done = await olga.slash(club.channel, "split start", **options)
    assert "The panel is on its way" in said(done)
    await club.env.advance_time(2)
    return olga, club.last


async def press(
    club: Club, who: simcord.MemberActor, message: discord.Message, action: str, **more: Any
) -> simcord.InteractionResult:
    return await who.click(message, custom_id=pressing(message, action), **more)


async def join(
    club: Club,
    who: simcord.MemberActor,
    panel: discord.Message,
    first: str | None = None,
    also: Iterable[str] = (),
    **fields: Any,
) -> simcord.InteractionResult:
    form = await press(club, who, panel, "split-join")
    wanted: dict[str, Any] = {"also": list(also), **fields}
    if first is not None:
        wanted["first"] = [first]
    return await who.submit_modal(form, {name: value for name, value in wanted.items() if value})


async def eight(club: Club, panel: discord.Message) -> list[simcord.MemberActor]:
    """Eight who want the same two theories; the first also wants the longest book."""
    names = ("carol", "dave", "eve", "frank", "grace", "heidi")
    new = [club.guild.add_member(club.env.create_user(name)) for name in names]
    members = [club.alice, club.bob, *new]
    for n, who in enumerate(members):
        await join(club, who, panel, CIRCUITS, [FRAMEWORK, PDLT] if n == 0 else [FRAMEWORK])
    return members


async def unlimited(club: Club) -> None:
    async with club.bot.services.signups._work.write() as unit:
        await guilds.ensure_guild(unit.conn, club.guild.id, unit.now)
        await guilds.set_limits(unit.conn, club.guild.id, 2, 100)


async def signed_up(club: Club, who: simcord.MemberActor) -> set[str]:
    papers = [p.id for t in club.bot.services.catalogues.shipped for p in t.primary_papers]
    return {paper for paper in papers if await state_of(club, who.id, paper) is not None}


async def test_from_the_same_two_to_all_nine(club: Club) -> None:
    await unlimited(club)
    olga, panel = await start(club)
    assert "9 theories, 2 papers each, to be read in 6 weeks" in shown(panel)
    members = await eight(club, panel)
    await club.env.advance_time(10)
    panel = club.last
    assert "**8 are in:** alice, bob, carol" in shown(panel)

    seen = message_of(await press(club, olga, panel, "split-organise"))
    text = shown(seen)
    assert "**9 of 9** have a reader here (known) and **7** have 2 (met)" in text
    assert "as broad as **8.7** theories read equally often" in text
    assert "took just what they wished for: 2 known, 2 met, as broad as 2.0." in text
    assert "no split can know more or meet more: that is proved" in text
    alt = gallery(seen)["description"]
    table = re.findall(r"([A-Z][\w' …]+?) +(\d+) +(\d+) +(\d+)(?=\\n)", text)
    assert len(table) == 9
    assert all(f"{a}, {b}, {c}" in alt for _, a, b, c in table)
    assert sum(int(row[3]) for row in table) == 16

    done = await press(club, olga, seen, "split-publish")
    assert "for 8 members something changes" in said(done)
    for who in members:
        assert len(await signed_up(club, who)) == 2


async def published(
    club: Club,
) -> tuple[simcord.MemberActor, discord.Message, list[simcord.MemberActor]]:
    await unlimited(club)
    olga, panel = await start(club)
    members = await eight(club, panel)
    seen = message_of(await press(club, olga, panel, "split-organise"))
    await press(club, olga, seen, "split-publish")
    await club.env.advance_time(10)
    return olga, panel, members


async def test_accept_as_one_and_swap_as_another(club: Club) -> None:
    _, panel, members = await published(club)
    mine = await press(club, club.alice, panel, "split-mine")
    card = message_of(mine)
    assert mine.ephemeral
    assert "2 papers are yours this round" in shown(card)
    assert "Nobody here has read it." in shown(card)
    accepted = message_of(await press(club, club.alice, card, "split-accept"))
    assert shown(accepted).count("accepted") == 2
    assert not [each for each in ids_of(accepted) if "split-accept" in each]

    swapped = False
    for who in members[1:]:
        card = message_of(await press(club, who, panel, "split-mine"))
        for custom_id in [each for each in ids_of(card) if each.startswith("tc1:split-swap:")]:
            offered = message_of(await who.click(card, custom_id=custom_id))
            before = await signed_up(club, who)
            if not [each for each in ids_of(offered) if "split-take" in each]:
                assert "without the group knowing or meeting less" in offered.content
                continue
            (menu,) = offered.components[0].children  # type: ignore[union-attr]  # a row
            assert isinstance(menu, discord.SelectMenu)
            chosen = menu.options[0].value
            await who.select(offered, [chosen], custom_id=menu.custom_id)
            after = await signed_up(club, who)
            assert after - before == {chosen}
            assert len(after) == 2
            swapped = True
            break
        if swapped:
            break
    assert swapped


async def test_who_leaves_takes_no_other_promise_along(club: Club) -> None:
    olga, panel, members = await published(club)
    for who in members:
        card = message_of(await press(club, who, panel, "split-mine"))
        await press(club, who, card, "split-accept")
    before = {who.id: await signed_up(club, who) for who in members}
    asked = await press(club, club.bob, panel, "split-leave")
    assert "These go back" in said(asked)
    left = await press(club, club.bob, message_of(asked), "split-leave")
    assert "Not this time, then" in said(left)
    seen = message_of(await olga.slash(club.channel, "split adjust"))
    assert "The split, as it would be changed" in shown(seen)
    assert "Nothing changes: everybody keeps what they have." in shown(seen)
    for who in members:
        wanted = set() if who is club.bob else before[who.id]
        assert await signed_up(club, who) == wanted


async def test_a_late_one_is_given_something_at_the_next_change(club: Club) -> None:
    olga, panel, _ = await published(club)
    late = club.guild.add_member(club.env.create_user("zoe"))
    answer = await join(club, late, panel, PDLT)
    assert "at its next change" in said(answer)
    mine = await press(club, late, panel, "split-mine")
    assert "the next change of the split may bring you something" in said(mine)
    seen = message_of(await olga.slash(club.channel, "split adjust"))
    assert re.search(r"zoe: \+ .*PDLT|zoe: \+ ", shown(seen))
    await press(club, olga, seen, "split-publish")
    assert PDLT in await signed_up(club, late)


async def test_too_much_gives_one_back(club: Club) -> None:
    _, panel, _ = await published(club)
    card = message_of(await press(club, club.bob, panel, "split-mine"))
    done = await press(club, club.bob, card, "split-back")
    assert "back in the pool" in shown(message_of(done))
    assert len(await signed_up(club, club.bob)) == 1
    (only,) = [each for each in ids_of(message_of(done)) if "split-back" in each]
    await post_button(club, pressing(card, "split-back"))
    again = await club.bob.click(club.last, custom_id=pressing(card, "split-back"))
    assert "That paper is not yours in this round" in said(again)
    gone = await club.bob.click(message_of(done), custom_id=only)
    assert "back in the pool" in said(gone)
    mine = await press(club, club.bob, panel, "split-mine")
    assert "nothing more comes this round" in said(mine)


async def test_a_change_underneath_is_shown_before_anything_is_published(club: Club) -> None:
    olga, panel = await start(club)
    await join(club, club.alice, panel, CIRCUITS)
    seen = message_of(await press(club, olga, panel, "split-organise"))
    await club.alice.slash(club.channel, "signup", paper="tqnn")
    again = await press(club, olga, seen, "split-publish")
    assert "nothing is published yet" in shown(message_of(again))
    assert await signed_up(club, club.alice) == {"tqnn-2022"}
    done = await press(club, olga, message_of(again), "split-publish")
    assert "for 1 member something changes" in said(done)


async def test_of_two_organisers_one_publishes(club: Club) -> None:
    olga, panel = await start(club)
    await join(club, club.alice, panel)
    seen = message_of(await press(club, olga, panel, "split-organise"))
    await press(club, olga, seen, "split-publish")
    second = await press(club, olga, seen, "split-publish")
    assert "It is published already" in said(second)
    by_command = await olga.slash(club.channel, "split publish")
    assert "It is published already" in said(by_command)


async def test_publish_by_command_takes_what_was_looked_at(club: Club) -> None:
    olga, panel = await start(club)
    await join(club, club.alice, panel)
    unseen = await olga.slash(club.channel, "split publish")
    assert "nothing is published yet" in shown(message_of(unseen))
    done = await olga.slash(club.channel, "split publish")
    assert "Published: for 1 member" in said(done)


async def test_wishes_are_kept_and_what_is_read_is_logged(club: Club) -> None:
    _, panel = await start(club)
    answer = await join(
        club, club.alice, panel, CIRCUITS, [FRAMEWORK],
        **{"rather-not": ["tqnn-2022"], "read": ["bahri-2020"], "amount": "many"},
    )  # fmt: skip
    text = said(answer)
    assert "first choice: **Circuits" in text or "first choice: **" in text
    assert "logged as read" in text
    assert "I could not read your number" in text
    form = await press(club, club.alice, panel, "split-join")
    assert form.modal is not None
    told = str(form.modal.to_dict()) if hasattr(form.modal, "to_dict") else str(form.modal)
    assert told
    mine = await press(club, club.alice, panel, "split-mine")
    assert "What you are given is shown here once it is published" in said(mine)
    gone = await press(club, club.alice, panel, "split-leave")
    assert "Not this time" in said(gone)
    twice = await press(club, club.alice, panel, "split-leave")
    assert "there is nothing to do" in said(twice)


async def test_forged_wishes_are_dropped_and_said(club: Club) -> None:
    _, panel = await start(club)
    form = await press(club, club.alice, panel, "split-join")
    assert form.modal is not None
    async with club.bot.services.signups._work.read() as conn:
        found = await rounds.live_round(conn, club.guild.id)
    assert found is not None
    who = Actor(club.guild.id, club.alice.id, "alice")
    joined = await club.bot.services.round_answers.join(
        who, found.id, Sent(("nope",), (CIRCUITS, CIRCUITS, "x" * 90), (CIRCUITS,))
    )
    assert joined.tidied.unknown == 2
    assert joined.tidied.dropped == (CIRCUITS,)


async def test_only_organisers_may(club: Club) -> None:
    refused = await club.alice.slash(club.channel, "split start")
    assert "organiser" in said(refused)
    _, panel = await start(club)
    await join(club, club.alice, panel)
    for result in (
        await press(club, club.alice, panel, "split-organise"),
        await club.alice.slash(club.channel, "split adjust"),
        await club.alice.slash(club.channel, "split publish"),
        await club.alice.slash(club.channel, "split cancel"),
    ):
        assert "organiser" in said(result)
    mine = await club.alice.slash(club.channel, "split show")
    assert "You are in." in said(mine)


async def test_without_a_round_everything_says_how_to_begin(club: Club) -> None:
    olga = organiser(club)
    for command in ("split show", "split adjust", "split publish", "split cancel"):
        assert "`/split start`" in said(await olga.slash(club.channel, command))
    assert "`/split start`" in said(await club.alice.slash(club.channel, "split show"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"each": 2, "hours": 3}, "cannot both be the measure"),
        ({"deadline": "yesterday"}, "must lie ahead"),
        ({"deadline": "🦊"}, "I cannot read a date in `deadline`"),
        ({"deadline": "in 2 years"}, "within 90 days"),
        ({"topic": "astrology"}, "topic"),
    ],
)
async def test_what_cannot_be_is_refused_kindly(
    club: Club, options: dict[str, Any], words: str
) -> None:
    olga = organiser(club)
    assert words in said(await olga.slash(club.channel, "split start", **options))


async def test_one_round_at_a_time_and_its_end(club: Club) -> None:
    olga, panel = await start(club, hours=2, weeks=4, of="papers", deadline="in 3 days")
    assert "2 hours a week for 4 weeks" in shown(panel)
    again = await olga.slash(club.channel, "split start")
    assert "Wishes are being collected already" in said(again)
    asked = await olga.slash(club.channel, "split cancel")
    assert "Shall the round end?" in said(asked)
    await press(club, olga, message_of(asked), "split-cancel")
    await club.env.advance_time(10)
    over = club.last
    assert "This round is over" in shown(over)
    assert not ids_of(over)
    await post_button(club, "tc1:split-mine:1")
    stale = await club.alice.click(club.last, custom_id="tc1:split-mine:1")
    assert "That round is over" in said(stale)


async def test_short_seats_are_raised_by_a_press(club: Club) -> None:
    async with club.bot.services.signups._work.write() as unit:
        await guilds.ensure_guild(unit.conn, club.guild.id, unit.now)
        await guilds.set_limits(unit.conn, club.guild.id, 2, 1)
    olga, panel = await start(club, each=5)
    for who in (club.alice, club.bob):
        await join(club, who, panel)
    seen = message_of(await press(club, olga, panel, "split-organise"))
    assert "**Seats are short.**" in shown(seen)
    raised = message_of(await press(club, olga, seen, "split-seats"))
    assert "**Seats are short.**" not in shown(raised)
    await press(club, olga, raised, "split-publish")
    assert len(await signed_up(club, club.alice)) == 5
    assert len(await signed_up(club, club.bob)) == 5


async def test_the_deadline_is_told_to_who_began(club: Club) -> None:
    olga, _ = await start(club, deadline="in 1 hour")
    await club.env.advance_time(3700)
    over = club.last
    assert "The time to answer is over" in shown(over)
    await olga.slash(club.channel, "help")
    await club.env.advance_time(5)
    told = [
        r for r in club.env.http_requests if "The time to answer the split is over" in str(r.json)
    ]
    assert len(told) == 1


async def test_all_of_it_lives_through_a_restart(settings: Settings) -> None:
    async with running(settings) as club:
        olga, panel = await start(club)
        await join(club, club.alice, panel, CIRCUITS)
        seen = message_of(await press(club, olga, panel, "split-organise"))
        seen_id = pressing(seen, "split-publish")
        number = int(seen_id.split(":")[2])
        async with club.bot.services.signups._work.read() as conn:
            draft = await round_pairs.draft(conn, club.guild.id, number)
        assert len(draft) == 2
        guild_id, alice_id = club.guild.id, club.alice.id
    async with open_bot(settings) as again:
        who = Actor(guild_id, 7, "olga", manages=True)
        changed = await again.services.splitting.publish(who, number, seen_id.split(":")[3])
        assert {int(member) for member, _ in changed.added} == {alice_id}


async def test_in_a_direct_message_my_reading_opens_too(club: Club) -> None:
    olga, panel = await start(club)
    answer = await join(club, club.alice, panel, CIRCUITS)
    await club.alice.click(message_of(answer), custom_id="tc1:dm:yes")
    seen = message_of(await press(club, olga, panel, "split-organise"))
    await press(club, olga, seen, "split-publish")
    await club.env.advance_time(30)
    sent = [r for r in club.env.http_requests if "you have something to read" in str(r.json)]
    assert len(sent) == 1
    assert f"tc1:split-mine:1:{club.guild.id}" in str(sent[0].json)


async def test_an_unknown_slack_and_foreign_numbers_change_nothing(club: Club) -> None:
    olga, panel = await start(club)
    await join(club, club.alice, panel)
    for custom_id in (
        "tc1:split-keeps:1:maybe", "tc1:split-organise:99", "tc1:split-publish:1:0000",
        "tc1:split-mine:99", "tc1:split-swap:1:nope:1", "tc1:split-take:1:nope:1",
        "tc1:split-slack:1", "tc1:split-seats:99", "tc1:split-cancel:99:yes",
    ):  # fmt: skip
        await post_button(club, custom_id)
        result = await olga.click(club.last, custom_id=custom_id)
        assert result.acknowledged, custom_id
    async with club.bot.services.signups._work.read() as conn:
        found = await rounds.live_round(conn, club.guild.id)
    assert found is not None
    assert await signed_up(club, club.alice) == set()


class Crowded:
    """A preview of a large group whose members have the longest names there are."""

    def __init__(self, group: Group) -> None:
        self.splitters = Splitters(group)

    async def preview(self, members: int) -> Preview:
        await self.splitters.start(Terms(RoundUnit.PAPERS, each=5), seats=100)
        async with self.splitters.group.work.write() as unit:
            for n in range(members):
                who = Actor(GUILD, 500 + n, ("*_~[](@everyone)👩‍👩‍👧‍👦" * 9)[:32])
                await unit.arrive(who)
        for n in range(members):
            form = Sent(first=(CIRCUITS,), rather_not=(FRAMEWORK,))
            who = Actor(GUILD, 500 + n, ("*_~[](@everyone)👩‍👩‍👧‍👦" * 9)[:32])
            await self.splitters.answers.join(who, self.splitters.round_id, form)
        await self.splitters.preview()
        for n in range(0, members, 3):
            who = Actor(GUILD, 500 + n, "x")
            await self.splitters.answers.leave(who, self.splitters.round_id)
        return await self.splitters.preview()


@pytest.mark.parametrize("members", [9, 60])
async def test_a_large_group_fits_discords_messages(
    tmp_path: Path, founding: Path, members: int
) -> None:
    async with group_at(tmp_path / "club.sqlite3", read_catalogue(founding)) as group:
        preview = await Crowded(group).preview(members)
        lines = ""
        for page in range(9):
            view, _ = await compose(preview, page, Pictures(), Words())
            assert view.content_length() <= 4000
            assert view.total_children_count <= 40
            lines += json.dumps(view.to_components())  # type: ignore[no-untyped-call]  # discord.py's
    assert lines.count("everyone") >= len(preview.facts.participants)
