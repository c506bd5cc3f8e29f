"""A club as it would be, for confirmation: what was understood, and the words it came from.

The words stand on the message itself and are read back from it, so a draft needs no other place
to survive in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import discord

from bot.domain.club_drafts import Written
from bot.domain.clubs import ClubChange, ClubDraft
from bot.domain.schedule import Occurrence
from bot.render.club_words import length_text, name_text, place_text
from bot.render.markdown import fit
from bot.render.schedule_words import echo
from bot.render.theory_card import COLOUR
from bot.render.words import Words

COMING = 4
_FIELDS = 4
_BODY = 2500
# A hyphen alone would be read as the begin of a list.
_NONE = "–"
_CHANNEL = re.compile(r"<#([0-9]{1,20})>")


def draft_embed(written: Written, title: str, body: str, words: Words) -> discord.Embed:
    """``body`` is what was understood, or the question that is left."""
    embed = discord.Embed(title=title, description=fit(body, _BODY), colour=COLOUR)
    # An author's name is shown as it stands, without markup.
    embed.set_author(name=written.name or _NONE)
    for name, value in (
        (words.text("When, as you wrote it"), _quoted(written.when)),
        (words.text("Place"), _quoted(written.place)),
        (words.text("Length"), _quoted(written.length)),
        (words.text("Channel"), f"<#{written.channel_id}>"),
    ):
        embed.add_field(name=name, value=value, inline=True)
    return embed


def written_on(embeds: Sequence[discord.Embed]) -> Written | None:
    """What was written, from a message with a draft; None from any other."""
    if not embeds or len(embeds[0].fields) != _FIELDS or embeds[0].author.name is None:
        return None
    when, place, length, channel = (field.value or "" for field in embeds[0].fields)
    found = _CHANNEL.fullmatch(channel)
    if found is None:
        return None
    name = embeds[0].author.name
    return Written(
        "" if name == _NONE else name,
        _unquoted(when),
        _unquoted(place),
        _unquoted(length),
        int(found[1]),
    )


def new_club_text(draft: ClubDraft, coming: Sequence[Occurrence], words: Words) -> str:
    """What a new club would be."""
    return "\n".join(
        [
            echo(draft.series, coming, words),
            words.text(
                "Each session lasts {length}, in {place}. Announcements come in {channel}.",
                length=length_text(draft.length, words),
                place=place_text(draft.place, draft.channel_id),
                channel=f"<#{draft.channel_id}>",
            ),
            words.text("Nothing is stored before you press *Save*."),
        ]
    )


def overtaken_text(words: Words) -> str:
    """Above an edit that is shown once more."""
    return words.text("Somebody has changed the club meanwhile. This is what saving would do now:")


def edit_text(change: ClubChange, now: datetime, words: Words) -> str:
    """What an edit would change, one thing a line; and the next sessions by a new rule."""
    before, after = change.before, change.after
    lines = [
        _differing(words.text("Name"), name_text(before), name_text(after)),
        _differing(
            words.text("Length"),
            length_text(before.length, words),
            length_text(after.length, words),
        ),
        _differing(
            words.text("Place"),
            place_text(before.place, before.channel_id),
            place_text(after.place, after.channel_id),
        ),
        _differing(words.text("Channel"), f"<#{before.channel_id}>", f"<#{after.channel_id}>"),
    ]
    if before.timetable.segments != after.timetable.segments:
        coming = after.timetable.sessions(now, limit=COMING)
        lines.insert(0, echo(after.series, coming, words))
    told = [line for line in lines if line]
    if not told:
        return words.text("Nothing would change.")
    return "\n".join([*told, words.text("Nothing is stored before you press *Save*.")])


def is_change(change: ClubChange) -> bool:
    """Whether there is anything to save."""
    return change.before != change.after


def question_text(question: str, words: Words) -> str:
    """What is still to be answered before anything can be saved."""
    return question + "\n" + words.text("Nothing is stored yet: press *Change* and say it again.")


def title_of(club_id: int, words: Words) -> str:
    """The heading of a draft, under the club's name; club 0 is one that is to be made."""
    return words.text("A new club?") if club_id == 0 else words.text("This would change")


def _differing(label: str, old: str, new: str) -> str:
    return "" if old == new else f"{label}: {old} → {new}"


def _quoted(text: str) -> str:
    if not text:
        return _NONE
    return text if _CHANNEL.fullmatch(text) else f"`{text}`"


def _unquoted(text: str) -> str:
    return "" if text == _NONE else text.strip("`")
