"""Kinds of clubs in words: what they are called, what they are used to, and their agenda."""

from __future__ import annotations

from bot.domain.presets import Preset, habits_of
from bot.render.papers import number_text
from bot.render.words import Words


def preset_title(preset: Preset, words: Words) -> str:
    """What such a club is called in general."""
    match preset:
        case Preset.JOURNAL:
            return words.text("Journal club")
        case Preset.SEMINAR:
            return words.text("Seminar")
        case Preset.BOOK:
            return words.text("Book club")


def club_name_for(preset: Preset | None, words: Words) -> str:
    """A name for a club that has none yet."""
    return words.text("Reading club") if preset is None else preset_title(preset, words)


def preset_text(preset: Preset | None, words: Words) -> str:
    """What such a club is used to, in half a line (at most 100 characters)."""
    habits = habits_of(preset)
    often = words.plural("every week", "every {n} weeks", habits.weeks)
    return words.text(
        "{often}, {minutes} min, {hours} h of reading a week",
        often=often,
        minutes=habits.minutes,
        hours=number_text(habits.hours),
    )


def agenda_text(preset: Preset | None, words: Words) -> str:
    """The agenda of a session that nobody has given one; empty for a club of no kind."""
    match preset:
        case Preset.JOURNAL:
            return words.text("The claim · the evidence · doubts · what to read next")
        case Preset.SEMINAR:
            return words.text("The talk · questions · what follows from it")
        case Preset.BOOK:
            return words.text("A round: what was clear, what was not · the hard parts together")
        case None:
            return ""
