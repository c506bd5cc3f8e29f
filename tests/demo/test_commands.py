"""Commands in the demo: slash commands on the preview's page, context menus on the launcher's."""

from __future__ import annotations

import pytest

from tests.demo.conftest import Visitor


async def test_a_card_shows_a_lived_in_server(visitor: Visitor) -> None:
    page = await visitor.preview()
    receipt = await page.run("theory", name="circuits")
    assert receipt["settlement"] == "settled"
    assert receipt["diagnostics"] == []
    assert "6 members have read it, 3 understand it." in str((await page.read())["messages"])
    assert (await visitor.look())["trouble"] == ""


async def test_a_kind_refusal_is_no_trouble(visitor: Visitor) -> None:
    page = await visitor.preview()
    receipt = await page.run("theory", name="zzzzqqqq")
    assert receipt["settlement"] == "settled"
    assert receipt["diagnostics"] == []
    assert (await visitor.look())["trouble"] == ""


async def test_a_fault_of_the_bot_is_one_line_and_the_demo_goes_on(
    richer: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    page = await richer.preview()
    await page.run("broken")
    assert "error" in (await richer.look())["trouble"].lower()
    assert "the extra command is broken" in caplog.text
    assert (await page.run("theory", name="spline"))["settlement"] == "settled"


async def test_only_the_context_commands_that_there_are_are_offered(visitor: Visitor) -> None:
    commands = (await visitor.look())["commands"]
    assert {"name": "Save as note", "kind": "message"} in commands
    assert {"name": "Reading profile", "kind": "member"} in commands
    status, state = await visitor.post("context", name="Gone", kind="member", target="1")
    assert status == 409
    assert state["said"] == "“Gone” is not offered here."


async def test_a_command_on_a_member_answers_in_the_channel(richer: Visitor) -> None:
    state = await richer.look()
    assert {"name": "Their readings", "kind": "member"} in state["commands"]
    page = await richer.preview()
    mei = next(m["id"] for m in state["members"] if m["name"] == "Mei")
    await richer.do("context", name="Their readings", kind="member", target=mei)
    assert (await page.texts())[-1] == "Mei reads splines"


async def test_a_form_opened_on_a_message_is_shown_when_the_page_loads(richer: Visitor) -> None:
    state = await richer.look()
    first = state["messages"][0]
    assert first["label"].startswith("Ingrid: Superposition")
    after = await richer.do("context", name="Note this", kind="message", target=first["id"])
    assert after["showing"] == state["showing"] + 1
    modal = (await (await richer.preview()).read())["modal"]
    assert modal["payload"]["title"] == "Your note"


async def test_a_command_on_a_message_that_is_gone_is_declined(richer: Visitor) -> None:
    status, state = await richer.post("context", name="Note this", kind="message", target="1")
    assert status == 409
    assert state["said"] == "That message is gone."


async def test_a_thread_offers_context_commands_too(richer: Visitor) -> None:
    state = await richer.go("Spline theory: questions", "Kofi")
    member = state["members"][0]["id"]
    await richer.do("context", name="Their readings", kind="member", target=member)
    assert (await (await richer.preview()).texts())[-1].endswith("reads splines")


async def test_direct_messages_have_no_context_menu(richer: Visitor) -> None:
    state = await richer.go("Direct messages with Theory Club", "Kofi")
    assert state["commands"] == []
    member = state["members"][0]["id"]
    status, _state = await richer.post(
        "context", name="Their readings", kind="member", target=member
    )
    assert status == 409


async def test_a_slash_command_works_in_direct_messages(visitor: Visitor) -> None:
    await visitor.go("Direct messages with Theory Club", "Kofi")
    page = await visitor.preview()
    assert (await page.run("theory", name="spline"))["settlement"] == "settled"
    assert "Spline" in (await page.texts())[-1]
