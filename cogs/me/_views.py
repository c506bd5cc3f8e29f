"""What can be pressed under the settings, an absence, and the page on privacy; and the forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import discord

from bot.domain.members import (
    Absence,
    MemberSettings,
    NoteSharing,
    Visibility,
)
from bot.domain.privacy import CONFIRMATION, Erasure
from bot.render.markdown import fit
from bot.render.member_settings import sharing_text, visibility_text
from bot.render.words import Words
from bot.ui.controls import Control, button, controls_view, menu
from bot.ui.forms import form

# Discord's limits: entries of a menu, rows of controls that are left for tags.
MENU = 25
_TAG_ROWS = 2
_OPTION = 100


def settings_view(
    settings: MemberSettings, tags: Mapping[str, str], now: datetime, words: Words
) -> discord.ui.View:
    """Menus for what has several answers, buttons for what has two, and a form."""
    items: list[Control] = [
        menu(
            words.text("Who sees my reading"),
            [
                _option(visibility_text(kind, words), kind.value, kind is settings.visibility)
                for kind in Visibility
            ],
            "me-set",
            "visibility",
            row=0,
        ),
        menu(
            words.text("New notes"),
            [
                _option(sharing_text(kind, words), kind.value, kind is settings.note_sharing)
                for kind in NoteSharing
            ],
            "me-set",
            "notes",
            row=1,
        ),
    ]
    for part, among in enumerate(tag_parts(tags)):
        options = [_option(tags[tag], tag, tag in settings.tags) for tag in among]
        items.append(
            menu(
                words.text("What I know"),
                options,
                "me-tags",
                part,
                at_least=0,
                at_most=len(options),
                row=2 + part,
            )
        )
    return controls_view([*items, *_buttons(settings, now, words)])


def tag_parts(tags: Mapping[str, str]) -> list[list[str]]:
    """The prerequisites, as many as fit, in menus of at most 25."""
    listed = list(tags)[: MENU * _TAG_ROWS]
    return [listed[start : start + MENU] for start in range(0, len(listed), MENU)]


def _buttons(settings: MemberSettings, now: datetime, words: Words) -> list[Control]:
    row = 4
    made = [
        button(
            words.text("Do not offer me as an explainer")
            if settings.explains
            else words.text("Offer me as an explainer"),
            "me-set", "explains", "no" if settings.explains else "yes", row=row,
        ),
        button(
            words.text("Take me off the name board")
            if settings.on_name_board
            else words.text("Put me on the name board"),
            "me-set", "name-board", "no" if settings.on_name_board else "yes", row=row,
        ),
        button(words.text("Reminders and DMs"), "reminders-settings", row=row),
        button(words.text("Zone and hours"), "me-zone", row=row),
    ]  # fmt: skip
    if settings.absence is not None and settings.absence.ends > now:
        made.append(button(words.text("I am back"), "me-back", row=row))
    return made


def zone_form(settings: MemberSettings, words: Words) -> discord.ui.Modal:
    """Time zone and hours a week; what is left empty stays as it is."""
    hours = settings.hours_a_week
    zone = discord.ui.TextInput[discord.ui.Modal](
        custom_id="zone",
        required=False,
        max_length=64,
        default=settings.zone,
        placeholder="Europe/Berlin",
    )
    a_week = discord.ui.TextInput[discord.ui.Modal](
        custom_id="hours",
        required=False,
        max_length=2,
        default=None if hours is None else str(hours),
    )
    return form(
        words.text("Zone and hours"),
        "me-zone",
        fields=[
            discord.ui.Label(
                text=words.text("Time zone"),
                description=words.text("Its full name, such as the one below; empty: no change"),
                component=zone,
            ),
            discord.ui.Label(
                text=words.text("Hours a week for reading"),
                description=words.text("A whole number; empty: no change"),
                component=a_week,
            ),
        ],
    )


def away_view(absence: Absence, words: Words) -> discord.ui.View:
    """Confirm an absence; the button carries both instants."""
    begins, ends = int(absence.begins.timestamp()), int(absence.ends.timestamp())
    style = discord.ButtonStyle.primary
    return controls_view(
        [button(words.text("Yes, I am away then"), "me-away", begins, ends, style=style)]
    )


def back_view(words: Words) -> discord.ui.View:
    """Take an absence back."""
    return controls_view([button(words.text("Cancel it"), "me-back")])


def privacy_view(erasure: Erasure | None, words: Words) -> discord.ui.View:
    """Give me my data, erase me; or undo that."""
    last = (
        button(words.text("Erase me"), "me-erase", style=discord.ButtonStyle.danger)
        if erasure is None
        else _undo(words)
    )
    return controls_view([button(words.text("Give me my data"), "me-export"), last])


def erasure_view(words: Words) -> discord.ui.View:
    """The choice about shared notes; each leads to the form that confirms."""
    danger = discord.ButtonStyle.danger
    return controls_view(
        [
            button(words.text("Delete my notes"), "me-erase-notes", "delete", style=danger),
            button(
                words.text("Keep my shared notes without my name"),
                "me-erase-notes",
                "keep",
                style=danger,
            ),
        ]
    )


def erasure_form(choice: str, words: Words) -> discord.ui.Modal:
    """The word that confirms."""
    written = discord.ui.TextInput[discord.ui.Modal](
        custom_id="word", max_length=20, placeholder=CONFIRMATION
    )
    label = discord.ui.Label[discord.ui.Modal](
        text=words.text("Write {word} to confirm", word=CONFIRMATION), component=written
    )
    return form(words.text("Erase me"), "me-erase", choice, fields=[label])


def undo_view(words: Words) -> discord.ui.View:
    """Think better of it."""
    return controls_view([_undo(words)])


def _undo(words: Words) -> Control:
    return button(words.text("Undo"), "me-erase-undo", style=discord.ButtonStyle.success)


def _option(label: str, value: str, chosen: bool) -> discord.SelectOption:
    return discord.SelectOption(
        label=fit(label[:1].upper() + label[1:], _OPTION), value=value, default=chosen
    )
