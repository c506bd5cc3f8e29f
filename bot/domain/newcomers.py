"""What a newcomer is offered: a theory the group needs, beginning with one short sitting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.catalogue import Theory, Vocabulary
from bot.domain.papers import Paper, Section
from bot.domain.suggesting import Candidate, Reader, Suggested, ranked, suggested

# Hours of reading that a first sitting takes at most.
FIRST_HOURS = 2.0
# As many topics as one menu shows.
MOST_TOPICS = 25


@dataclass(frozen=True, slots=True)
class FirstSitting:
    """Where to begin: these sections from the first on, and about how long they take.

    ``is_part``: one section alone takes longer, so it is read for so long and no further.
    """

    sections: tuple[Section, ...]
    hours: float
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One theory for a newcomer, and how to begin with it."""

    suggested: Suggested
    sitting: FirstSitting


def first_sitting(paper: Paper, hours: float) -> FirstSitting:
    """The first sections of a paper that takes so many hours, FIRST_HOURS of them at most.

    Nobody knows how long each section takes: they share the paper's time evenly.
    """
    count = len(paper.sections)
    if hours <= FIRST_HOURS or count == 0:
        return FirstSitting(paper.sections, min(hours, FIRST_HOURS), hours > FIRST_HOURS)
    each = hours / count
    if each > FIRST_HOURS:
        return FirstSitting(paper.sections[:1], FIRST_HOURS, is_part=True)
    fitting = int(FIRST_HOURS / each)
    return FirstSitting(paper.sections[:fitting], fitting * each)


def offers(candidates: Iterable[Candidate], reader: Reader) -> tuple[Offer, ...]:
    """Every theory that can be offered, the best first: of those that meet an interest the one
    the group needs most, then of the others. One that newcomers know anyway only where nobody
    here has read it.
    """
    found = [one for one in ranked(candidates, reader) if not one.theory.baseline or not one.before]
    found.sort(key=lambda one: not reader.likes(one.theory))
    made = []
    for one in found:
        chosen = suggested(one, reader)
        made.append(Offer(chosen, first_sitting(one.paper, chosen.hours)))
    return tuple(made)


def topics_to_choose(theories: Iterable[Theory], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of the catalogue one may be interested in, MOST_TOPICS at most: every topic, then
    the prerequisites that most theories are about.
    """
    listed = list(theories)
    count = {tag: sum(tag in t.prerequisites for t in listed) for tag in vocabulary.prerequisites}
    tags = sorted((tag for tag in count if count[tag]), key=lambda tag: -count[tag])
    return (*vocabulary.topics, *tags)[:MOST_TOPICS]
