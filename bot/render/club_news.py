"""An announcement about a club: a heading, what was, and what is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.club_news import News, Planned, Terms, Topic
from bot.domain.clubs import Club
from bot.domain.schedule import Occurrence
from bot.render.club_words import (
    clock_remarks,
    club_line,
    name_text,
    next_text,
    pause_text,
    terms_line,
)
from bot.render.markdown import bullets
from bot.render.schedule_words import moment_text, remark_text
from bot.render.times import timestamp
from bot.render.words import Words

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class NewsText:
    """``was`` is empty where nothing was before."""

    title: str
    was: str
    now: str


def news_text(news: News, words: Words) -> NewsText:
    """What an announcement says."""
    was, club = news.announcement.was, news.club
    match news.announcement.topic:
        case Topic.MADE:
            now_text = "\n".join([club_line(club, words), *_coming(news, words)])
            return NewsText(words.text("A new club"), "", now_text)
        case Topic.ENDED:
            told = words.text("It meets no more. Thank you to everybody who came.")
            return NewsText(words.text("A club has ended"), _terms(was.terms, words), told)
        case Topic.PAUSE:
            paused = pause_text(club, news.now, words)
            title = words.text("A club is paused") if paused else words.text("A club meets again")
            lines = [paused or club_line(club, words), next_text(club, news.now, words)]
            return NewsText(title, "", "\n".join(lines))
        case Topic.RULE:
            return _rule_text(news, words)
        case Topic.CLOCKS:
            return _clocks_text(news, words)
        case _:
            return _session_text(club, was.sessions[0], news.sessions[0], words)


def _session_text(club: Club, old: Planned, new: Occurrence, words: Words) -> NewsText:
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
        is_back = old.is_skipped or old.starts == new.starts
        title = (
            words.text("A session takes place after all")
            if is_back
            else words.text("A session is moved")
        )
        told = words.text("Now: {moment}", moment=moment_text(new.starts, words))
        if new.remark is not None:
            told += "\n" + remark_text(new, words)
    return NewsText(f"{title}: {name_text(club)}", was, told)


def _rule_text(news: News, words: Words) -> NewsText:
    lines = [
        words.text("Now: {club}", club=club_line(news.club, words)),
        *_coming(news, words),
    ]
    was = words.text("Was: {club}", club=_terms(news.announcement.was.terms, words))
    return NewsText(words.text("A club has changed"), was, "\n".join(lines))


def _clocks_text(news: News, words: Words) -> NewsText:
    """Sessions that begin at another instant, though the clock on the wall shows the same."""
    before: Mapping[date, Planned] = {one.original: one for one in news.announcement.was.sessions}
    moved = [
        words.text(
            "{before} is now {after}",
            before=timestamp(before[one.original].starts, "F"),
            after=timestamp(one.starts, "F"),
        )
        for one in news.sessions
    ]
    lines = [
        words.text(
            "New rules for the clocks hold where the club meets. It keeps to its time there, so "
            "for others these sessions begin at another time:"
        ),
        bullets(moved[:_SHOWN]),
    ]
    if len(moved) > _SHOWN:
        lines.append(words.plural("{n} more", "{n} more", len(moved) - _SHOWN))
    title = f"{words.text('The clocks have changed')}: {name_text(news.club)}"
    return NewsText(title, "", "\n".join(lines))


def _terms(terms: Terms | None, words: Words) -> str:
    return "" if terms is None else terms_line(terms, words)


def _coming(news: News, words: Words) -> list[str]:
    coming = news.club.held.taking_place(news.now, _SHOWN)
    return [next_text(news.club, news.now, words), *clock_remarks(coming[1:], words)]
