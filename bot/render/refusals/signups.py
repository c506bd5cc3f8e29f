"""Why a member cannot sign up, and what they can do instead."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.signups import (
    AwayNow,
    LimitOutOfRange,
    LinedUpEnough,
    NoLongerOffered,
    OpenLimitReached,
    PaperFull,
    ReadAlready,
    SeatFree,
    SignedUpAlready,
    SignupState,
)
from bot.render.times import timestamp
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case PaperFull(standing=standing):
            taken = words.plural(
                "Its only seat is taken", "All its {n} seats are taken", standing.seats
            )
            if standing.waiting:
                waiting = words.plural("{n} member waits", "{n} members wait", standing.waiting)
                taken = f"{taken}, {waiting}"
            return words.text(
                "{taken}. Wait for a seat, or take a paper that nobody has yet.", taken=taken
            )
        case OpenLimitReached(limit=limit):
            return words.plural(
                "You have a sign-up open, and one at a time is the limit here. Finish it or give "
                "it back, then come again.",
                "You have {n} sign-ups open, the limit here. Finish one or give one back, then "
                "come again.",
                limit,
            )
        case SignedUpAlready(signup=found):
            return _already(found.state, words) or words.text(
                "You are signed up for it already, until {due}.",
                due=timestamp(found.due_at, "D") if found.due_at else "",
            )
        case ReadAlready():
            return words.text(
                "You have read this one already. Log how well you understand it instead."
            )
        case LinedUpEnough(limit=limit):
            return words.plural(
                "You are in line for a paper already, and one at a time is the limit here.",
                "You are in line for {n} papers already, the limit here. Stop waiting for one, "
                "then come again.",
                limit,
            )
        case AwayNow(until=until):
            return words.text(
                "You are away until {until}, and your sign-ups wait. `/me away` tells me that you "
                "are back.",
                until=timestamp(until, "f"),
            )
        case NoLongerOffered() | SeatFree():
            return _changed(error, words)
        case LimitOutOfRange(numbers=numbers):
            return words.text(
                "That must be a whole number from {low} to {high}.",
                low=numbers[0],
                high=numbers[-1],
            )
        case _:
            return None


def _changed(error: NoLongerOffered | SeatFree, words: Words) -> str:
    """What is another way by now than it was on the message that was pressed."""
    if isinstance(error, SeatFree):
        return words.text("A seat is free: no need to wait. Sign up once more.")
    return words.text("This paper is offered no more. `/suggest` shows what would help here.")


def _already(state: SignupState, words: Words) -> str | None:
    match state:
        case SignupState.WAITING:
            return words.text("You are on its waiting list already. I will tell you.")
        case SignupState.OFFERED:
            return words.text("A seat is kept for you already: take it in `/progress me`.")
        case SignupState.PAUSED:
            return words.text("You are signed up for it; it is paused while you are away.")
        case _:
            return None
