"""What can be pressed about one's own reminders, in a server and in a direct message.

Every id ends with the server, which a direct message does not tell.
"""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.domain.members import DmConsent
from bot.domain.reminders import BUDGETS, OwnReminders
from bot.render.markdown import fit
from bot.render.own_reminders import time_text
from bot.render.words import Words
from bot.ui.controls import Control, button, controls_view, menu
from bot.ui.forms import form

_LABEL = 80
CHANNEL, DAY, HOUR = "channel", "day", "hour"


def reminders_view(own: OwnReminders, guild_id: int, words: Words) -> discord.ui.View:
    """Menus for sessions and muted clubs, a form for quiet hours, and switches."""
    chosen = own.choices
    items: list[Control] = [
        menu(
            words.text("Where I am reminded of sessions"),
            [
                _option(words.text("In the club's channel"), CHANNEL, not chosen.by_dm),
                _option(words.text("By direct message"), "dm", chosen.by_dm),
            ],
            "remind-where", guild_id, row=0,
        ),
    ]  # fmt: skip
    if chosen.by_dm:
        options = [
            _option(words.text("A day before"), DAY, chosen.day_before),
            _option(words.text("An hour before"), HOUR, chosen.hour_before),
        ]
        items.append(
            menu(
                words.text("How long before"), options, "remind-leads", guild_id,
                at_least=0, at_most=len(options), row=1,
            )
        )  # fmt: skip
    if own.clubs:
        clubs = [_option(name, str(club_id), club_id in own.muted) for club_id, name in own.clubs]
        items.append(
            menu(
                words.text("Muted clubs: none"), clubs, "remind-muted", guild_id,
                at_least=0, at_most=len(clubs), row=2,
            )
        )  # fmt: skip
    return controls_view([*items, *_buttons(own, guild_id, words)])


def _buttons(own: OwnReminders, guild_id: int, words: Words) -> list[Control]:
    chosen = own.choices
    reads = (
        words.text("No reading reminders") if chosen.reads_by else words.text("Remind me to read")
    )
    mention = words.text("Do not mention me") if chosen.mentioned else words.text("Mention me")
    may_write = own.dm is DmConsent.YES
    made = [
        button(words.text("Quiet hours"), "remind-quiet", guild_id, row=3),
        _switch(reads, "reads_by", not chosen.reads_by, guild_id, 3),
        _switch(mention, "mentioned", not chosen.mentioned, guild_id, 3),
        _switch(
            words.text("No direct messages") if may_write else words.text("Allow direct messages"),
            "dm", not may_write, guild_id, 4,
        ),
    ]  # fmt: skip
    if may_write and own.dm_closed_at is not None:
        made.append(_switch(words.text("Try again"), "dm", True, guild_id, 4))
    return made


def _switch(label: str, what: str, on: bool, guild_id: int, row: int) -> Control:
    return button(label, "remind-set", what, "yes" if on else "no", guild_id, row=row)


def quiet_form(own: OwnReminders, guild_id: int, words: Words) -> discord.ui.Modal:
    """From when to when, in which zone, and how many prompts a week."""
    begin, end = own.choices.quiet or (None, None)
    return form(
        words.text("Quiet hours"),
        "remind-quiet",
        guild_id,
        fields=[
            _field(words.text("Quiet from"), "from", None if begin is None else time_text(begin),
                   "22:00", words.text("A time of day; leave both empty for no quiet hours")),
            _field(words.text("Quiet until"), "until", None if end is None else time_text(end),
                   "08:00"),
            _field(words.text("Your time zone"), "zone", own.zone, "Europe/Berlin",
                   words.text("Its full name, such as the one below; empty: no change")),
            _field(words.text("Prompts a week"), "budget", str(own.choices.budget), "2",
                   words.text("A whole number up to {most}", most=BUDGETS[-1])),
        ],
    )  # fmt: skip


def _field(
    label: str, name: str, value: str | None, example: str, hint: str | None = None
) -> discord.ui.Label[discord.ui.Modal]:
    typed = discord.ui.TextInput[discord.ui.Modal](
        custom_id=name, required=False, max_length=64, default=value, placeholder=example
    )
    return discord.ui.Label(text=label, description=hint, component=typed)


def mute_choice_view(clubs: Mapping[int, str], guild_id: int, words: Words) -> discord.ui.View:
    """A message told of several things: which of them is not wanted any more."""
    made = []
    for row, (club_id, name) in enumerate(clubs.items()):
        if club_id:
            label = fit(words.text("Mute {club}", club=name), _LABEL)
            made.append(button(label, "reminders-muted", club_id, "yes", guild_id, row=row % 4))
    made.append(_switch(words.text("No direct messages"), "dm", False, guild_id, 4))
    return controls_view(made)


def unmute_view(club_id: int, guild_id: int, words: Words) -> discord.ui.View:
    """Think better of it; and see what else can be chosen."""
    return controls_view(
        [
            button(words.text("Unmute"), "reminders-muted", club_id, "no", guild_id),
            _settings(guild_id, words),
        ]
    )


def settings_view(guild_id: int, words: Words) -> discord.ui.View:
    """The way to everything else that can be chosen."""
    return controls_view([_settings(guild_id, words)])


def _settings(guild_id: int, words: Words) -> Control:
    return button(words.text("Settings"), "reminders-settings", guild_id)


def _option(label: str, value: str, chosen: bool) -> discord.SelectOption:
    return discord.SelectOption(label=fit(label, 100), value=value, default=chosen)
