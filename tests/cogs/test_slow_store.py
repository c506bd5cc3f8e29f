"""Whatever is asked of a slow database: Discord hears from the bot within three seconds."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.cogs.conftest import Club
from tests.cogs.test_presses import card_of, post_button
from tests.cogs.test_signups import organiser
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


def slow_down(
    club: Club, monkeypatch: pytest.MonkeyPatch, service: object = None, *names: str
) -> None:
    """Let these (every look-up, when none is named) take five seconds of the virtual clock."""
    slow = service or club.bot.services.lookup
    for name in names or ("card", "open", "page"):
        original = getattr(slow, name)

        def slowed(*arguments: Any, _original: Any = original) -> Any:
            async def later() -> Any:
                await asyncio.sleep(5)
                return await _original(*arguments)

            return later()

        monkeypatch.setattr(slow, name, slowed)
