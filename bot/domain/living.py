"""Messages that live on: posted once, then edited in place whenever what they show has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import ClubError

POSTING = ("view_channel", "send_messages", "read_message_history")
"""The permissions without which a message cannot be posted, kept and found again."""
# A message is edited at most this often.
EDIT_EVERY = timedelta(seconds=5)


def edit_at(edited_at: datetime | None, now: datetime) -> datetime:
    """When a message that has changed is to be edited: soon, but never too often."""
    return now if edited_at is None else max(now, edited_at + EDIT_EVERY)


class MessageTrouble(StrEnum):
    """Why a message cannot be kept up to date, until an organiser mends it."""

    CHANNEL_GONE = "channel-gone"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class LivingMessage:
    """One of them. ``message_id`` is None until it stands.

    ``subject`` names what it shows in the log, such as "board 3"; ``marker`` is part of a
    custom_id on it, by which it is found again. ``posted_at`` is when it was last attempted to be
    posted, ``shown`` a digest of what it shows.
    """

    subject: str
    marker: str
    guild_id: int
    channel_id: int
    message_id: int | None
    posted_at: datetime | None
    shown: str | None
    trouble: MessageTrouble | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What became of a message: where it stands now, or why it cannot."""

    message_id: int | None
    digest: str | None
    trouble: MessageTrouble | None = None
    # Nobody knows whether it was done: look again soon.
    uncertain: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether it stands nowhere, and nothing is in the way of posting it."""
        return self.message_id is None and self.trouble is None


class PostingNowhere(ClubError):
    """The channel is gone, or the bot is not shown it."""


class PostingForbidden(ClubError):
    """The bot may not post in that channel. ``missing`` are the permissions it lacks."""

    def __init__(self, channel_id: int, missing: tuple[str, ...]) -> None:
        super().__init__(channel_id, missing)
        self.channel_id = channel_id
        self.missing = missing
