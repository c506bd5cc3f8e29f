"""What a member has chosen about their reminders, as they read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

import discord

from bot.domain.members import DmConsent
from bot.domain.reminders import OwnReminders
from bot.render.markdown import escape, fit
from bot.render.theory_card import COLOUR
from bot.render.words import Words

_FIELD = 1024


def reminders_panel(own: OwnReminders, words: Words) -> discord.Embed:
    """Everything that is set about reminders."""
    embed = discord.Embed(
        title=words.text("Your reminders in this server"),
        colour=COLOUR,
        description=words.text(
            "Only you see this. A club's channel is reminded in any case; here you choose what "
            "comes to you directly, and when not."
        ),
    )
    for name, value in _lines(own, words):
        embed.add_field(name=name, value=fit(value, _FIELD), inline=False)
    return embed


def _lines(own: OwnReminders, words: Words) -> Iterable[tuple[str, str]]:
    chosen = own.choices
    yield words.text("Direct messages"), _dm(own, words)
    yield words.text("Sessions"), _sessions(own, words)
    yield (
        words.text("Read this by then"),
        (
            words.text("by direct message, three days before, if something is left to read")
            if chosen.reads_by
            else words.text("not asked for")
        ),
    )
    yield words.text("Quiet hours"), _quiet(own, words)
    yield words.text("Prompts a week"), _budget(chosen.budget, words)
    yield (
        words.text("Mentions"),
        (
            words.text("you may be mentioned an hour before a session you said you come to")
            if chosen.mentioned
            else words.text("no reminder mentions you")
        ),
    )
    names = [escape(name) for club_id, name in own.clubs if club_id in own.muted]
    if names:
        yield words.text("Muted"), ", ".join(names)


def _dm(own: OwnReminders, words: Words) -> str:
    if own.dm is not DmConsent.YES:
        return words.text("off: nothing is sent to you directly")
    if own.dm_closed_at is not None:
        return words.text(
            "on, but closed to me: open them in the privacy settings of this server, then press "
            "*Try again*"
        )
    return words.text("on")


def _sessions(own: OwnReminders, words: Words) -> str:
    chosen = own.choices
    if not chosen.by_dm:
        return words.text("in the club's channel")
    match chosen.day_before, chosen.hour_before:
        case True, True:
            return words.text("by direct message, a day and an hour before")
        case True, False:
            return words.text("by direct message, a day before")
        case False, True:
            return words.text("by direct message, an hour before")
        case _:
            return words.text("none to you: neither a day nor an hour before")


def _quiet(own: OwnReminders, words: Words) -> str:
    if own.choices.quiet is None:
        return words.text("none")
    begin, end = own.choices.quiet
    text = words.text(
        "{begin} to {end} in `{zone}`; what comes meanwhile is held and comes as one message",
        begin=time_text(begin),
        end=time_text(end),
        zone=own.zone or "UTC",
    )
    if own.zone is not None:
        return text
    return text + ". " + words.text("Set your zone with *Quiet hours*.")


def _budget(budget: int, words: Words) -> str:
    if not budget:
        return words.text("none: they come along with other messages only")
    return words.plural(
        "at most {n}; that counts *read this by then* and how a sign-up is going",
        "at most {n}; that counts *read this by then* and how a sign-up is going",
        budget,
    )


def muted_text(name: str, *, muted: bool, words: Words) -> str:
    """A club was muted, or is heard again."""
    if muted:
        return words.text(
            "**{club}** is muted: I write to you no more about it. Its channel is reminded as "
            "before.",
            club=escape(name),
        )
    return words.text("I write to you about **{club}** again, as you chose.", club=escape(name))


def time_text(at: time) -> str:
    """A time of day, as it is written into the form."""
    return at.isoformat(timespec="minutes")
