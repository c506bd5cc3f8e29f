"""Clubs, sessions and times to choose from while an option is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from discord import app_commands

from bot.domain.clubs import Club
from bot.domain.schedule import Occurrence
from bot.domain.schedule.reading import When
from bot.domain.zones import offset_of
from bot.render.markdown import fit, plain
from bot.render.member_settings import offset_text
from bot.render.schedule_words import in_words, moment_in_words
from bot.render.words import Words

_CHOICES, _LABEL = 25, 100
_NAME = 50


def club_choices(clubs: Iterable[Club], typed: str) -> list[app_commands.Choice[str]]:
    """The clubs whose name has in it what is typed."""
    wanted = _folded(typed)
    return _choices(
        (plain(club.name), str(club.id)) for club in clubs if wanted in _folded(club.name)
    )


def session_choices(
    found: Iterable[tuple[Club, Occurrence]], typed: str, words: Words
) -> list[app_commands.Choice[str]]:
    """The sessions whose label has in it all words that are typed."""
    wanted = _folded(typed).split()
    labelled = ((session_label(*pair, words), session_key(*pair)) for pair in found)
    return _choices(pair for pair in labelled if all(word in _folded(pair[0]) for word in wanted))


def session_key(club: Club, session: Occurrence) -> str:
    """A session as the value of a choice: its club and its original day."""
    return f"{club.id}:{session.original.isoformat()}"


def session_label(club: Club, session: Occurrence, words: Words) -> str:
    """A session where timestamps do not render: "Readers: Tue 8 December 2026, 18:00 CET"."""
    zone = club.timetable.series_on(session.original).zone
    label = words.text(
        "{club}: {moment}",
        club=fit(plain(club.name), _NAME),
        moment=moment_in_words(session.starts, zone, words),
    )
    return words.text("{session} (skipped)", session=label) if session.is_skipped else label


def when_choices(found: Iterable[tuple[str, When]], words: Words) -> list[app_commands.Choice[str]]:
    """What the words may become, each as it would be understood."""
    return _choices((_understood(when, words), said) for said, when in found if len(said) <= _LABEL)


def _understood(when: When, words: Words) -> str:
    series = when.series
    rule = in_words(series.recurrence, series.zone, words)
    begins = datetime.combine(series.start, series.recurrence.at, UTC)
    return words.text(
        "{rule} ({offset})",
        rule=rule[:1].upper() + rule[1:],
        offset=offset_text(offset_of(series.zone, begins)),
    )


def _choices(pairs: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=label, value=value)
        for label, value in list(_unique(pairs))[:_CHOICES]
    ]


def _unique(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Labels are told apart by a number; two alike would be refused, and all others with them."""
    seen: set[str] = set()
    for label, value in pairs:
        kept, number = fit(label, _LABEL), 1
        while kept in seen:
            number += 1
            kept = f"{fit(label, _LABEL - 6)} ({number})"
        seen.add(kept)
        yield kept, value


def _folded(text: str) -> str:
    return " ".join(plain(text).casefold().split())
