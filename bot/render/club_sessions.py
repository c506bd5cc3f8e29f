"""What organisers read about a session that they skip or move."""

from __future__ import annotations

from bot.domain.club_sessions import ClubSession, SessionChange
from bot.domain.schedule import Occurrence
from bot.render.club_words import name_text
from bot.render.schedule_words import moment_text, remark_text
from bot.render.times import timestamp
from bot.render.words import Words


def skipped_text(session: ClubSession, words: Words) -> str:
    """It does not take place."""
    return words.text(
        "**{club}** does not meet on {moment}. Answers are kept.",
        club=name_text(session.club),
        moment=timestamp(session.occurrence.starts, "F"),
    )


def unskipped_text(session: ClubSession, words: Words) -> str:
    """It takes place after all."""
    return _with_remark(
        words.text(
            "**{club}** meets on {moment} after all.",
            club=name_text(session.club),
            moment=moment_text(session.occurrence.starts, words),
        ),
        session.occurrence,
        words,
    )


def move_text(change: SessionChange, words: Words) -> str:
    """What a move would do, for confirmation."""
    text = words.text(
        "Move the session of **{club}** from {old} to {new}?",
        club=name_text(change.after.club),
        old=timestamp(change.before.occurrence.starts, "F"),
        new=moment_text(change.after.occurrence.starts, words),
    )
    going = len(change.before.guests.going)
    if going:
        text += "\n" + words.plural(
            "{n} member is expected; what they answered is kept.",
            "{n} members are expected; what they answered is kept.",
            going,
        )
    return _with_remark(text, change.after.occurrence, words)


def agenda_set_text(session: ClubSession, words: Words) -> str:
    """What was written stands on the card, or nothing does any more."""
    values = {"club": name_text(session.club), "moment": timestamp(session.occurrence.starts, "F")}
    if session.facts is None or session.facts.agenda is None:
        return words.text("The session of **{club}** on {moment} has no agenda now.", **values)
    return words.text(
        "The agenda of **{club}** for {moment} stands on the session's card: `/club next`.",
        **values,
    )


def moved_text(change: SessionChange, words: Words) -> str:
    """It is moved; or it is when it was, for who presses twice."""
    if change.before.occurrence.starts == change.after.occurrence.starts:
        return words.text(
            "The session of **{club}** is on {moment}.",
            club=name_text(change.after.club),
            moment=moment_text(change.after.occurrence.starts, words),
        )
    return _with_remark(
        words.text(
            "The session of **{club}** is moved from {old} to {new}.",
            club=name_text(change.after.club),
            old=timestamp(change.before.occurrence.starts, "F"),
            new=moment_text(change.after.occurrence.starts, words),
        ),
        change.after.occurrence,
        words,
    )


def put_back_text(change: SessionChange, words: Words) -> str:
    """It is as it was before somebody skipped or moved it."""
    if change.after.occurrence.is_skipped:
        return skipped_text(change.after, words)
    if change.before.occurrence.is_skipped:
        return unskipped_text(change.after, words)
    return moved_text(change, words)


def _with_remark(text: str, session: Occurrence, words: Words) -> str:
    return text if session.remark is None else f"{text}\n{remark_text(session, words)}"
