"""The further forms of an own entry: what of a theory or a paper is written in which of them.

As in ``entry_forms``, nothing that was written is lost for one slip: a line that names no theory
is left out and named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from bot.domain.catalogue import Difficulty, RelationKind
from bot.domain.entries import tidy
from bot.domain.entry_forms import LONGEST_TEXT, WrittenTheory, lines_of
from bot.domain.errors import NotFound
from bot.domain.overlay import DEFAULT_ROLE
from bot.domain.own_entries import EntryKind, OwnEntry, OwnPaper, OwnRelation, OwnTheory
from bot.domain.paper_forms import Unread, WrittenPaper
from bot.domain.papers import PaperType, Role
from bot.domain.reading_hours import read_hours, shown_hours

LONGEST_REASON = 160
LONGEST_SHORT_NAME = 32
LONGEST_WHY = 200
LEVELS = range(6)
"""How hard a theory is; 0 says that nobody has judged it."""
MOST_RELATIONS = 12
"""So many relations of a kind one form takes."""


class EntryPart(StrEnum):
    """A form of an entry, by what it holds."""

    MAIN = "main"
    NEEDS = "needs"
    QUESTIONS = "questions"
    RELATIONS = "relations"
    ROLE = "role"


PARTS: Mapping[EntryKind, tuple[EntryPart, ...]] = MappingProxyType(
    {
        EntryKind.THEORY: (
            EntryPart.MAIN, EntryPart.NEEDS, EntryPart.QUESTIONS, EntryPart.RELATIONS,
        ),
        EntryKind.PAPER: (EntryPart.MAIN, EntryPart.ROLE),
    }
)  # fmt: skip
"""The forms of each kind of entry, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class UnknownTheory:
    """A line of the relations that names no other theory, or is one too many."""

    line: str


Slip = Unread | UnknownTheory
"""What could not be read in a form."""
Find = Callable[[str], str | None]
"""The slug of the theory that is called so, exactly or nearly."""


@dataclass(frozen=True, slots=True)
class WrittenNeeds:
    """What a theory asks of its readers. ``level`` is one of ``LEVELS``.

    ``hours`` are of reading for all main works together, as "9", "5 to 14" or "9 (5 to 14)";
    empty means those of its papers.
    """

    prerequisites: tuple[str, ...]
    level: int
    reason: str
    baseline: bool
    hours: str

    @classmethod
    def of(cls, entry: OwnTheory) -> WrittenNeeds:
        """The form filled in with a theory."""
        known = entry.theory
        hard = known.difficulty
        hours = shown_hours(known.hours)
        return cls(known.prerequisites, hard.level, hard.reason, known.baseline, hours)

    def applied(self, to: OwnTheory) -> tuple[OwnTheory, tuple[Slip, ...]]:
        """The theory with this, and what could not be read; everything else stays."""
        difficulty = Difficulty(self.level, tidy(self.reason)[:LONGEST_REASON])
        before = to.theory.hours
        # What comes back as it was sent says nothing: a note beside the numbers stays.
        is_same = self.hours.split() == shown_hours(before).split()
        hours = before if is_same else read_hours(self.hours)
        theory = replace(
            to.theory,
            prerequisites=self.prerequisites,
            difficulty=difficulty,
            baseline=self.baseline,
            hours=before if hours is None else hours,
        )
        return replace(to, theory=theory), (Unread.READING_HOURS,) if hours is None else ()


@dataclass(frozen=True, slots=True)
class WrittenQuestions:
    """What to talk about. ``prompts`` are one a line; without a short name the name stands."""

    prompts: str
    safety: str
    short_name: str

    @classmethod
    def of(cls, entry: OwnTheory) -> WrittenQuestions:
        """The form filled in with a theory."""
        known = entry.theory
        short = "" if known.short_name == known.name else known.short_name
        return cls("\n".join(known.prompts), known.safety_relevance, short)

    def applied(self, to: OwnTheory) -> OwnTheory:
        """The theory with this; everything else stays."""
        short = tidy(self.short_name)[:LONGEST_SHORT_NAME]
        theory = replace(
            to.theory,
            prompts=lines_of(self.prompts),
            safety_relevance=tidy(self.safety)[:LONGEST_TEXT],
            short_name=short or to.theory.name,
        )
        return replace(to, theory=theory)


