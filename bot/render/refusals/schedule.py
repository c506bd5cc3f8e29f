"""What is asked when the words for a time can be read in several ways, or in none."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.schedule.reading import errors as e
from bot.render.schedule_words import (
    WEEKDAYS,
    clock,
    day_in_words,
    days_in_words,
    either,
    listed,
    quoted,
    weekdays_in_words,
)
from bot.render.words import Words

_WORDS = 3


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    for part in (_words, _day, _rhythm, _time, _date, _bounds):
        sentence: str | None = part(error, words)
        if sentence is not None:
            return sentence
    return None


def _words(error: ClubError, words: Words) -> str | None:
    match error:
        case e.WordsTooLong(limit=limit):
            return words.text(
                "That is longer than {limit} characters. Say it in one short sentence, like "
                "`Tuesdays 18:00 Berlin`.",
                limit=limit,
            )
        case e.WordsUnprintable():
            return words.text(
                "There are characters in it that cannot be seen, or digits I cannot read. Type "
                "it anew with plain letters and the digits 0 to 9."
            )
        case e.WordsUnclear(words=said, meant=str() as meant):
            return words.text(
                "I do not understand {word}. Did you mean `{meant}`?",
                word=quoted(said[0]),
                meant=meant.capitalize(),
            )
        case e.MomentUnclear(words=said):
            return words.text(
                "I do not understand {words}. Leave it out, or say it like `Fri 19:00`, `tomorrow "
                "at 7 pm` or `3 December 18:30`.",
                words=listed([quoted(word) for word in said[:_WORDS]], words),
            )
        case e.WordsUnclear(words=said):
            return words.text(
                "I do not understand {words}. Leave it out, or say it like `Tuesdays 18:00 "
                "Berlin` or `every 2 weeks on Thu at 7 pm New York`.",
                words=listed([quoted(word) for word in said[:_WORDS]], words),
            )
        case _:
            return None


def _day(error: ClubError, words: Words) -> str | None:
    match error:
        case e.DayMissing():
            return words.text("On which day? Say a weekday too, like `Tuesdays` or `Thu`.")
        case e.DayOfMonth():
            return words.text(
                "Sessions fall on weekdays, not on a day of the month by number. Which weekday "
                "is it, like `first Monday of the month`?"
            )
        case e.SaidTwice(part=e.Part.DAY):
            return words.text("You name two days. Which one is it?")
        case e.WeekdayWrong(day=day):
            return words.text(
                "{day} is a {weekday}. Is it the date that is right, or the weekday? Say only one.",
                day=day_in_words(day, words),
                weekday=words.text(WEEKDAYS[day.weekday()]),
            )
        case _:
            return None


def _rhythm(error: ClubError, words: Words) -> str | None:
    match error:
        case e.OrdinalMissing(weekdays=weekdays):
            return words.text(
                "Which {weekdays} of the month? Say `first`, `second`, `third`, `fourth` or "
                "`last`; two of them are fine.",
                weekdays=weekdays_in_words(weekdays, words),
            )
        case e.OrdinalImpossible(weekday=weekday):
            return words.text(
                "Not every month has a fifth {weekday}. Do you mean the `last` one?",
                weekday=words.text(WEEKDAYS[weekday]),
            )
        case e.TwoRhythms():
            return words.text(
                "That is more than one rhythm. Which one is it? For two, create two clubs."
            )
        case e.RhythmUnclear(readings=readings):
            options = [f"`{days_in_words(reading, words)}`" for reading in readings]
            return words.text(
                "That can mean different things. Which one: {options}?",
                options=either(options, words),
            )
        case e.RhythmImpossible(limit=limit, is_monthly=True):
            return words.text("Every how many months? From 1 to {limit}.", limit=limit)
        case e.RhythmImpossible(limit=limit):
            return words.text("Every how many weeks? From 1 to {limit}.", limit=limit)
        case _:
            return None


def _time(error: ClubError, words: Words) -> str | None:
    match error:
        case e.TimeMissing():
            return words.text("At what time? Say it like `18:00`, `18h` or `7 pm`.")
        case e.TimeAmbiguous(readings=(early, late)):
            return words.text(
                "Do you mean `{early}` or `{late}`?", early=clock(early), late=clock(late)
            )
        case e.TwoTimes(first=first, second=second):
            return words.text(
                "I read two times, `{first}` and `{second}`. Which one is the beginning? How long "
                "a session takes has its own option, `length`.",
                first=clock(first),
                second=clock(second),
            )
        case e.TimeImpossible(said=said):
            return words.text(
                "There is no time {said}. Which one is it, from `00:00` to `23:59`?",
                said=quoted(said),
            )
        case e.LengthGiven():
            return words.text(
                "How long a session takes has its own option, `length`. Say here only when it "
                "begins."
            )
        case e.TimePast(at=at):
            return words.text(
                "`{time}` on that day is over already. Which later time is it?", time=clock(at)
            )
        case _:
            return None


def _date(error: ClubError, words: Words) -> str | None:
    match error:
        case e.DateUnsure(readings=(first, second)):
            return words.text(
                "Do you mean `{first}` or `{second}`?",
                first=day_in_words(first, words),
                second=day_in_words(second, words),
            )
        case e.DateImpossible(said=said):
            return words.text(
                "There is no day {said} within the next year, or at all. Which one is it? Write "
                "it like `2026-12-24` or `24 Dec`.",
                said=quoted(said),
            )
        case e.DateTooFar(years=years):
            return words.plural(
                "That is more than {n} year ahead. Choose a nearer day.",
                "That is more than {n} years ahead. Choose a nearer day.",
                years,
            )
        case e.DatePast(day=day):
            return words.text(
                "{day} is over already. Which later day is it?", day=day_in_words(day, words)
            )
        case e.DateLoose(day=day):
            return words.text(
                "Is {day} the first day or the last? Say `from` or `until` before it; for a day "
                "without a session, `except`.",
                day=day_in_words(day, words),
            )
        case _:
            return None


def _bounds(error: ClubError, words: Words) -> str | None:
    match error:
        case e.DatesBackwards(first=first, last=last):
            return words.text(
                "{last} comes before {first}. Which of the two is wrong?",
                first=day_in_words(first, words),
                last=day_in_words(last, words),
            )
        case e.SaidTwice(part=e.Part.START):
            return words.text("You name two first days. Which one is it?")
        case e.SaidTwice(part=e.Part.END):
            return words.text("You say twice when it ends. Which of the two holds?")
        case e.CountImpossible(limit=limit):
            return words.text("How many? A whole number from 1 to {limit}.", limit=limit)
        case _:
            return None
