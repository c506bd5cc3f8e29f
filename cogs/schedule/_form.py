"""The one form of a club: what it is called, when, where and how long it meets."""

from __future__ import annotations

from datetime import date
from typing import Any

import discord

from bot.domain.club_drafts import LONGEST_LENGTH, LONGEST_WHEN, Written
from bot.domain.club_names import LONGEST_NAME
from bot.domain.clubs import DEFAULT_LENGTH, LONGEST_LINK
from bot.render.markdown import fit
from bot.render.words import Words
from bot.ui.forms import Submission, form

ACTION = "schedule-draft"
_LABEL, _ABOUT = 45, 100


def club_form(
    club_id: int, original: date | None, shown: Written, words: Words
) -> discord.ui.Modal:
    """The form, filled in; club 0 is one that is to be made."""
    fields = [
        _text(words.text("Name"), "name", shown.name, LONGEST_NAME),
        _text(
            words.text("When"), "when", shown.when, LONGEST_WHEN,
            about=words.text("Such as: Tuesdays 18:00 Europe/Berlin"),
        ),
        _text(
            words.text("Place"), "place", shown.place, LONGEST_LINK, required=False,
            about=words.text("A voice channel's name or an https link; empty: the club's channel"),
        ),
        _text(
            words.text("Length in minutes"), "length", shown.length, LONGEST_LENGTH,
            required=False,
        ),
        _channel(shown.channel_id, words),
    ]  # fmt: skip
    title = words.text("New club") if club_id == 0 else words.text("Edit the club")
    day = "" if original is None else original.isoformat()
    return form(fit(title, _LABEL), ACTION, club_id, day, fields=fields)


def sent_of(sent: Submission) -> Written:
    """What was written in the form."""
    chosen = sent.text("channel")
    return Written.of(
        sent.text("name"),
        sent.text("when"),
        sent.text("place"),
        sent.text("length") or str(int(DEFAULT_LENGTH.total_seconds()) // 60),
        int(chosen) if chosen.isascii() and chosen.isdecimal() else 0,
    )


def _text(
    label: str,
    field_id: str,
    filled: str,
    longest: int,
    *,
    required: bool = True,
    about: str | None = None,
) -> discord.ui.Label[Any]:
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=field_id,
        required=required,
        max_length=longest,
        default=filled[:longest] or None,
    )
    described = None if about is None else fit(about, _ABOUT)
    return discord.ui.Label(text=fit(label, _LABEL), description=described, component=field)


def _channel(channel_id: int, words: Words) -> discord.ui.Label[Any]:
    # Discord's description asks for ids as text; discord.py would send a number.
    as_text: Any = str(channel_id)
    chosen = discord.SelectDefaultValue(id=as_text, type=discord.SelectDefaultValueType.channel)
    select: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
        custom_id="channel",
        channel_types=[discord.ChannelType.text],
        default_values=[chosen],
        required=True,
    )
    return discord.ui.Label(text=fit(words.text("Channel"), _LABEL), component=select)
