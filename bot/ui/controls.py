"""Buttons and menus that work after a restart.

Everything a member can press carries its meaning in its ``custom_id``:
``tc<version>:<action>[:<argument>...]``. One DynamicItem class catches them all and hands the
press to the handler that a front door registered for the action, so no view is kept in memory,
nothing is bound to a process, and no press can end somebody else's view. A handler loads what
it needs and authorises the member again. Unknown actions and versions get a kind answer.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.domain.errors import StaleControl
from bot.ui.errors import ErrorAnswers

VERSION = 1
_PATTERN = r"tc(?P<version>[0-9]{1,4}):(?P<action>[a-z]+(?:-[a-z]+)*)(?P<arguments>(?::[^:]*)*)"


@dataclass(frozen=True, slots=True)
class Press:
    """One press. ``values`` are the choices of a menu, empty for a button."""

    interaction: discord.Interaction
    arguments: tuple[str, ...]
    values: tuple[str, ...]

    def number(self, position: int) -> int:
        """One argument that is a number. Raises StaleControl when it is none."""
        try:
            return int(self.argument(position))
        except ValueError:
            raise StaleControl from None

    def argument(self, position: int) -> str:
        """One argument of the id. Raises StaleControl when an older version left it out."""
        try:
            return self.arguments[position]
        except IndexError:
            raise StaleControl from None


Handler = Callable[[Press], Awaitable[None]]
Item = discord.ui.Button[discord.ui.View] | discord.ui.Select[discord.ui.View]


class Control(discord.ui.DynamicItem[discord.ui.Item[Any]], template=re.compile(_PATTERN)):
    """Any button or menu of ours, rebuilt from the message it stands on."""

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        _match: re.Match[str],
        /,
    ) -> Control:
        """Called by discord.py for every press whose id has our form."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the registry of the client that received it."""
        controls = interaction.client.controls
        assert isinstance(controls, Controls)
        await controls.dispatch(interaction, self.custom_id)


class Controls:
    """Which handler answers which action. One registry a client."""

    def __init__(self, errors: ErrorAnswers) -> None:
        self._errors = errors
        self._handlers: dict[str, Handler] = {}

    def on(self, action: str, handler: Handler) -> None:
        """Let ``handler`` answer ``action``. Raises ValueError when somebody else does already."""
        if action in self._handlers:
            raise ValueError(f"two handlers for the action {action!r}")
        self._handlers[action] = handler

    def knows(self, custom_id: str) -> bool:
        """Whether a press with this id comes to ``dispatch`` (which answers old versions too)."""
        return re.fullmatch(_PATTERN, custom_id) is not None

    async def dispatch(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Answer one press; whatever goes wrong takes the one error path."""
        try:
            handler, arguments = self._route(custom_id)
            data: Any = interaction.data or {}
            await handler(Press(interaction, arguments, tuple(data.get("values", ()))))
        except Exception as error:  # noqa: BLE001 - the one error path of all presses
            await self._errors.answer(interaction, error)

    def _route(self, custom_id: str) -> tuple[Handler, tuple[str, ...]]:
        match = re.fullmatch(_PATTERN, custom_id)
        if match is None or int(match["version"]) != VERSION:
            raise StaleControl
        handler = self._handlers.get(match["action"])
        if handler is None:
            raise StaleControl
        return handler, tuple(match["arguments"].split(":")[1:])


def custom_id(action: str, *arguments: object) -> str:
    """The id of a control. Raises ValueError when it passes Discord's 100 characters."""
    made = ":".join((f"tc{VERSION}", action, *(str(a) for a in arguments)))
    if len(made) > 100:
        raise ValueError(f"the id of the action {action!r} is {len(made)} characters long")
    return made


def button(
    label: str,
    action: str,
    *arguments: object,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
    row: int | None = None,
) -> Control:
    """A button that means ``action`` with ``arguments``."""
    made: discord.ui.Button[discord.ui.View] = discord.ui.Button(
        label=label,
        custom_id=custom_id(action, *arguments),
        style=style,
        disabled=disabled,
        row=row,
    )
    return Control(made, row=row)


def menu(
    placeholder: str, options: Sequence[discord.SelectOption], action: str, *arguments: object
) -> Control:
    """A menu of which one entry is chosen."""
    made: discord.ui.Select[discord.ui.View] = discord.ui.Select(
        custom_id=custom_id(action, *arguments), placeholder=placeholder, options=list(options)
    )
    return Control(made)


def controls_view(items: Iterable[discord.ui.Item[Any]]) -> discord.ui.View:
    """A view of controls and link buttons; it never times out and is never kept in memory.

    The view is stopped before it is sent: discord.py would otherwise store it and, for a
    private message, keep a task waiting for fifteen minutes. Nothing is lost by it, because
    presses are answered by the class that the client registered once.
    """
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view
