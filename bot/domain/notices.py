"""Notices: what a member is to be told privately, by DM after a yes, else at the next occasion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice says."""

    SEAT_OFFERED = "seat-offered"
    SEAT_ASSIGNED = "seat-assigned"
    OFFER_EXPIRED = "offer-expired"
    CHECK_IN = "check-in"
    SEAT_SHARED = "seat-shared"
    CO_READER = "co-reader"
    SIGNUP_EXPIRED = "signup-expired"
    SIGNUP_REMOVED = "signup-removed"
    SIGNUP_EXTENDED = "signup-extended"
    ASKED_TO_EXPLAIN = "asked-to-explain"
    EXPLANATION_HEARD = "explanation-heard"
    NOTE_HIDDEN = "note-hidden"
    NOTE_REPORTED = "note-reported"
    BOARD_TROUBLE = "board-trouble"
    INTRODUCTION_ASKED = "introduction-asked"
    INTRODUCED = "introduced"
    SPLIT_PUBLISHED = "split-published"
    SPLIT_CHANGED = "split-changed"
    SPLIT_DEADLINE = "split-deadline"
    SPLIT_TROUBLE = "split-trouble"
    EVENTS_TROUBLE = "events-trouble"
    PRESENTER_ASKED = "presenter-asked"
    CLUB_TROUBLE = "club-trouble"
    DM_CLOSED = "dm-closed"
    PROPOSAL_APPROVED = "proposal-approved"
    PROPOSAL_ASKED = "proposal-asked"
    PROPOSAL_REJECTED = "proposal-rejected"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. ``other_id`` is another member it speaks of, ``detail`` their words if any."""

    id: int
    guild_id: int
    user_id: int
    kind: NoticeKind
    paper_id: str | None
    signup_id: int | None
    other_id: int | None
    detail: str | None
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Addressed:
    """A notice with what it takes to deliver it.

    ``names`` are the display names of the members it speaks of; ``by_dm`` is whether its member
    takes direct messages and is there to read them. ``under_way``: a message with it may be out.
    """

    notice: Notice
    names: Mapping[int, str]
    by_dm: bool
    under_way: bool = False

    def is_over(self, now: datetime) -> bool:
        """Whether it is of no use any more."""
        expires_at = self.notice.expires_at
        return expires_at is not None and expires_at <= now
