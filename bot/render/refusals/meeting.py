"""Why something about coming, presenting or planning cannot be done."""

from __future__ import annotations

from bot.domain.club_sessions import RecapTooLong
from bot.domain.errors import ClubError
from bot.domain.native_events import EventsFull
from bot.domain.plan import HoursOutOfRange, NoSessionToPlan, NothingToPlan, PlanTooLong
from bot.domain.presenting import NobodyPresents, NotAsked
from bot.domain.sessions import (
    AgendaTooLong,
    AttendanceClosed,
    PollGone,
    SessionNotBegun,
    SessionOver,
    SessionSkipped,
    ThreadImpossible,
)
from bot.render.times import timestamp
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case SessionSkipped():
            return words.text(
                "This session does not take place. `/club next` shows the one that does."
            )
        case SessionOver():
            return words.text(
                "This session is over. If you came, press *I was there*; `/club next` shows the "
                "next one."
            )
        case SessionNotBegun(starts=starts):
            return words.text(
                "This session has not begun. You can say that you were there from {time} on.",
                time=timestamp(starts, "f"),
            )
        case AttendanceClosed(closed_at=closed_at):
            return words.text(
                "Who was at this session could be noted until {day}. For the next one, press "
                "*I was there* within a week.",
                day=timestamp(closed_at, "D"),
            )
        case _:
            return (
                _club_refusal(error, words)
                or _presenting_refusal(error, words)
                or _planning_refusal(error, words)
            )


def _club_refusal(error: ClubError, words: Words) -> str | None:
    match error:
        case RecapTooLong(limit=limit, length=length):
            return words.text(
                "A recap has at most {limit} characters and yours has {length}. One line will do.",
                limit=limit,
                length=length,
            )
        case AgendaTooLong(limit=limit, length=length):
            return words.text(
                "An agenda has at most {limit} characters and yours has {length}. A line for each "
                "step will do.",
                limit=limit,
                length=length,
            )
        case ThreadImpossible():
            return words.text(
                "I cannot open a thread here. Show the session with `/club next` in a text channel "
                "where I may create public threads and write in them."
            )
        case PollGone():
            return words.text(
                "I cannot find that poll any more. `/schedule plan` gives sessions a paper too."
            )
        case _:
            return None


def _presenting_refusal(error: ClubError, words: Words) -> str | None:
    match error:
        case NotAsked():
            return words.text(
                "You are not asked to present this session (any more), so there is nothing to "
                "answer."
            )
        case NobodyPresents():
            return words.text(
                "This session is a round of takes: nobody presents, so there is nothing to hand on."
            )
        case EventsFull(most=most):
            return words.text(
                "This server has {most} scheduled events, as many as Discord allows. Delete some "
                "that are no longer needed; the sessions are added within the hour.",
                most=most,
            )
        case _:
            return None


def _planning_refusal(error: ClubError, words: Words) -> str | None:
    match error:
        case HoursOutOfRange(most=most):
            return words.text(
                "Give the hours a week for reading as a number above 0, at most {most}.", most=most
            )
        case NothingToPlan():
            return words.text(
                "Nothing is left to read there. Choose a paper that the club has not read yet."
            )
        case NoSessionToPlan():
            return words.text(
                "No session of this club is to come. Extend it with `/schedule edit`, then plan."
            )
        case PlanTooLong(count=count, most=most):
            return words.text(
                "That would be {count} pieces of reading; a plan takes at most {most}. Choose "
                "fewer papers, or more hours a week.",
                count=count,
                most=most,
            )
        case _:
            return None
