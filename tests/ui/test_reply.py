"""The first word of an interaction: said once, in time, and by two modules alone."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import discord
import pytest

from bot.render.words import Words
from bot.ui import reply as replying
from bot.ui.opening import again_button, open_form
from bot.ui.reply import acknowledge, handled_in_time, reply

ROOT = Path(__file__).parents[2]
KINDS = discord.InteractionResponseType
FIRST_WORDS = {"send_modal", "send_message", "edit_message", "defer", "autocomplete", "pong"}


class Response:
    """Discord's side; as discord.py does, it knows of a first answer when Discord has it."""

    def __init__(self, heard: list[str], travel: float) -> None:
        self.type: KINDS | None = None
        self.refuses: Exception | None = None
        self._heard = heard
        self._travel = travel

    def is_done(self) -> bool:
        return self.type is not None

    async def _say(self, what: str, kind: KINDS) -> Any:
        self._heard.append(what)
        await asyncio.sleep(self._travel)
        if self.refuses is not None:
            raise self.refuses
        assert self.type is None, self._heard
        self.type = kind
        return self

    @property
    def message_id(self) -> int:
        return 1

    async def defer(self, *, thinking: bool = False, ephemeral: bool = False) -> Any:
        kind = KINDS.deferred_channel_message if thinking else KINDS.deferred_message_update
        how = " privately" if ephemeral else ""
        return await self._say(f"thinking{how}" if thinking else "deferred", kind)

    async def send_message(self, *, ephemeral: bool, **_said: Any) -> Any:
        return await self._say(f"answer {ephemeral}", KINDS.channel_message)

    async def send_modal(self, _made: discord.ui.Modal) -> Any:
        return await self._say("form", KINDS.modal)


class Interaction:
    """As much of an interaction as an answer needs; ``heard`` is what Discord hears, in order."""

    def __init__(self, kind: discord.InteractionType, travel: float = 0) -> None:
        self.id = 1
        self.type = kind
        self.extras: dict[Any, Any] = {}
        self.heard: list[str] = []
        self.response = Response(self.heard, travel)
        self.followup = self

    async def send(self, *, ephemeral: bool, **_said: Any) -> Any:
        self.heard.append(f"follow-up {ephemeral}")
        return self

    async def edit_original_response(self, **said: Any) -> Any:
        self.heard.append(f"edit {said.get('content')}")
        return self

    async def delete_original_response(self) -> None:
        self.heard.append("delete")


Handler = Callable[[discord.Interaction], Awaitable[object]]
PRESS = discord.InteractionType.component
COMMAND = discord.InteractionType.application_command


async def handle(interaction: Interaction, after: float, handler: Handler) -> list[str]:
    """What Discord hears when a handler reads for so many seconds first."""
    called = cast("discord.Interaction", interaction)

    async def read_first() -> None:
        await asyncio.sleep(after)
        await handler(called)

    await handled_in_time(called, read_first())
    return interaction.heard


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of the time."""
    monkeypatch.setattr(replying, "ACKNOWLEDGE_AFTER", 0.015)
    monkeypatch.setattr(replying, "UNSAID_AFTER", 0.02)


async def answer(interaction: discord.Interaction, *, private: bool = True) -> None:
    await reply(interaction, content="answer", private=private)


async def test_what_is_answered_at_once_is_answered_with_one_request() -> None:
    assert await handle(Interaction(PRESS), 0, answer) == ["answer True"]


async def test_a_handler_that_reads_for_long_is_acknowledged_without_its_doing() -> None:
    assert await handle(Interaction(PRESS), 0.05, answer) == ["deferred", "follow-up True"]
    said = await handle(Interaction(COMMAND), 0.05, answer)
    assert said == ["thinking privately", "edit answer"]


async def test_an_answer_does_not_overtake_the_acknowledgement_on_its_way() -> None:
    interaction = Interaction(PRESS, travel=0.04)
    assert await handle(interaction, 0.03, answer) == ["deferred", "follow-up True"]


async def test_an_answer_on_its_way_is_not_acknowledged() -> None:
    assert await handle(Interaction(PRESS, travel=0.04), 0.005, answer) == ["answer True"]


async def test_a_public_answer_after_a_private_thinking_is_public_all_the_same() -> None:
    async def shout(interaction: discord.Interaction) -> None:
        await answer(interaction, private=False)
        await answer(interaction)

    said = await handle(Interaction(COMMAND), 0.05, shout)
    assert said == ["thinking privately", "edit …", "follow-up False", "delete", "follow-up True"]


async def test_a_refused_acknowledgement_does_not_stop_what_is_being_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    interaction, done = Interaction(PRESS), []

    async def do(called: discord.Interaction) -> None:
        with pytest.raises(OSError, match="away"):
            await acknowledge(called, private=True)
        done.append(called)

    interaction.response.refuses = OSError("away")
    await handle(interaction, 0.05, do)
    assert done
    assert interaction.heard == ["deferred"]
    assert "could not be acknowledged" in caplog.text


async def test_a_form_opens_in_time_or_is_offered_once_more() -> None:
    words, made = Words(), discord.ui.Modal(title="A form", custom_id="tc1:form")

    async def opened(interaction: discord.Interaction) -> None:
        await open_form(interaction, made, words)

    async def offered(interaction: discord.Interaction) -> None:
        await open_form(interaction, made, words, again_button(words, "form"))

    assert await handle(Interaction(PRESS), 0, opened) == ["form"]
    for late in (opened, offered):
        assert await handle(Interaction(PRESS), 0.05, late) == ["deferred", "follow-up True"]


def test_only_two_modules_say_a_first_word() -> None:
    """What answers or opens a form by itself would not know of an acknowledgement on its way."""
    speakers = set()
    for room in ("bot", "cogs"):
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in FIRST_WORDS:
                    of = node.value
                    if isinstance(of, ast.Attribute) and of.attr == "response":
                        speakers.add(file.relative_to(ROOT).as_posix())
    assert speakers == {"bot/ui/opening.py", "bot/ui/reply.py"}
