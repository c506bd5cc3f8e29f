"""The panel of the set-up in words: what holds now, what it means, and what is missing."""

from __future__ import annotations

from bot.domain.guild import GuildRules, Setup
from bot.render.permissions import permissions_text
from bot.render.presets import agenda_text, preset_text
from bot.render.words import Words


def home_text(words: Words) -> str:
    """What the home channel is for."""
    title = words.text("Home channel")
    return _line(title, words.text("where clubs, boards and splits go unless one says otherwise"))


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


def role_text(words: Words) -> str:
    """Who organises."""
    title = words.text("Organisers")
    return _line(title, words.text("members with this role, and those with Manage Server"))


def role_gone_text(words: Words) -> str:
    """The organiser role was deleted."""
    return words.text("⚠️ That role is gone: choose another one.")


def kind_text(rules: GuildRules, words: Words) -> str:
    """What new clubs are like."""
    line = _line(words.text("New clubs"), preset_text(rules.preset, words))
    agenda = agenda_text(rules.preset, words)
    return f"{line}\n{agenda}" if agenda else line


def zone_text(words: Words) -> str:
    """What the zone is for."""
    title = words.text("Time zone of clubs")
    return _line(title, words.text("in which they meet unless one says another"))


def numbers_text(rules: GuildRules, words: Words) -> str:
    """Target readers and limits."""
    title = words.text("Numbers")
    readers = words.plural("{n} reader a theory", "{n} readers a theory", rules.target_readers)
    own = words.plural("{n} open sign-up a member", "{n} open sign-ups a member", rules.open_limit)
    seats = words.plural("{n} seat a paper", "{n} seats a paper", rules.seats)
    return _line(title, f"{readers} · {own} · {seats}")


def next_text(setup: Setup, words: Words) -> str:
    """What there is, and what comes next."""
    clubs = words.plural("{n} club", "{n} clubs", setup.clubs)
    boards = words.plural("{n} board", "{n} boards", setup.boards)
    return words.text("Here so far: {clubs}, {boards}. Go on with:", clubs=clubs, boards=boards)


def _line(title: str, told: str) -> str:
    return f"**{title}** · {told}"
