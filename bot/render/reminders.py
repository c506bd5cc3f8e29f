"""Reminders in words: that a session is near, that it is off, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.club_digests import ClubDigest
from bot.domain.club_reminders import ComingReminders, SessionOff, SessionReminder, starts_of
from bot.domain.notices import Addressed
from bot.domain.personal_reminders import ReadBy, SplitEnding
from bot.domain.reminders import BEFORE_SESSION, Outgoing, Planned, ReminderKind, Told
from bot.render.club_words import name_text, place_text
from bot.render.digests import digest_text
from bot.render.markdown import bullets, escape, fit, link
from bot.render.personal_reminders import notice_text, read_by_text, split_ending_text
from bot.render.session_readings import reading_text
from bot.render.times import timestamp
from bot.render.words import Words

_NAME, _READINGS = 32, 3


def reminder_text(message: Outgoing, catalogue: Catalogue, words: Words) -> str:
    """What a message says, one reminder or several; one that is ``plain`` without any link.

    Several are numbered, as their buttons are.
    """
    blocks = [_told_text(told, catalogue, words, plain=message.plain) for told in message.told]
    if len(blocks) > 1:
        blocks = [f"{number} · {block}" for number, block in enumerate(blocks, 1)]
    return "\n\n".join(blocks)


def called_text(message: Outgoing) -> str:
    """Those whom a message calls."""
    return " ".join(f"<@{user_id}>" for user_id in message.mentions)


def coming_text(coming: ComingReminders, words: Words) -> str:
    """When a club's channel is reminded next."""
    club = name_text(coming.club)
    if not coming.planned:
        return words.text(
            "No reminder of **{club}** is planned within a week. `/schedule show` tells when it "
            "meets.",
            club=club,
        )
    head = words.text(
        "**{club}** is reminded in {channel}: on Mondays of its week, and a day and an hour before "
        "each session. The next times:",
        club=club,
        channel=f"<#{coming.planned[0].dest}>",
    )
    return f"{head}\n{bullets(planned_lines(coming.planned, words))}"


def rehearsed_text(message: Outgoing, text: str, words: Words) -> str:
    """A reminder that is only shown to an organiser, under a line that says so."""
    head = words.text(
        "-# A test: {channel} gets this {moment}, as far as it holds then. The buttons rest here.",
        channel=f"<#{message.lead.dest}>",
        moment=timestamp(message.lead.due, "F"),
    )
    return f"{head}\n{text}"


def closed_text(words: Words) -> str:
    """Why the test of a reminder stands where it was asked for, and what to do."""
    return words.text(
        "I could not send it to you: your direct messages are closed to me, so here it is. Open "
        "them in the privacy settings of this server, then try again."
    )


def planned_lines(planned: Iterable[Planned], words: Words) -> list[str]:
    """When each reminder comes, and which it is."""
    return [
        words.text(
            "{moment} ({soon}): {reminder}",
            moment=timestamp(one.due, "f"),
            soon=timestamp(one.due, "R"),
            reminder=_planned_text(one, words),
        )
        for one in planned
    ]


def _planned_text(planned: Planned, words: Words) -> str:
    if planned.kind is ReminderKind.DIGEST:
        return words.text("the digest of the week")
    if planned.kind not in BEFORE_SESSION:
        return words.text("what changed")
    session = timestamp(starts_of(planned), "f")
    match planned.kind:
        case ReminderKind.HOUR_BEFORE:
            return words.text("an hour before the session of {session}", session=session)
        case ReminderKind.DAY_BEFORE:
            return words.text("a day before the session of {session}", session=session)
    return words.text("what is to be read for the session of {session}", session=session)


def _told_text(told: Told, catalogue: Catalogue, words: Words, *, plain: bool) -> str:
    match told.said.subject:
        case SessionReminder() as reminder:
            details = _details(reminder, catalogue, words, linked=not plain)
            lines = [_heading(told, reminder, words), *details]
            lines.append(_place(reminder, words, plain=plain, by_dm=told.planned.by_dm))
        case SessionOff(club=club, starts=starts):
            lines = [
                words.text(
                    "**{club}** does not meet {moment}.",
                    club=name_text(club),
                    moment=timestamp(starts, "F"),
                )
            ]
        case ClubDigest() as digest:
            lines = [digest_text(digest, catalogue, words, linked=not plain)]
        case ReadBy() as left:
            lines = [read_by_text(left, catalogue, words)]
        case Addressed() as addressed:
            lines = [notice_text(addressed, catalogue, words).content]
        case SplitEnding() as ending:
            lines = [split_ending_text(ending, words)]
        case other:
            raise TypeError(f"no words for {type(other).__name__}")
    if told.late_by is not None:
        lines.append("-# " + _late(told.late_by, words))
    return "\n".join(line for line in lines if line)


def _heading(told: Told, reminder: SessionReminder, words: Words) -> str:
    session = reminder.session
    values = {
        "club": name_text(session.club),
        "moment": timestamp(session.occurrence.starts, "F"),
        "soon": timestamp(session.occurrence.starts, "R"),
    }
    if told.planned.kind is ReminderKind.HOUR_BEFORE:
        return words.text("**{club}** begins on {moment} ({soon}). See you there!", **values)
    return words.text("**{club}** meets on {moment} ({soon}).", **values)


def _details(
    reminder: SessionReminder, catalogue: Catalogue, words: Words, *, linked: bool
) -> Iterable[str]:
    session = reminder.session.session
    papers = [
        (one.paper_id, text)
        for one in session.readings
        if (text := reading_text(one, catalogue, words, linked=linked))
    ]
    for paper_id, paper in papers[:_READINGS]:
        if paper_id in reminder.read:
            yield words.text("You have read: {paper}", paper=paper)
        else:
            yield words.text("To read: {paper}", paper=paper)
    if len(papers) > _READINGS:
        yield words.plural("{n} more", "{n} more", len(papers) - _READINGS)
    if session.presenter_id is not None:
        name = fit(escape(reminder.names.get(session.presenter_id, "")), _NAME)
        yield words.text("Presenter: {name}", name=name or words.text("Somebody"))
    elif session.takes:
        yield words.text("A round of takes: everybody says in turn what they take from it.")


def _place(reminder: SessionReminder, words: Words, *, plain: bool, by_dm: bool) -> str:
    """Where it is. A direct message is in no server, so a channel is led to by a link."""
    club = reminder.session.club
    if by_dm and not plain and club.place.link is None:
        voice_id = club.place.voice_channel_id
        label = words.text("the club's channel")
        if voice_id is not None:
            label = words.text("the club's voice channel")
        address = f"https://discord.com/channels/{club.guild_id}/{voice_id or club.channel_id}"
        return words.text("Where: {place}", place=link(label, address))
    if plain and club.place.link is not None:
        return words.text("Where: the link stands in `/schedule show`.")
    return words.text("Where: {place}", place=place_text(club.place, club.channel_id))


def _late(late_by: timedelta, words: Words) -> str:
    minutes = late_by // timedelta(minutes=1)
    if minutes < 60:
        return words.plural(
            "This comes {n} minute late: I was out of reach.",
            "This comes {n} minutes late: I was out of reach.",
            minutes,
        )
    return words.plural(
        "This comes about {n} hour late: I was out of reach.",
        "This comes about {n} hours late: I was out of reach.",
        round(minutes / 60),
    )
