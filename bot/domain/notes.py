"""Notes: a member's structured take on a paper."""

from __future__ import annotations

from enum import StrEnum

LONGEST_NOTE = 4000


class NoteKind(StrEnum):
    """What a note is."""

    CLAIM = "claim"
    EVIDENCE = "evidence"
    DOUBT = "doubt"
    QUESTION = "question"
