"""Buttons and menus that work after a restart.

Everything a member can press carries its meaning in its ``custom_id`` (``bot.ui.routes``). One
DynamicItem class catches them all and hands the press to the handler that a front door
registered for the action, so no view is kept in memory and no press can end somebody else's view.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.ui.errors import ErrorAnswers
from bot.ui.reply import handled_in_time
from bot.ui.routes import PATTERN, Called, Routes, custom_id


@dataclass(frozen=True, slots=True)
class Press(Called):
    """One press. ``values`` are the choices of a menu, empty for a button."""

    values: tuple[str, ...]


Handler = Callable[[Press], Coroutine[Any, Any, None]]
Item = discord.ui.Button[discord.ui.View] | discord.ui.Select[discord.ui.View]


class Control(discord.ui.DynamicItem[discord.ui.Item[Any]], template=re.compile(PATTERN)):
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
        """Hand the press to the client that received it."""
        await interaction.client.pressed(interaction, self.custom_id)


class Controls(Routes[Handler]):
    """Which handler answers which press. One registry a client."""

    def __init__(self, errors: ErrorAnswers) -> None:
        super().__init__()
        self._errors = errors

    def knows(self, custom_id: str) -> bool:
        """Whether a press with this id comes to ``dispatch`` (which answers old versions too)."""
        return re.fullmatch(PATTERN, custom_id) is not None

    async def dispatch(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Answer one press, in time; whatever goes wrong takes the one error path."""
        try:
            handler, arguments = self.find(custom_id)
            data: Any = interaction.data or {}
            press = Press(interaction, arguments, tuple(data.get("values", ())))
            await handled_in_time(interaction, handler(press))
        except Exception as error:  # noqa: BLE001 - the one error path of all presses
            await self._errors.answer(interaction, error)


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
    placeholder: str,
    options: Sequence[discord.SelectOption],
    action: str,
    *arguments: object,
    at_least: int = 1,
    at_most: int = 1,
    row: int | None = None,
) -> Control:
    """A menu of which one entry is chosen, or any number between two limits."""
    made: discord.ui.Select[discord.ui.View] = discord.ui.Select(
        custom_id=custom_id(action, *arguments),
        placeholder=placeholder,
        options=list(options),
        min_values=at_least,
        max_values=at_most,
        row=row,
    )
    return Control(made, row=row)


def channel_menu(placeholder: str, action: str, *arguments: object) -> Control:
    """A menu of the server's text channels, of which one is chosen."""
    made: discord.ui.ChannelSelect[discord.ui.View] = discord.ui.ChannelSelect(
        custom_id=custom_id(action, *arguments),
        placeholder=placeholder,
        channel_types=[discord.ChannelType.text],
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
