"""Boards: one living message each, on which papers are listed and can be signed up for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.catalogue import Theory
from bot.domain.living import LivingMessage, MessageTrouble
from bot.domain.papers import Paper
from bot.domain.signups import PaperStanding

PAGE_SIZE = 25


class BoardScope(StrEnum):
    """Which papers a board lists: all, those of one theory, or those of one topic or tag."""

    ALL = "all"
    THEORY = "theory"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Board:
    """One board. ``message_id`` is None until its message stands.

    ``posted_at`` is when it was last attempted to be posted, ``shown`` a digest of what the
    message shows. ``subject`` is a theory's slug, or a topic or prerequisite.
    """

    id: int
    guild_id: int
    channel_id: int
    message_id: int | None
    scope: BoardScope
    subject: str | None
    posted_by: int | None
    posted_at: datetime | None
    edited_at: datetime | None
    shown: str | None
    trouble: MessageTrouble | None

    @property
    def message(self) -> LivingMessage:
        """The board's message in its channel."""
        return LivingMessage(
            f"board {self.id}",
            f":organise:{self.id}",
            self.guild_id,
            self.channel_id,
            self.message_id,
            self.posted_at,
            self.shown,
            self.trouble,
        )


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """One paper on a board, with the names of those who read it now."""

    theory: Theory
    paper: Paper
    standing: PaperStanding
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardListing:
    """What a board shows: its papers, those of the most needed theories first.

    ``theory`` is the one it is about, also when nothing of it is offered any more.
    """

    board: Board
    entries: tuple[BoardEntry, ...]
    theory: Theory | None = None
