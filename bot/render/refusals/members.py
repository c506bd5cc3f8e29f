"""Why a member may not do something, or cannot set something about themselves."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.guild import RoleOfEverybody
from bot.domain.members import (
    HOURS_A_WEEK,
    AbsenceBackwards,
    AbsenceIncomplete,
    AbsenceOver,
    AbsenceTooLong,
    DateUnclear,
    HoursImpossible,
    OrganisersOnly,
    TagUnknown,
)
from bot.domain.privacy import CONFIRMATION, ErasureUnconfirmed, NothingToUndo
from bot.domain.zones import ZoneUnknown
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case OrganisersOnly():
            return words.text(
                "Only organisers can do that: members with the organiser role or Manage Server."
            )
        case RoleOfEverybody():
            return words.text(
                "Everybody has that role, so everybody would be an organiser. Choose another one."
            )
        case ZoneUnknown(nearest=nearest):
            return _zone_unknown(nearest, words)
        case HoursImpossible():
            return words.text(
                "Hours a week are a whole number from {least} to {most}.",
                least=HOURS_A_WEEK[0],
                most=HOURS_A_WEEK[-1],
            )
        case TagUnknown():
            return words.text(
                "I do not know one of these. Choose among the suggestions, with commas between "
                "them, or use the menu of `/me settings`."
            )
        case ErasureUnconfirmed():
            return words.text(
                "Nothing was erased. To confirm, write `{word}` into the field.", word=CONFIRMATION
            )
        case NothingToUndo():
            return words.text(
                "There is nothing to undo: no erasure is waiting. `/me privacy` shows what is kept "
                "about you here."
            )
        case _:
            return _absence(error, words)


def _absence(error: ClubError, words: Words) -> str | None:
    match error:
        case DateUnclear(option=option):
            return words.text(
                "I cannot read a date in `{option}`. Write it like `2026-12-24`, `24.12.2026`, "
                "`tomorrow`, `in 2 weeks` or `Friday 18:00`.",
                option=option,
            )
        case AbsenceIncomplete():
            return words.text("Say both: `from` when and `to` when you are away.")
        case AbsenceBackwards():
            return words.text("That would end before it begins. Swap `from` and `to`?")
        case AbsenceOver():
            return words.text("That time is over already. Choose a later day for `to`.")
        case AbsenceTooLong():
            return words.text(
                "An absence lasts at most a year and begins within the next one. Choose nearer "
                "days."
            )
        case _:
            return None


def _zone_unknown(nearest: tuple[str, ...], words: Words) -> str:
    if not nearest:
        return words.text(
            "I know no such time zone. Type a large city near you, and choose one of the "
            "suggestions."
        )
    zones = ", ".join(f"`{name}`" for name in nearest)
    return words.text(
        "I know no time zone by exactly that name. Did you mean {zones}? Type a city and choose "
        "one of the suggestions.",
        zones=zones,
    )
