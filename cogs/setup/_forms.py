"""The forms of the set-up: a zone by its name, and the numbers."""

from __future__ import annotations

import discord

from bot.domain.guild import TARGET_READERS, GuildRules
from bot.domain.signups import OPEN_LIMITS, SEAT_LIMITS
from bot.render.words import Words
from bot.ui.forms import form, number_field

# The fields of the form in their order, each with the numbers it takes.
NUMBERS = {"target": TARGET_READERS, "open": OPEN_LIMITS, "seats": SEAT_LIMITS}


def zone_form(rules: GuildRules, words: Words) -> discord.ui.Modal:
    """A zone that the menu does not list."""
    field = discord.ui.TextInput[discord.ui.Modal](
        custom_id="zone", max_length=64, default=rules.zone, placeholder="Europe/Berlin"
    )
    label = discord.ui.Label[discord.ui.Modal](
        text=words.text("Time zone"),
        description=words.text("Its full name; the option zone of /setup finds it by a city"),
        component=field,
    )
    return form(words.text("Time zone of clubs"), "setup-zone", fields=[label])


def numbers_form(rules: GuildRules, words: Words) -> discord.ui.Modal:
    """Target readers and both limits, as they are now."""
    shown = (
        ("target", words.text("Readers a theory"), rules.target_readers),
        ("open", words.text("Open sign-ups a member"), rules.open_limit),
        ("seats", words.text("Seats a paper"), rules.seats),
    )
    fields = [number_field(label, name, n, NUMBERS[name], words) for name, label, n in shown]
    return form(words.text("Numbers"), "setup-numbers", fields=fields)
