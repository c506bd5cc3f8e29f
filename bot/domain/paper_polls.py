"""Polls for the next paper: who has won, once they are over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.clubs import Club
from bot.domain.living import LivingMessage


@dataclass(frozen=True, slots=True)
class PaperPoll:
    """A poll of a club of which the result is still to be said.

    ``poll_id`` is the message that holds it, ``posted_at`` when it was last attempted to say the
    result.
    """

    id: int
    guild_id: int
    club_id: int
    channel_id: int
    poll_id: int
    ends_at: datetime
    posted_at: datetime | None

    @property
    def message(self) -> LivingMessage:
        """The message that tells the result, which does not stand yet."""
        return LivingMessage(
            f"result of poll {self.id}",
            f":{self.club_id}:{self.poll_id}",
            self.guild_id,
            self.channel_id,
            None,
            self.posted_at,
            None,
            None,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes for an answer; ``paper_id`` is None for one that has left the catalogue."""

    paper_id: str | None
    votes: int


@dataclass(frozen=True, slots=True)
class PollCount:
    """How a poll stands, the answers in their order. Not ``is_final``: Discord still counts."""

    tallies: tuple[Tally, ...] = ()
    is_final: bool = True
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class PollResult:
    """A poll that is over, and its winner; None when nobody has voted."""

    poll: PaperPoll
    club: Club
    winner: Tally | None


def winner_of(tallies: Iterable[Tally]) -> Tally | None:
    """The answer with the most votes, of equals the first, which is the more needed one; None
    without any vote.
    """
    best = max(tallies, key=lambda tally: tally.votes, default=None)
    return None if best is None or best.votes == 0 else best
