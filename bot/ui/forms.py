"""Forms (modals) that cannot leak between members and survive a restart.

discord.py keeps a sent form in memory by its ``custom_id`` and fills one shared object with
whatever is submitted, so two members with the same form open can get each other's text. Here a
form is stopped before it is sent, so nothing is kept; its ``custom_id`` says what it is about,
like that of a button; and what comes back is read from the interaction itself. A handler
authorises the member again, since the form may have been open for long.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.render.words import Words
from bot.ui.errors import ErrorAnswers
from bot.ui.reply import handled_in_time
from bot.ui.routes import Called, Routes, custom_id


@dataclass(frozen=True, slots=True)
class Submission(Called):
    """A form that was sent in. ``fields`` maps a field's id to its text or its choices."""

    fields: Mapping[str, str | tuple[str, ...]]

    def text(self, field: str) -> str:
        """What was written, or the one choice made; empty when the field was left out."""
        value = self.fields.get(field, "")
        return value if isinstance(value, str) else next(iter(value), "")

    def choices(self, field: str) -> tuple[str, ...]:
        """The choices made, in the form's order; empty when there were none."""
        value = self.fields.get(field, ())
        return tuple(value) if not isinstance(value, str) else ((value,) if value else ())


Handler = Callable[[Submission], Coroutine[Any, Any, None]]


class Forms(Routes[Handler]):
    """Which handler answers which form. One registry a client."""

    def __init__(self, errors: ErrorAnswers) -> None:
        super().__init__()
        self._errors = errors

    async def dispatch(self, interaction: discord.Interaction) -> None:
        """Answer one form, in time; whatever goes wrong takes the one error path."""
        try:
            data: Any = interaction.data or {}
            handler, arguments = self.find(str(data.get("custom_id", "")))
            sent = Submission(interaction, arguments, submitted(data))
            await handled_in_time(interaction, handler(sent))
        except Exception as error:  # noqa: BLE001 - the one error path of all forms
            await self._errors.answer(interaction, error)


def form(
    title: str, action: str, *arguments: object, fields: Iterable[discord.ui.Label[Any]]
) -> discord.ui.Modal:
    """A form of one to five labelled fields that means ``action`` with ``arguments``.

    A field is found again by the ``custom_id`` of its component, which need be unique in the
    form only. Discord takes a title of at most 45 characters.
    """
    modal = discord.ui.Modal(title=title, custom_id=custom_id(action, *arguments), timeout=None)
    for field in fields:
        modal.add_item(field)
    modal.stop()
    return modal


def number_field(
    label: str, field_id: str, now: int, numbers: range, words: Words
) -> discord.ui.Label[Any]:
    """A field for a whole number, filled with what holds now."""
    return discord.ui.Label(
        text=label,
        description=words.text("From {low} to {high}", low=numbers[0], high=numbers[-1]),
        component=discord.ui.TextInput(
            custom_id=field_id, default=str(now), max_length=3, required=True
        ),
    )


def submitted(data: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    """The fields of a form as Discord sends them, by id.

    Source: Discord's documentation of modal submit data (labels hold one component each).
    """
    found: dict[str, str | tuple[str, ...]] = {}
    for part in data.get("components") or ():
        inner = part.get("component")
        for item in [inner] if inner else part.get("components") or ():
            if "values" in item:
                found[str(item["custom_id"])] = tuple(str(value) for value in item["values"] or ())
            elif "custom_id" in item:
                value = item.get("value")
                found[str(item["custom_id"])] = "" if value is None else str(value)
    return found
