"""*Join the club*: the panel, the form, and the offer with its three answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.domain.clubs import Club
from bot.domain.members import MOST_INTERESTS, MemberSettings
from bot.domain.newcomers import Offer
from bot.domain.zones import ZoneOffer
from bot.render.markdown import fit, plain
from bot.render.member_settings import zone_choices
from bot.render.newcomers import (
    counted_text,
    kept_text,
    nothing_text,
    offer_texts,
    panel_text,
)
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import button
from bot.ui.forms import form
from bot.ui.layouts import layout

JOIN, OFFER, LATER = "newcomer-join", "newcomer-offer", "newcomer-later"
_OPTION, _ABOUT, _LABEL = 100, 100, 45


def newcomers_panel(words: Words) -> discord.ui.LayoutView:
    """What hangs in the channel."""
    join = button(words.text("Join the club"), JOIN, style=discord.ButtonStyle.success)
    return layout(words.text("New here?"), [panel_text(words)], [[join]], colour=COLOUR)


def offer_layout(
    offers: Sequence[Offer],
    number: int,
    topics: Mapping[str, str],
    words: Words,
    *,
    clubs: int = 0,
    kept: Sequence[Club] = (),
) -> discord.ui.LayoutView:
    """One of the offers; after the last comes the first again. ``clubs`` were just joined, and
    those in ``kept`` were not chosen and not left either.
    """
    title = words.text("Your first paper")
    counted = [counted_text(clubs, words)] if clubs else []
    if kept:
        counted.append(kept_text(kept, words))
    if not offers:
        return layout(title, [*counted, nothing_text(words)], [], colour=COLOUR)
    offer = offers[number % len(offers)]
    paper = offer.suggested.candidate.paper
    take = button(words.text("Sign me up"), "sign-up", paper.id, style=discord.ButtonStyle.success)
    row = [take]
    if len(offers) > 1:
        row.append(button(words.text("Another one"), OFFER, (number + 1) % len(offers)))
    row.append(button(words.text("Not now"), LATER))
    what, why, read = offer_texts(offer, topics, words)
    return layout(title, [*counted, what], [], blocks=[(why, []), (read, row)], colour=COLOUR)


def join_form(
    settings: MemberSettings,
    zones: Sequence[ZoneOffer],
    topics: Mapping[str, str],
    clubs: Sequence[Club],
    joined: frozenset[int],
    words: Words,
) -> discord.ui.Modal:
    """Hours, zone, interests, and where there is a club, whether to belong to it."""
    hours: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="hours",
        max_length=2,
        default=None if settings.hours_a_week is None else str(settings.hours_a_week),
        placeholder="3",
    )
    fields: list[discord.ui.Label[Any]] = [
        discord.ui.Label(
            text=words.text("Hours a week for reading"),
            description=words.text("A whole number"),
            component=hours,
        ),
        _select(
            words.text("Time zone"), "zone", _zones(settings, zones),
            words.text("The nearest city; /me settings knows all others"), words,
        ),
        _select(
            words.text("What would you like to read about?"), "interests",
            [_option(title, key, key in settings.interests) for key, title in topics.items()],
            words.plural("Up to {n}", "Up to {n}", MOST_INTERESTS), words, most=MOST_INTERESTS,
        ),
    ]  # fmt: skip
    if clubs:
        alone = len(clubs) == 1
        about = words.text("None is fine too")
        if joined:
            about = words.text("You leave one with /club leave, not here")
        fields.append(
            _select(
                words.text("Count me in at the sessions of"), "clubs",
                [_option(plain(c.name), str(c.id), alone or c.id in joined) for c in clubs],
                about, words, most=len(clubs),
            )
        )  # fmt: skip
    return form(words.text("Join the club"), JOIN, fields=fields)


def _zones(settings: MemberSettings, zones: Sequence[ZoneOffer]) -> list[discord.SelectOption]:
    options = [_option(c.name, str(c.value), c.value == settings.zone) for c in zone_choices(zones)]
    if settings.zone is not None and all(o.value != settings.zone for o in options):
        options.insert(0, _option(settings.zone, settings.zone, True))
    return options


def _option(label: str, value: str, chosen: bool) -> discord.SelectOption:
    return discord.SelectOption(label=fit(label, _OPTION) or value, value=value, default=chosen)


def _select(
    label: str,
    field_id: str,
    options: Sequence[discord.SelectOption],
    about: str,
    words: Words,
    *,
    most: int = 1,
) -> discord.ui.Label[Any]:
    select: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=field_id,
        placeholder=words.text("None"),
        options=list(options),
        min_values=0,
        max_values=min(most, len(options)),
        required=False,
    )
    return discord.ui.Label(
        text=fit(label, _LABEL), description=fit(about, _ABOUT), component=select
    )
