"""The audit trail as organisers read it: who did what for the server, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

PAGE_SIZE = 15


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One step. ``actor`` and ``member`` are names as last seen; None for whoever was erased.

    ``subject`` is what it was done to, such as "paper:spline-icml2018" or "note:12".
    """

    id: int
    actor: str | None
    action: str
    subject: str
    member: str | None
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some lines, newest first; ``older`` is where the next page begins, None at the end.

    ``undoable`` are the ids of those that can be taken back now.
    """

    lines: tuple[TrailLine, ...]
    older: int | None
    undoable: frozenset[int] = frozenset()
