"""The audit trail as organisers read it: who did what for the server, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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

    @property
    def step(self) -> int | None:
        """The step of the catalogue that is its subject, if one is."""
        kind, _, number = self.subject.partition(":")
        return int(number) if kind == "step" and number.isdecimal() else None

    @property
    def club_id(self) -> int | None:
        """The club that is its subject, or whose session is."""
        kind, number, *_ = (*self.subject.split(":"), "")
        return int(number) if kind in ("club", "session") and number.isdecimal() else None


@dataclass(frozen=True, slots=True)
class StepContents:
    """What one step of the catalogue changed: so many entries, of a file that was called so.

    ``file_name`` is None for what came from no file, or from one whose importer was erased.
    """

    papers: int
    theories: int
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some lines, newest first; ``older`` is where the next page begins, None at the end.

    ``undoable`` are the ids of those that can be taken back now; ``steps`` has what stands in the
    steps of the catalogue that lines have as their subject, by the step's id, and ``clubs`` what
    the clubs are called now, by id.
    """

    lines: tuple[TrailLine, ...]
    older: int | None
    undoable: frozenset[int] = frozenset()
    steps: Mapping[int, StepContents] = field(default_factory=dict)
    clubs: Mapping[int, str] = field(default_factory=dict)
