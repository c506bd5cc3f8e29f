"""The contract check itself: it must find what Discord would refuse, or it proves nothing."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.contract import faults

CALLBACK = "/interactions/1/token/callback"
needs_description = pytest.mark.skipif(
    not os.environ.get("DISCORD_OPENAPI"), reason="DISCORD_OPENAPI names no file"
)


def message(**fields: Any) -> dict[str, Any]:
    return {"type": 4, "data": {"content": "hello", "allowed_mentions": {"parse": []}, **fields}}


def choices(*names: str) -> dict[str, Any]:
    return {"type": 8, "data": {"choices": [{"name": n, "value": "v"} for n in names]}}


def row(**button: Any) -> list[dict[str, Any]]:
    made = {"type": 2, "style": 2, "label": "x", "custom_id": "x", **button}
    return [{"type": 1, "components": [made]}]


def test_a_right_message_has_no_fault() -> None:
    assert not faults("POST", CALLBACK, message(components=row()))
    assert not faults("POST", CALLBACK, choices("one", "two"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (message(content="x" * 2001), "content"),
        (message(content="🦊" * 1001), "content"),
        (message(embeds=[{"description": "x" * 3001}] * 2), "6002"),
        (message(allowed_mentions={}), "mentions"),
        (message(components=row(label="x" * 81)), "80"),
        (message(components=row(label="")), "label"),
        (message(components=row() + row()), "same custom_id"),
        (choices(*(str(n) for n in range(26))), "26 choices"),
        (choices("same", "same"), "same name"),
        (choices("x" * 101), "length"),
        (choices(""), "length"),
    ],
)
def test_limits_of_the_documentation_are_held(body: Any, said: str) -> None:
    assert any(said in fault for fault in faults("POST", CALLBACK, body))


def test_command_limits_are_held() -> None:
    command = {"name": "x", "description": "y" * 100, "type": 1}
    long = [{"name": "o", "description": "z" * 400, "type": 3}] * 26
    found = faults("PUT", "/applications/1/commands", [{**command, "options": long}])
    assert any("8000" in fault for fault in found)
    assert any("25 options" in fault for fault in found)


@needs_description
@pytest.mark.parametrize(
    "body",
    [
        message(components=row(custom_id="x" * 101)),
        message(embeds=[{"title": "x" * 257}]),
        message(embeds=[{"fields": [{"name": "n", "value": "v" * 1025}]}]),
        message(flags="ephemeral"),
        {"type": 99},
    ],
)
def test_discords_description_is_held(body: Any) -> None:
    assert faults("POST", CALLBACK, body)


@needs_description
def test_commands_are_held_against_discords_description() -> None:
    assert faults("PUT", "/applications/1/commands", [{"name": "x" * 33, "description": "y"}])
    assert not faults(
        "PUT", "/applications/1/commands", [{"name": "x", "description": "y", "type": 1}]
    )
