"""What somebody wrote in the first form of a theory, made into an entry.

Nothing that was written is lost for one slip: what cannot be read is left as it was, and named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.domain.catalogue import Difficulty, Hours, Theory
from bot.domain.entries import tidy
from bot.domain.errors import ClubError
from bot.domain.own_entries import OwnTheory

LONGEST_TITLE = 200
LONGEST_TEXT = 1000
LONGEST_LIST = 4000
MOST_LINES = 200


class TitleMissing(ClubError):
    """A theory needs a name and a paper a title."""


_BLANK = OwnTheory(
    Theory(
        slug="",
        order=0,
        name="",
        short_name="",
        claim="",
        key_ideas=(),
        difficulty=Difficulty(0, ""),
        hours=Hours(0),
        prerequisites=(),
        topic="",
        papers=(),
    )
)


@dataclass(frozen=True, slots=True)
class WrittenTheory:
    """The form of a theory. ``ideas`` are one a line, ``aliases`` apart by commas or lines."""

    name: str
    claim: str
    ideas: str
    aliases: str
    topic: str

    @classmethod
    def of(cls, entry: OwnTheory) -> WrittenTheory:
        """The form filled in with a theory."""
        theory = entry.theory
        return cls(
            theory.name,
            theory.claim,
            "\n".join(theory.key_ideas),
            ", ".join(theory.aliases),
            theory.topic,
        )

    def applied(self, to: OwnTheory | None = None) -> OwnTheory:
        """The theory as written; of ``to`` everything else stays. Raises TitleMissing."""
        name = tidy(self.name)[:LONGEST_TITLE]
        if not name:
            raise TitleMissing
        aliases = (tidy(part) for part in re.split(r"[,;\n]", self.aliases))
        before = _BLANK if to is None else to
        known = before.theory
        theory = replace(
            known,
            name=name,
            # A short name that nobody has chosen is the name.
            short_name=name if known.short_name == known.name else known.short_name,
            claim=tidy(self.claim),
            key_ideas=lines_of(self.ideas),
            topic=self.topic,
            aliases=tuple(dict.fromkeys(alias for alias in aliases if alias))[:MOST_LINES],
        )
        return replace(before, theory=theory)


def filled_in(text: str, longest: int) -> str:
    """As much of ``text`` as a field takes that holds ``longest`` characters.

    Discord may count two for signs beyond the basic plane, as UTF-16 does.
    """
    return text.encode("utf-16-le", "replace")[: 2 * longest].decode("utf-16-le", "ignore")


def lines_of(text: str) -> tuple[str, ...]:
    """What was written one a line, without the signs of a list."""
    lines = (tidy(line.lstrip("-•* ")) for line in text.splitlines())
    return tuple(line for line in lines if line)[:MOST_LINES]
