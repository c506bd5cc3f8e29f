"""The set-up as a message: what holds now, each with what changes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.guild import GuildRules, Setup
from bot.domain.presets import Preset
from bot.domain.zones import ZoneOffer
from bot.render.member_settings import zone_choices
from bot.render.presets import preset_text, preset_title
from bot.render.setup import (
    gone_text,
    home_text,
    kind_text,
    lacking_texts,
    next_text,
    numbers_text,
    role_gone_text,
    role_text,
    zone_text,
)
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import Control, button, menu
from bot.ui.layouts import Placed, layout
from bot.ui.permissions import Lacking
from bot.ui.routes import custom_id

# Values of menus that are no kind of club and no zone.
NO_KIND, OTHER_ZONE = "none", "other"
_PRIMARY = discord.ButtonStyle.primary


def setup_layout(
    setup: Setup,
    channel_id: int,
    lacks: Lacking,
    zones: Sequence[ZoneOffer],
    words: Words,
    *,
    is_home_gone: bool = False,
    is_role_gone: bool = False,
) -> discord.ui.LayoutView:
    """``channel_id`` is where things go now, and ``lacks`` what the bot lacks for that.

    What is gone is said, and not chosen in its menu: Discord knows nothing by that id any more.
    """
    rules = setup.rules
    home_id = None if is_home_gone else rules.home_channel_id
    role_id = None if is_role_gone else rules.organiser_role_id
    home, role = [home_text(words)], [role_text(words)]
    if is_home_gone:
        home.append(gone_text(words))
    if is_role_gone:
        role.append(role_gone_text(words))
    home += lacking_texts(lacks.in_channel, lacks.in_server, channel_id, words)
    blocks: list[tuple[str, list[Placed]]] = [
        (
            "\n".join(home),
            [_home(home_id, words), button(words.text("Post a test"), "setup-test")],
        ),
        ("\n".join(role), [_role(role_id, words)]),
        (kind_text(rules, words), [_kind(rules, words)]),
        (zone_text(words), [_zone(rules, zones, words)]),
        (
            numbers_text(rules, words),
            [button(words.text("Change the numbers"), "setup-numbers")],
        ),
        (next_text(setup, words), _onward(setup, words)),
    ]
    text = words.text(
        "Everything works as it is. Change what you like: it is saved at once, and `/log` tells it."
    )
    return layout(words.text("Set up Theory Club"), [text], [], blocks=blocks, colour=COLOUR)


def _home(home_id: int | None, words: Words) -> Control:
    select: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
        custom_id=custom_id("setup-home"),
        placeholder=words.text("None: where one asks"),
        channel_types=[discord.ChannelType.text],
        min_values=0,
        default_values=_chosen(home_id, discord.SelectDefaultValueType.channel),
    )
    return Control(select)


def _role(role_id: int | None, words: Words) -> Control:
    select: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
        custom_id=custom_id("setup-role"),
        placeholder=words.text("Manage Server alone"),
        min_values=0,
        default_values=_chosen(role_id, discord.SelectDefaultValueType.role),
    )
    return Control(select)


def _chosen(
    found: int | None, kind: discord.SelectDefaultValueType
) -> list[discord.SelectDefaultValue]:
    if found is None:
        return []
    # Discord's description asks for ids as text; discord.py would send a number.
    as_text: Any = str(found)
    return [discord.SelectDefaultValue(id=as_text, type=kind)]


def _kind(rules: GuildRules, words: Words) -> Control:
    options = [
        discord.SelectOption(
            label=preset_title(preset, words),
            value=preset.value,
            description=preset_text(preset, words),
            default=preset is rules.preset,
        )
        for preset in Preset
    ]
    options.append(
        discord.SelectOption(
            label=words.text("No kind in particular"),
            value=NO_KIND,
            description=preset_text(None, words),
            default=rules.preset is None,
        )
    )
    return menu(words.text("Choose a kind of club"), options, "setup-kind")


def _zone(rules: GuildRules, zones: Sequence[ZoneOffer], words: Words) -> Control:
    options = [
        discord.SelectOption(
            label=choice.name, value=str(choice.value), default=choice.value == rules.zone
        )
        for choice in zone_choices(zones)
    ]
    if rules.zone is not None and all(option.value != rules.zone for option in options):
        options.insert(0, discord.SelectOption(label=rules.zone, value=rules.zone, default=True))
    options.append(discord.SelectOption(label=words.text("Another zone…"), value=OTHER_ZONE))
    return menu(words.text("None: said each time"), options, "setup-zone")


def _onward(setup: Setup, words: Words) -> list[Placed]:
    return [
        button(
            words.text("Make a club"), "schedule-new",
            style=discord.ButtonStyle.secondary if setup.clubs else _PRIMARY,
        ),
        button(
            words.text("Post a board"), "board-post",
            style=discord.ButtonStyle.secondary if setup.boards else _PRIMARY,
        ),
        button(words.text("Post a panel for newcomers"), "newcomer-post"),
        button(words.text("Look again"), "setup-again"),
    ]  # fmt: skip
