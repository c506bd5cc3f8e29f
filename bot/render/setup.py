"""The panel of the set-up in words: what holds now, what it means, and what is missing."""

from __future__ import annotations

from datetime import datetime

from bot.domain.guild import GuildRules, Setup
from bot.domain.zones import offset_of
from bot.render.member_settings import offset_text
from bot.render.permissions import permissions_text
from bot.render.presets import agenda_text, preset_text, preset_title
from bot.render.words import Words


def home_text(rules: GuildRules, words: Words) -> str:
    """Where things go."""
    title = words.text("Home channel")
    if rules.home_channel_id is None:
        told = words.text("none: clubs, boards and splits go where one asks for them.")
    else:
        told = words.text(
            "{channel}, where clubs, boards and splits go unless one says otherwise.",
            channel=f"<#{rules.home_channel_id}>",
        )
    return f"**{title}**: {told}"


def lacking_texts(
    in_channel: tuple[str, ...], in_server: tuple[str, ...], channel_id: int, words: Words
) -> list[str]:
    """One line for the channel, one for the server, each with what to do; often none."""
    lines = []
    if in_channel:
        lines.append(
            words.text(
                "⚠️ In {channel} I lack: {permissions}. Give me these in the channel's settings.",
                channel=f"<#{channel_id}>",
                permissions=permissions_text(in_channel, words),
            )
        )
    if in_server:
        lines.append(
            words.text(
                "⚠️ In this server I lack: {permissions}. Without these, sessions do not show as "
                "events.",
                permissions=permissions_text(in_server, words),
            )
        )
    return lines


def gone_text(words: Words) -> str:
    """The home channel was deleted."""
    return words.text("⚠️ That channel is gone: choose another one.")


def role_text(rules: GuildRules, words: Words) -> str:
    """Who organises."""
    title = words.text("Organisers")
    if rules.organiser_role_id is None:
        told = words.text("members with Manage Server. You can add a role.")
    else:
        told = words.text(
            "{role}, and members with Manage Server.", role=f"<@&{rules.organiser_role_id}>"
        )
    return f"**{title}**: {told}"


def kind_text(rules: GuildRules, words: Words) -> str:
    """What new clubs are like."""
    title = words.text("New clubs")
    told = preset_text(rules.preset, words)
    agenda = agenda_text(rules.preset, words)
    if rules.preset is not None:
        told = f"{preset_title(rules.preset, words)}: {told}"
    return f"**{title}**: {told}" + (f"\n{agenda}" if agenda else "")


def zone_text(rules: GuildRules, now: datetime, words: Words) -> str:
    """In which zone clubs meet when nobody says one."""
    title = words.text("Time zone of clubs")
    if rules.zone is None:
        told = words.text("none: whoever makes a club says it, or their own holds.")
    else:
        told = f"`{rules.zone}` (`{_offset(rules.zone, now)}`)"
    return f"**{title}**: {told}"


def numbers_text(rules: GuildRules, words: Words) -> str:
    """Target readers and limits."""
    title = words.text("Numbers")
    readers = words.plural("{n} reader a theory", "{n} readers a theory", rules.target_readers)
    own = words.plural("{n} open sign-up a member", "{n} open sign-ups a member", rules.open_limit)
    seats = words.plural("{n} seat a paper", "{n} seats a paper", rules.seats)
    return f"**{title}**: {readers} · {own} · {seats}"


def next_text(setup: Setup, words: Words) -> str:
    """What there is, and what comes next."""
    clubs = words.plural("{n} club", "{n} clubs", setup.clubs)
    boards = words.plural("{n} board", "{n} boards", setup.boards)
    return words.text("Here so far: {clubs}, {boards}. Go on with:", clubs=clubs, boards=boards)


def _offset(zone: str, now: datetime) -> str:
    try:
        return offset_text(offset_of(zone, now))
    except (KeyError, ValueError, OSError):  # gone from a newer list of zones
        return "?"
