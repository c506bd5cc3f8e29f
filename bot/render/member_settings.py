"""What a member has decided about themselves, as they read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import discord
from discord import app_commands
from discord.utils import format_dt

from bot.domain.members import (
    Absence,
    DmConsent,
    MemberSettings,
    NoteSharing,
    TagUnknown,
    Visibility,
)
from bot.domain.zones import ZoneOffer, offset_of
from bot.render.markdown import fit
from bot.render.papers import tag_text
from bot.render.theory_card import COLOUR
from bot.render.words import Words

_LABEL = 100


def settings_panel(
    settings: MemberSettings,
    tags: Mapping[str, str],
    topics: Mapping[str, str],
    now: datetime,
    words: Words,
) -> discord.Embed:
    """Everything that is set. ``tags`` maps each prerequisite to its title, ``topics`` everything
    one may be interested in.
    """
    embed = discord.Embed(
        title=words.text("Your settings in this server"),
        colour=COLOUR,
        description=words.text(
            "Only you see this. Change things with the menus and buttons below, or with the "
            "options of `/me settings`."
        ),
    )
    for name, value in _lines(settings, tags, topics, now, words):
        embed.add_field(name=name, value=fit(value, 1024), inline=False)
    return embed


def _lines(
    settings: MemberSettings,
    tags: Mapping[str, str],
    topics: Mapping[str, str],
    now: datetime,
    words: Words,
) -> Iterable[tuple[str, str]]:
    yield words.text("Time zone"), _zone(settings.zone, now, words)
    yield words.text("Hours a week for reading"), _hours(settings.hours_a_week, words)
    yield words.text("Who sees my reading"), visibility_text(settings.visibility, words)
    yield words.text("New notes"), sharing_text(settings.note_sharing, words)
    yield words.text("Explaining"), _explains(settings, words)
    yield words.text("Name board"), _name_board(settings, words)
    yield words.text("Direct messages"), _dm(settings.dm, words)
    known = [title for tag, title in tags.items() if tag in settings.tags]
    yield words.text("What I know"), ", ".join(known) or words.text("nothing chosen yet")
    liked = [title for topic, title in topics.items() if topic in settings.interests]
    if liked:
        yield words.text("What I would like to read about"), ", ".join(liked)
    if settings.absence is not None and settings.absence.ends > now:
        yield words.text("Away"), absence_text(settings.absence, words)


def _zone(zone: str | None, now: datetime, words: Words) -> str:
    if zone is None:
        return words.text("not set: dates you write are read in UTC")
    try:
        return f"`{zone}` (`{offset_text(offset_of(zone, now))}`)"
    except (KeyError, ValueError, OSError):  # gone from a newer list of zones
        return f"`{zone}`"


def _hours(hours: int | None, words: Words) -> str:
    if hours is None:
        return words.text("not said")
    return words.plural("{n} hour", "{n} hours", hours)


def visibility_text(visibility: Visibility, words: Words) -> str:
    """Who sees a member's papers and depths."""
    if visibility is Visibility.SERVER:
        return words.text("members of this server may see my papers and how far I am")
    return words.text("only I; others see my open sign-ups and nothing else")


def sharing_text(sharing: NoteSharing, words: Words) -> str:
    """What happens with a new note."""
    match sharing:
        case NoteSharing.ASK:
            return words.text("ask me each time")
        case NoteSharing.PRIVATE:
            return words.text("keep them private")
        case NoteSharing.SHARED:
            return words.text("share them with this server")


def _explains(settings: MemberSettings, words: Words) -> str:
    if settings.explains:
        return words.text("my name stands where somebody looks for an explanation")
    return words.text("my name is not offered to those who look for an explanation")


def _name_board(settings: MemberSettings, words: Words) -> str:
    if settings.on_name_board:
        return words.text("my name may stand on it")
    return words.text("my name does not stand on it")


def _dm(dm: DmConsent, words: Words) -> str:
    match dm:
        case DmConsent.YES:
            return words.text("yes: *Reminders and DMs* below says what about and when")
        case DmConsent.NO:
            return words.text("no, I am told here instead")
        case DmConsent.UNASKED:
            return words.text("not asked yet: none are sent")


def absence_text(absence: Absence, words: Words) -> str:
    """When the member is away."""
    return words.text(
        "from {begins} to {ends}",
        begins=format_dt(absence.begins, "f"),
        ends=format_dt(absence.ends, "f"),
    )


def offset_text(offset: timedelta) -> str:
    """A difference to UTC: UTC, UTC+1, UTC-3:30."""
    minutes = round(offset.total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def zone_choices(offers: Sequence[ZoneOffer]) -> list[app_commands.Choice[str]]:
    """One choice a zone, with its present difference to UTC; the value is the IANA name.

    Before it the place or abbreviation it was found by: "CET (CET/CEST): Europe/Berlin (UTC+1)".
    """
    return [app_commands.Choice(name=_offer_text(offer), value=offer.name) for offer in offers]


def _offer_text(offer: ZoneOffer) -> str:
    name = f"{offer.name.replace('_', ' ')} ({offset_text(offer.offset)})"
    if offer.heard is None:
        return name
    explained = f" ({'/'.join(offer.abbreviations)})" if offer.abbreviations else ""
    return f"{offer.heard}{explained}: {name}"


def tag_titles(prerequisites: Iterable[str]) -> dict[str, str]:
    """Every prerequisite of the catalogue with its title."""
    titles = {tag: tag_text(tag) for tag in prerequisites}
    return {tag: title[:1].upper() + title[1:] for tag, title in titles.items()}


def tags_written(titles: Mapping[str, str], typed: str) -> frozenset[str]:
    """The prerequisites that a list with commas names. Raises TagUnknown."""
    keys = {word.casefold(): tag for tag, title in titles.items() for word in (tag, title)}
    written = [" ".join(word.split()).casefold() for word in typed.split(",")]
    named = frozenset(keys.get(word, "") for word in written if word)
    if "" in named:
        raise TagUnknown
    return named


def tag_choices(titles: Mapping[str, str], typed: str) -> list[app_commands.Choice[str]]:
    """What is written so far with its last word completed, in each way that fits."""
    before, _, last = typed.rpartition(",")
    wanted = " ".join(last.split()).casefold()
    begun = f"{before.strip()}, " if before.strip() else ""
    chosen = {" ".join(word.split()).casefold() for word in before.split(",")}
    made = (
        begun + title
        for title in titles.values()
        if wanted in title.casefold() and title.casefold() not in chosen
    )
    fitting = [whole for whole in made if len(whole) <= _LABEL]
    return [app_commands.Choice(name=whole, value=whole) for whole in fitting[:25]]
