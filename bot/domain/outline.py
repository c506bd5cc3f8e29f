"""The sections of a paper: what of it is done, what comes next, and which ones a member means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from bot.domain.errors import ClubError
from bot.domain.papers import Section
from bot.domain.progress import Depth

# Discord's limits: a group of checkboxes takes 10 entries, a menu 25.
MOST_CHECKBOXES = 10
MOST_IN_MENU = 25

_DASHES = re.compile(r"\s*[\u2010-\u2015\u2212-]\s*")
_RANGE = re.compile(r"([0-9]{1,4})-([0-9]{1,4})")
_NUMBER = re.compile(r"[0-9]{1,4}")


class SectionsUnclear(ClubError):
    """Part of what was typed names no section of a paper that has ``count`` of them.

    The words are the member's own, so they stay out of what a traceback would show.
    """

    def __init__(self, typed: str, part: str, count: int) -> None:
        super().__init__(count)
        self.typed = typed
        self.part = part
        self.count = count


class Asking(Enum):
    """How a form asks for the sections that are done."""

    CHECKBOXES = "checkboxes"
    MENU = "menu"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of one paper in their order, as shipped or as neutral quarters.

    Stored ids that the paper does not have (any more) count for nothing anywhere.
    """

    sections: tuple[Section, ...]

    @property
    def asking(self) -> Asking:
        """Up to 10 sections are boxes to tick, up to 25 a menu, more are written as text."""
        if len(self.sections) <= MOST_CHECKBOXES:
            return Asking.CHECKBOXES
        return Asking.MENU if len(self.sections) <= MOST_IN_MENU else Asking.TEXT

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Those of ``ids`` that are sections of the paper."""
        return frozenset(section.id for section in self.sections if section.id in ids)

    def percent(self, done: Collection[str], depth: Depth | None = None) -> int:
        """How much of the paper is done, 0 to 100.

        0 means that nothing is done and 100 that everything is, whatever rounding would say.
        Who has *read* the paper, or knows it deeper, has done all of it.
        """
        if depth is not None and depth.is_reader:
            return 100
        if not self.sections:
            return 0
        count = len(self.known(done))
        share = count * 100 // len(self.sections)
        return max(1, share) if count else 0

    def is_complete(self, done: Collection[str]) -> bool:
        """Whether every section is done; never so for a paper without sections."""
        return bool(self.sections) and len(self.known(done)) == len(self.sections)

    def next_after(self, done: Collection[str]) -> Section | None:
        """The first section that is not done; None when there is none left."""
        return next((section for section in self.sections if section.id not in done), None)

    def parse(self, typed: str) -> frozenset[str]:
        """The ids of the sections meant by "1-7, 9": positions from 1, ranges of them, or ids.

        A number is a position always. Raises SectionsUnclear with the part that means nothing.
        """
        text = _DASHES.sub("-", unicodedata.normalize("NFKC", typed))
        by_id = {section.id.casefold(): section.id for section in self.sections}
        found: set[str] = set()
        for part in re.split(r"[\s,;]+", text):
            if not part:
                continue
            named = None if _NUMBER.fullmatch(part) else by_id.get(part.casefold())
            ids = (named,) if named else self._between(part)
            if not ids:
                raise SectionsUnclear(typed, part, len(self.sections))
            found.update(ids)
        return frozenset(found)

    def written(self, done: Collection[str]) -> str:
        """What ``parse`` reads as exactly these sections: positions, neighbours as ranges."""
        places = [n for n, section in enumerate(self.sections, 1) if section.id in done]
        runs: list[tuple[int, int]] = []
        for place in places:
            if runs and runs[-1][1] == place - 1:
                runs[-1] = (runs[-1][0], place)
            else:
                runs.append((place, place))
        return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)

    def _between(self, part: str) -> tuple[str, ...]:
        """The ids at a position or a range of positions; empty when it is none, or outside."""
        match = _RANGE.fullmatch(part)
        ends = match.groups() if match else (part, part)
        if not all(_NUMBER.fullmatch(end) for end in ends):
            return ()
        first, last = sorted(int(end) for end in ends)
        if not 1 <= first <= last <= len(self.sections):
            return ()
        return tuple(section.id for section in self.sections[first - 1 : last])
