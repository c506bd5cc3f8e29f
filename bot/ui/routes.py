"""What a press or a form is about: ``tc<version>:<action>[:<argument>...]`` in its custom_id.

Nothing is kept in memory and nothing is bound to a process. A handler loads what it needs and
authorises the member again. Unknown actions and versions get one kind answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

import discord

from bot.domain.errors import StaleControl

VERSION = 1
PATTERN = r"tc(?P<version>[0-9]{1,4}):(?P<action>[a-z]+(?:-[a-z]+)*)(?P<arguments>(?::[^:]*)*)"

H = TypeVar("H")


@dataclass(frozen=True, slots=True)
class Called:
    """An interaction with a control or form of ours, and the arguments in its id."""

    interaction: discord.Interaction
    arguments: tuple[str, ...]

    def argument(self, position: int) -> str:
        """One argument of the id. Raises StaleControl when an older version left it out."""
        try:
            return self.arguments[position]
        except IndexError:
            raise StaleControl from None

    def number(self, position: int) -> int:
        """One argument that is a number. Raises StaleControl when it is none, or no key."""
        text = self.argument(position)
        # No key passes 63 bits, and a database fails on what does.
        if not (text.isascii() and text.isdecimal() and len(text) <= 19 and int(text) < 2**63):
            raise StaleControl
        return int(text)

    def day(self, position: int) -> date:
        """One argument that is a day (2026-12-24). Raises StaleControl when it is none."""
        try:
            return date.fromisoformat(self.argument(position))
        except ValueError:
            raise StaleControl from None


class Routes(Generic[H]):
    """Which handler answers which action."""

    def __init__(self) -> None:
        self._handlers: dict[str, H] = {}

    def on(self, action: str, handler: H) -> None:
        """Let ``handler`` answer ``action``. Raises ValueError when somebody else does already."""
        if action in self._handlers:
            raise ValueError(f"two handlers for the action {action!r}")
        self._handlers[action] = handler

    def find(self, custom_id: str) -> tuple[H, tuple[str, ...]]:
        """The handler for an id and the id's arguments. Raises StaleControl for all others."""
        match = re.fullmatch(PATTERN, custom_id)
        if match is None or int(match["version"]) != VERSION:
            raise StaleControl
        handler = self._handlers.get(match["action"])
        if handler is None:
            raise StaleControl
        return handler, tuple(match["arguments"].split(":")[1:])


def custom_id(action: str, *arguments: object) -> str:
    """The id of a control or form. Raises ValueError when it passes Discord's 100 characters."""
    made = ":".join((f"tc{VERSION}", action, *(str(a) for a in arguments)))
    if len(made) > 100:
        raise ValueError(f"the id of the action {action!r} is {len(made)} characters long")
    return made


def server_of(custom_id: str) -> int | None:
    """The server that the id of a control in a direct message ends with; None for any other."""
    last = custom_id.rsplit(":", 1)[-1]
    return int(last) if last.isascii() and last.isdecimal() and 15 < len(last) < 20 else None