@dataclass(frozen=True, slots=True)
class WrittenRelations:
    """The theories that stand in each relation, one a line, such as "Spline theory: why"."""

    lines: Mapping[RelationKind, str]

    @classmethod
    def of(cls, entry: OwnTheory, names: Mapping[str, str]) -> WrittenRelations:
        """The form filled in with a theory; ``names`` has the names of theories by slug."""
        filled: dict[RelationKind, list[str]] = {kind: [] for kind in RelationKind}
        for related in entry.relations:
            name = names.get(related.target, related.target)
            filled[related.kind].append(f"{name}: {related.why}" if related.why else name)
        return cls({kind: "\n".join(lines) for kind, lines in filled.items()})

    def applied(
        self, to: OwnTheory, exactly: Find, nearly: Find
    ) -> tuple[OwnTheory, tuple[Slip, ...]]:
        """The theory with these relations, and the lines that name no other theory.

        A line is a name, or a name and a reason with a colon between; the longest name that is
        ``exactly`` one counts, else what the words before the first colon ``nearly`` mean.
        """
        before = {related.target for related in to.relations}
        found: dict[tuple[RelationKind, str], OwnRelation] = {}
        slips: list[Slip] = []
        for kind in RelationKind:
            lines = lines_of(self.lines.get(kind, ""))
            slips += map(UnknownTheory, lines[MOST_RELATIONS:])
            for line in lines[:MOST_RELATIONS]:
                target, why = _named(
                    line, lambda name: exactly(name) or (name if name in before else None), nearly
                )
                if target is None or target == to.theory.slug:
                    slips.append(UnknownTheory(line))
                else:
                    related = OwnRelation(target, kind, why[:LONGEST_WHY])
                    found.setdefault((kind, target), related)
        return replace(to, relations=tuple(found.values())), tuple(slips)


@dataclass(frozen=True, slots=True)
class WrittenRole:
    """What a paper is to its theory, and what sort of work. ``reviewed`` None: nobody knows."""

    role: Role
    kind: PaperType
    venue: str
    reviewed: bool | None

    @classmethod
    def of(cls, entry: OwnPaper) -> WrittenRole:
        """The form filled in with a paper."""
        work = entry.work
        return cls(work.role or DEFAULT_ROLE, work.kind, work.venue or "", work.peer_reviewed)

    def applied(self, to: OwnPaper) -> OwnPaper:
        """The paper with this; everything else stays."""
        work = replace(
            to.work,
            role=self.role,
            kind=self.kind,
            kind_stated=True,
            venue=tidy(self.venue) or None,
            peer_reviewed=self.reviewed,
        )
        return replace(to, work=work)


Written = (
    WrittenTheory | WrittenPaper | WrittenNeeds | WrittenQuestions | WrittenRelations | WrittenRole
)


def apply(
    written: Written, entry: OwnEntry, exactly: Find, nearly: Find
) -> tuple[OwnEntry, tuple[Slip, ...]]:
    """The entry as it is with a form, and what could not be read.

    Raises NotFound for a form of another kind of entry, and TitleMissing.
    """
    match written, entry:
        case WrittenRelations(), OwnTheory():
            return written.applied(entry, exactly, nearly)
        case WrittenTheory() | WrittenQuestions(), OwnTheory():
            return written.applied(entry), ()
        case WrittenNeeds(), OwnTheory():
            return written.applied(entry)
        case WrittenPaper(), OwnPaper():
            return written.applied(entry)
        case WrittenRole(), OwnPaper():
            return written.applied(entry), ()
        case _:
            raise NotFound


def _named(line: str, exactly: Find, nearly: Find) -> tuple[str | None, str]:
    """The theory a line names and why, None for no theory."""
    parts = line.split(":")
    for count in range(len(parts), 0, -1):
        target = exactly(":".join(parts[:count]).strip())
        if target is not None:
            return target, ":".join(parts[count:]).strip()
    return nearly(parts[0].strip()), ":".join(parts[1:]).strip()
