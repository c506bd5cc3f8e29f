"""An announcement about a club: a heading, what was, and what is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.club_news import Change, ClubMade
from bot.domain.club_sessions import ClubSession, SessionChange
from bot.domain.clubs import Club, ClubChange
from bot.render.club_words import clock_remarks, club_line, name_text, next_text, pause_text
from bot.render.schedule_words import moment_text, remark_text
from bot.render.times import timestamp
from bot.render.words import Words

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class News:
    """``was`` is empty where nothing was before."""

    title: str
    was: str
    now: str


def club_news(change: Change, now: datetime, words: Words) -> News:
    """The one announcement of a change."""
    match change:
        case ClubMade(after=club):
            now_text = "\n".join([club_line(club, words), *_coming(club, now, words)])
            return News(words.text("A new club"), "", now_text)
        case SessionChange(before=before, after=after):
            return _session_news(before, after, words)
        case ClubChange(before=before, after=after):
            return _club_news(before, after, now, words)


def _session_news(before: ClubSession, after: ClubSession, words: Words) -> News:
    old, new = before.occurrence, after.occurrence
    was = (
        words.text("It did not take place.")
        if old.is_skipped
        else words.text("Was: {moment}", moment=timestamp(old.starts, "F"))
    )
    if new.is_skipped:
        title = words.text("A session does not take place")
        moment = timestamp(new.starts, "F")
        told = words.text("Now: no session on {moment}. Answers are kept.", moment=moment)
    else:
        title = (
            words.text("A session takes place after all")
            if old.is_skipped
            else words.text("A session is moved")
        )
        told = words.text("Now: {moment}", moment=moment_text(new.starts, words))
        if new.remark is not None:
            told += "\n" + remark_text(new, words)
    return News(f"{title}: {name_text(after.club)}", was, told)


def _club_news(before: Club, after: Club, now: datetime, words: Words) -> News:
    if after.ended_at is not None:
        title = words.text("A club has ended")
        told = words.text("It meets no more. Thank you to everybody who came.")
        return News(title, club_line(before, words), told)
    if before.timetable.pauses != after.timetable.pauses:
        paused = pause_text(after, now, words)
        title = words.text("A club is paused") if paused else words.text("A club meets again")
        lines = [paused or club_line(after, words), next_text(after, now, words)]
        return News(title, "", "\n".join(lines))
    lines = [
        words.text("Now: {club}", club=club_line(after, words)),
        *_coming(after, now, words),
    ]
    was = words.text("Was: {club}", club=club_line(before, words))
    return News(words.text("A club has changed"), was, "\n".join(lines))


def _coming(club: Club, now: datetime, words: Words) -> list[str]:
    coming = club.held.taking_place(now, _SHOWN)
    return [next_text(club, now, words), *clock_remarks(coming[1:], words)]
