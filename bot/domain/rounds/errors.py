"""What can stand in the way of a round of splitting."""

from __future__ import annotations

from bot.domain.errors import ClubError


class RoundOpenAlready(ClubError):
    """Wishes are being collected already, in ``channel_id``; one round at a time."""

    def __init__(self, channel_id: int) -> None:
        super().__init__(channel_id)
        self.channel_id = channel_id


class NoRound(ClubError):
    """The server has no round going on."""


class RoundOver(ClubError):
    """The round has been called off, or a newer one has taken its place."""


class NothingToSplit(ClubError):
    """The round would have no paper at all."""


class TermsContradict(ClubError):
    """A number of papers and a number of hours cannot both be the measure."""


class TermOutOfRange(ClubError):
    """``term`` ("each", "hours" or "weeks") must be one of ``numbers``."""

    def __init__(self, term: str, numbers: range) -> None:
        super().__init__(term, numbers)
        self.term = term
        self.numbers = numbers


class DeadlineImpossible(ClubError):
    """The deadline is past, or more than LONGEST_COLLECTING ahead."""


class NobodyIn(ClubError):
    """Nobody has said that they are in, or nobody who has is here."""


class PublishedAlready(ClubError):
    """Somebody has published this round, or this change of it, just before."""


class SplitChanged(ClubError):
    """What was shown is not what would be published now: it is to be looked at again."""


class NotInRound(ClubError):
    """The member takes no part in the round, or it gave them nothing."""


class RoundFull(ClubError):
    """As many are in as one split can hold."""


class NothingFits(ClubError):
    """Nobody would be given anything, so there is nothing to publish."""


class NotYourPaper(ClubError):
    """The paper is not the member's in this round, or not any more."""


class RoundGoingOn(ClubError):
    """A published round is being read; it has to be ended before another begins."""


class SwapImpossible(ClubError):
    """The seat is not free any more, or the group would know or meet less without the other."""
