"""Proposals: what members would like to see in the server's catalogue."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import ClubError
from bot.domain.living import LivingMessage, MessageTrouble
from bot.domain.own_entries import OwnEntry

MOST_OPEN = 5
"""How many proposals a member may have waiting at a time."""
LONGEST_QUESTION = 500
"""Of an organiser to who proposed something, and of the reason why it is not taken up."""


class ProposalState(StrEnum):
    """How far a proposal has come. A draft is its member's alone: they are still being asked."""

    DRAFT = "draft"
    OPEN = "open"
    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"

    @property
    def is_waiting(self) -> bool:
        """Whether organisers still have to decide."""
        return self in (ProposalState.OPEN, ProposalState.ASKED)


class TooManyProposals(ClubError):
    """The member has ``MOST_OPEN`` proposals waiting."""


class AlreadyDecided(ClubError):
    """The proposal was approved or rejected before; ``approved`` says which."""

    def __init__(self, *, approved: bool) -> None:
        super().__init__(approved)
        self.approved = approved


class QuestionMissing(ClubError):
    """An organiser asks, but nothing."""


class ProposersOnly(ClubError):
    """Only who proposed it can change a proposal."""


class ProposalChanged(ClubError):
    """The proposal is another one than the organiser has looked at."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one member proposes. ``proposer`` and ``decided_by`` are names as last seen."""

    id: int
    guild_id: int
    user_id: int
    proposer: str
    entry: OwnEntry
    state: ProposalState
    created_at: datetime
    channel_id: int | None = None
    message_id: int | None = None
    posted_at: datetime | None = None
    shown: str | None = None
    trouble: MessageTrouble | None = None
    question: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None

    def require_proposer(self, user_id: int) -> Proposal:
        """The proposal itself, for who proposed it. Raises ProposersOnly."""
        if self.user_id != user_id:
            raise ProposersOnly
        return self

    @property
    def seen(self) -> str:
        """A digest of what is proposed: another one, and something else would be approved."""
        return hashlib.sha256(repr(self.entry).encode()).hexdigest()[:12]

    @property
    def message(self) -> LivingMessage:
        """The message that shows it."""
        assert self.channel_id is not None
        return LivingMessage(
            f"proposal {self.id}",
            f"proposal-reject:{self.id}",
            self.guild_id,
            self.channel_id,
            self.message_id,
            self.posted_at,
            self.shown,
            self.trouble,
        )
