"""What stands in the way of a round of splitting."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.rounds import (
    DeadlineImpossible,
    NobodyIn,
    NoRound,
    NothingFits,
    NothingToSplit,
    NotInRound,
    NotYourPaper,
    PublishedAlready,
    RoundFull,
    RoundGoingOn,
    RoundOpenAlready,
    RoundOver,
    SplitChanged,
    SwapImpossible,
    TermOutOfRange,
    TermsContradict,
)
from bot.domain.split import PairUnknown, SplitProblemWrong
from bot.domain.split.problem import MOST_MEMBERS
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case TermsContradict():
            return words.text(
                "A number of papers and hours a week cannot both be the measure. Give one of "
                "`each` and `hours`."
            )
        case TermOutOfRange(term=term, numbers=numbers):
            return words.text(
                "`{term}` takes a whole number from {low} to {high}.",
                term=term,
                low=numbers[0],
                high=numbers[-1],
            )
        case DeadlineImpossible():
            return words.text(
                "The deadline must lie ahead, and within 90 days. Write it like `Friday 18:00` or "
                "`in 2 weeks`."
            )
        case NothingToSplit():
            return words.text("Nothing in the catalogue belongs to that topic. Choose another.")
        case RoundOpenAlready(channel_id=channel_id):
            return words.text(
                "Wishes are being collected already, in {channel}. `/split show` shows what they "
                "come to, `/split cancel` ends the round.",
                channel=f"<#{channel_id}>",
            )
        case _:
            return _standing(error, words) or _own(error, words)


def _standing(error: ClubError, words: Words) -> str | None:
    match error:
        case NoRound():
            return words.text(
                "No split is going on here. An organiser begins one with `/split start`."
            )
        case RoundOver():
            return words.text(
                "That round is over. `/split show` shows the one that goes on, if there is one."
            )
        case NobodyIn():
            return words.text(
                "Nobody who is here is in yet, so there is nothing to split. Members press *I'm "
                "in* on the panel."
            )
        case PublishedAlready():
            return words.text(
                "It is published already. `/split adjust` shows what has changed since."
            )
        case SplitChanged():
            return words.text(
                "That is not how the split stands any more. `/split show` shows it anew; nothing "
                "was published."
            )
        case RoundGoingOn():
            return words.text(
                "A published split is still being read here. `/split adjust` takes in who came; "
                "`/split cancel` ends it, and what it gave stays with its readers."
            )
        case NothingFits():
            return words.text(
                "Nothing fits anybody who is in, so there is nothing to publish. Give more hours "
                "or weeks with a new round, or wait for others."
            )
        case _:
            return None


def _own(error: ClubError, words: Words) -> str | None:
    match error:
        case NotYourPaper():
            return words.text(
                "That paper is not yours in this round, or not any more. *My reading* shows what "
                "is."
            )
        case NotInRound():
            return words.text(
                "Nothing of this round is yours. Press *I'm in* on its panel, and something is at "
                "the next change."
            )
        case SwapImpossible() | PairUnknown():
            return words.text(
                "That seat cannot take the place of yours any more. Press *Swap* again to see "
                "which ones can."
            )
        case RoundFull() | SplitProblemWrong():
            return words.text(
                "This round is full: one split holds at most {members} members.",
                members=MOST_MEMBERS,
            )
        case _:
            return None
