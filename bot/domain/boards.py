"""Boards: one living message each, on which papers are listed and can be signed up for."""

from __future__ import annotations

from enum import StrEnum


class BoardScope(StrEnum):
    """Which papers a board lists: all, those of one theory, or those of one topic or tag."""

    ALL = "all"
    THEORY = "theory"
    TOPIC = "topic"


class BoardTrouble(StrEnum):
    """Why a board cannot be kept up to date, until an organiser mends it."""

    CHANNEL_GONE = "channel-gone"
    FORBIDDEN = "forbidden"
