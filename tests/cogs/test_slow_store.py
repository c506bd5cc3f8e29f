"""Whatever is asked of a slow database: Discord hears from the bot within three seconds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
import simcord

from bot.domain.members import Actor
from bot.domain.notes import NoteKind
from bot.services import note_steps
from bot.storage.engine import Database
from bot.ui import reply as replying
from tests.cogs.conftest import Club
from tests.cogs.test_foreign_ids import batches, post_all, proposals_of_alice, session_of_alice
from tests.cogs.test_presses import card_of, post_button
from tests.cogs.test_signups import SPLINE, organiser, sign_up
from tests.cogs.test_theory import shown


async def test_a_press_while_the_store_is_slow_is_acknowledged_in_time(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await card_of(club)
    slow_down(club, monkeypatch)
    pressed = await club.alice.click(message, label="All works")
    await club.env.advance_time(10)
    assert pressed.acknowledged
    assert any("Main works" in str(field.name) for field in club.last.embeds[0].fields)


@pytest.mark.parametrize("private", [True, False])
async def test_a_command_while_the_store_is_slow_is_acknowledged_in_time(
    club: Club, monkeypatch: pytest.MonkeyPatch, private: bool
) -> None:
    slow_down(club, monkeypatch)
    asked = await club.alice.slash(club.channel, "theory", name="spline", private=private)
    await club.env.advance_time(10)
    assert asked.ephemeral is private
    assert "Spline" in str(shown(asked).title)
    listed = await club.alice.slash(club.channel, "theories")
    await club.env.advance_time(10)
    assert "Theories" in str(shown(listed).title)


async def test_a_slow_miss_is_answered_privately_all_the_same(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_down(club, monkeypatch)
    asked = await club.alice.slash(club.channel, "theory", name="quantum knitting society")
    await club.env.advance_time(10)
    (answer,) = asked.followups
    assert "propose it" in answer.content
    assert answer.message.flags.ephemeral
    assert not club.channel.history(viewer=club.bob)


@pytest.mark.parametrize(
    "pressed", ["board-post", "newcomer-post", "setup-test", "organise-signup", "schedule-news:1"]
)
async def test_what_is_looked_up_before_anything_else_may_be_slow_too(
    club: Club, monkeypatch: pytest.MonkeyPatch, pressed: str
) -> None:
    olga = organiser(club)
    await post_button(club, f"tc1:{pressed}")
    message, services = club.last, club.bot.services
    slow_down(club, monkeypatch, services.boards, "require_organiser")
    slow_down(club, monkeypatch, services.guild_settings, "setup", "rules")
    slow_down(club, monkeypatch, services.organising, "rules")
    slow_down(club, monkeypatch, services.clubs, "club")
    result = await olga.click(message, custom_id=f"tc1:{pressed}")
    await club.env.advance_time(20)
    assert result.acknowledged
    (answer,) = result.followups
    assert answer.content
    assert answer.message.flags.ephemeral


async def test_a_form_that_comes_too_late_is_offered_once_more(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every press and command that opens a form: one kind answer while slow, the form when not."""
    olga = organiser(club)
    organising, own, commands = await openers(club, olga)
    tries: list[tuple[str, Try]] = []
    for who, ids in ((olga, organising), (club.alice, own)):
        for message, some in zip(
            await post_all(club, club.channel, ids), batches(ids), strict=True
        ):
            tries += [(one, partial(who.click, message, custom_id=one)) for one in some]
    tries += commands
    for what, attempt in tries:
        with monkeypatch.context() as slowed:
            slow_store(slowed)
            slow_down(club, slowed, club.bot.services.lookup, "named", seconds=0.1)
            slow_down(club, slowed, club.bot.services.papers, "get", "find", seconds=0.1)
            late = await attempt()
        assert late.acknowledged, what
        assert late.modal is None, what
        heard: list[Any] = late.followups or [late.response]
        (answer,) = heard
        assert "took too long" in answer.content, what
        assert answer.message.flags.ephemeral, what
        assert (await attempt()).modal is not None, what
        if what in ("note add", "progress log"):
            again = await club.alice.click(answer.message, label="Open the form")
            assert again.modal is not None, what


Try = Callable[[], Awaitable[simcord.InteractionResult]]


async def openers(
    club: Club, olga: simcord.MemberActor
) -> tuple[list[str], list[str], list[tuple[str, Try]]]:
    """What opens a form after a look into the store: for an organiser, for Alice, by command."""
    await sign_up(club, club.alice)
    await olga.slash(club.channel, "split start", each=2)
    session = await session_of_alice(club)
    await proposals_of_alice(club)
    alice = Actor(club.guild.id, club.alice.id, "alice")
    async with club.bot.services.signups._work.write() as unit:
        await note_steps.add(unit, alice, SPLINE, NoteKind.CLAIM, "a claim", 7)
    number = session.partition(":")[0]
    organising = [
        f"seats:{SPLINE}", "limits", f"session-agenda:{session}", f"session-recap:{session}",
        "schedule-new", f"schedule-draft:{number}:", "setup-numbers", "setup-other-zone",
        "entry-part:main:paper:late", "proposal-ask:1",
    ]  # fmt: skip
    own = [
        "split-join:1", "note-edit:1:0", f"note-add:{SPLINE}", f"remind-quiet:{club.guild.id}",
        "me-zone", "newcomer-join", f"log:{SPLINE}", "log-theory:spline",
        "entry-part:main:proposal:1",
    ]  # fmt: skip
    message, here = await club.bob.send(club.channel, "Depth buys orientation."), club.channel
    commands: list[tuple[str, Try]] = [
        ("note add", partial(club.alice.slash, here, "note add", paper="1805.06576")),
        ("add-paper", partial(club.alice.slash, here, "catalogue add-paper", theory="spline")),
        ("schedule edit", partial(olga.slash, here, "schedule edit", club="Presenters")),
        ("progress log", partial(club.alice.slash, here, "progress log", paper="1805.06576")),
        ("save", partial(club.alice.context_menu, here, "Save as note", message)),
    ]
    return [f"tc1:{one}" for one in organising], [f"tc1:{one}" for one in own], commands


def slow_store(slowed: pytest.MonkeyPatch) -> None:
    """Let every unit of work begin late: a real tenth of a second, where a hundredth is long."""
    slowed.setattr(replying, "ACKNOWLEDGE_AFTER", 0.01)
    slowed.setattr(replying, "UNSAID_AFTER", 0.02)
    for name in ("read", "write"):
        original = getattr(Database, name)

        @asynccontextmanager
        async def late(database: Database, _original: Any = original) -> AsyncIterator[Any]:
            await asyncio.sleep(0.1)
            async with _original(database) as conn:
                yield conn

        slowed.setattr(Database, name, late)


def slow_down(
    club: Club,
    monkeypatch: pytest.MonkeyPatch,
    service: object = None,
    *names: str,
    seconds: float = 5,
) -> None:
    """Let these (every look-up, when none is named) take so long."""
    slow = service or club.bot.services.lookup
    for name in names or ("card", "open", "page"):
        original = getattr(slow, name)

        def slowed(*arguments: Any, _original: Any = original) -> Any:
            async def later() -> Any:
                await asyncio.sleep(seconds)
                return await _original(*arguments)

            return later()

        monkeypatch.setattr(slow, name, slowed)
