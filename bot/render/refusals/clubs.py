"""Why a club, or one of its sessions, cannot be changed so."""

from __future__ import annotations

from bot.domain import club_names
from bot.domain import clubs as c
from bot.domain.club_reminders import NothingToRemind
from bot.domain.errors import ClubError
from bot.domain.schedule import errors as s
from bot.domain.session_choice import SessionUnclear
from bot.render.markdown import escape, fit
from bot.render.schedule_words import day_in_words, listed
from bot.render.times import timestamp
from bot.render.words import Words

_NAME = 60


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    return (
        _club(error, words)
        or _state(error, words)
        or _session(error, words)
        or _move(error, words)
        or _series(error, words)
    )


def _club(error: ClubError, words: Words) -> str | None:
    match error:
        case club_names.ClubNameUnclear():
            return words.text(
                "A club's name has a letter or digit, and at most {most} characters.",
                most=club_names.LONGEST_NAME,
            )
        case club_names.ClubNameTaken():
            return words.text(
                "Another club here has that name. Choose a different one; `/schedule show` shows "
                "what there is."
            )
        case c.TooManyClubs(limit=limit):
            return words.text(
                "This server has {limit} clubs, as many as it can have. End one with `/schedule "
                "end` first.",
                limit=limit,
            )
        case c.LengthOutOfRange(numbers=numbers):
            return words.text(
                "How long does a session last? In minutes, {least} to {most}.",
                least=numbers[0],
                most=numbers[-1],
            )
        case c.LinkUnclear():
            return words.text(
                "Where does it meet? Choose a voice channel from the list, or give a link that "
                "begins with `https://`; leave it empty for the club's own channel."
            )
        case _:
            return None


def _state(error: ClubError, words: Words) -> str | None:
    match error:
        case c.NoClubYet():
            return words.text(
                "No reading club meets here yet. Organisers make one with `/schedule create`, in "
                "words such as `Tuesdays 18:00 Berlin`."
            )
        case c.ClubUnclear(names=names):
            shown = listed([f"**{fit(escape(name), _NAME)}**" for name in names], words)
            return words.text("Which club: {names}? Choose it in the option `club`.", names=shown)
        case c.ClubOver():
            return words.text(
                "The club would have no session to come. Give it days that lie ahead."
            )
        case c.ClubEnded():
            return words.text(
                "That club has ended. `/schedule create` begins a new one, also with its name."
            )
        case c.PauseOver():
            return words.text("That pause would be over already. Name a day that lies ahead.")
        case c.NotPaused():
            return words.text("The club is not paused: it meets as `/schedule show` says.")
        case NothingToRemind():
            return words.text("The club is reminded of nothing within the next five weeks.")
        case _:
            return None


def _session(error: ClubError, words: Words) -> str | None:
    match error:
        case SessionUnclear():
            return words.text("Which session? Choose one from the list that opens as you type.")
        case s.SessionUnknown(original=original):
            return words.text(
                "The club has no session of {day} (any more). `/schedule show` shows those to "
                "come.",
                day=day_in_words(original, words),
            )
        case s.SessionOver(original=original):
            return words.text(
                "The session of {day} has begun or is over: what was cannot be changed.",
                day=day_in_words(original, words),
            )
        case s.SessionsCollide(starts=starts):
            return words.text(
                "Another session of the club takes place then, at {moment}. Move or skip that one "
                "first, or choose another time.",
                moment=timestamp(starts, "F"),
            )
        case _:
            return None


def _move(error: ClubError, words: Words) -> str | None:
    match error:
        case s.MovesIntoPast():
            return words.text("That moment is over. Choose one that lies ahead.")
        case s.MovesTooFar(days=days):
            return words.text(
                "A session can be moved by at most {days} days. For more, skip it, or change the "
                "club with `/schedule edit`.",
                days=days,
            )
        case s.TimeUnclear():
            return words.text("A session begins at a time of day to the minute, such as `18:30`.")
        case _:
            return None


def _series(error: ClubError, words: Words) -> str | None:
    match error:
        case s.DayOutOfRange(first=first, last=last):
            return words.text(
                "Name days from {first} to {last}.",
                first=day_in_words(first, words),
                last=day_in_words(last, words),
            )
        case s.EndsBeforeStart():
            return words.text("It would end before it begins. Name a later end.")
        case s.CountOutOfRange(numbers=numbers) | s.EveryOutOfRange(numbers=numbers):
            return words.text(
                "Give a whole number from {least} to {most}.", least=numbers[0], most=numbers[-1]
            )
        case s.TooManyBreaks(limit=limit):
            return words.text("A club has at most {limit} breaks. Name fewer.", limit=limit)
        case s.NeverMeets():
            return words.text("By that rule it would never meet. Name other days, or fewer breaks.")
        case s.WeekdaysUnclear():
            return words.text("On which day of the week does it meet?")
        case s.OrdinalsUnclear():
            return words.text("Within a month: the first to the fourth such weekday, or the last?")
        case _:
            return None
