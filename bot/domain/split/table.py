"""The problem in numbers: who may take what, for how long, how gladly, and what is needed.

Members and items are counted from zero in the order of their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from bot.domain.split.problem import Item, Member, Pair, Problem, Ranking, Scores

NEUTRAL = 50
BEST = 100
CLASSES = 5


class Bar(Enum):
    """Why a member may not take an item; where several apply, the first counts."""

    READ = "read"
    CONFLICT = "conflict"
    PREREQUISITE = "prerequisite"
    TOO_LONG = "too_long"
    NO_SLOT = "no_slot"
    """What the member has started takes up all their time or places."""
    NO_SEAT = "no_seat"
    """Those who have started the item take up all its seats."""


@dataclass(frozen=True, slots=True)
class Table:
    """A problem with everything worked out that does not change while splitting.

    ``hours`` and ``places`` are what a member has left besides what they have started.
    ``capacity`` is the most readers an item can get this round, ``fixed`` those who started it,
    ``readers`` those it has already, ``need`` those it wants this round.
    """

    problem: Problem
    member_of: dict[str, int]
    item_of: dict[str, int]
    hours: list[int | None]
    places: list[int]
    effort: list[list[int]]
    allowed: list[tuple[int, ...]]
    bars: list[dict[int, Bar]]
    started: list[tuple[int, ...]]
    score: list[list[int]]
    skill: list[list[int]]
    readers: list[int]
    fixed: list[int]
    capacity: list[int]
    need: list[int]

    def class_of(self, member: int, item: int) -> int:
        """0 (wanted) to 4 (least wanted)."""
        return class_of(self.score[member][item])

    def pref(self, member: int, item: int) -> int:
        """How well the two suit each other, 0 to 500: wishes count four times, skill once."""
        return 4 * self.score[member][item] + self.skill[member][item]

    def group_of(self, item: int) -> str | None:
        """The group of an item, counted from zero."""
        return self.problem.items[item].group

    def pair(self, member: int, item: int) -> Pair:
        """The ids of the two."""
        return self.problem.members[member].id, self.problem.items[item].id

    @classmethod
    def of(cls, problem: Problem) -> Table:
        """Work everything out."""
        members, items = problem.members, problem.items
        member_of = {member.id: n for n, member in enumerate(members)}
        item_of = {item.id: n for n, item in enumerate(items)}
        started: list[tuple[int, ...]] = [()] * len(members)
        for member_id, item_id in sorted(problem.started):
            started[member_of[member_id]] += (item_of[item_id],)
        fixed = [sum(n in each for each in started) for n in range(len(items))]
        effort = [[effort_of(m, item, problem.slow) for item in items] for m in members]
        hours = [_hours_left(m, effort[n], started[n]) for n, m in enumerate(members)]
        bars = [
            _bars_of(member, items, effort[n], started[n], hours[n], fixed)
            for n, member in enumerate(members)
        ]
        allowed = [
            tuple(j for j in range(len(items)) if j not in bars[n] and j not in started[n])
            for n in range(len(members))
        ]
        readers = [_readers(item, members) for item in items]
        return cls(
            problem=problem,
            member_of=member_of,
            item_of=item_of,
            hours=hours,
            places=[
                _places_left(member, len(started[n]), len(allowed[n]))
                for n, member in enumerate(members)
            ],
            effort=effort,
            allowed=allowed,
            bars=bars,
            started=started,
            score=[scores_of(member, items) for member in members],
            skill=[[skill_of(member, item) for item in items] for member in members],
            readers=readers,
            fixed=fixed,
            capacity=_capacities(items, fixed, allowed),
            need=[_need(item, known) for item, known in zip(items, readers, strict=True)],
        )


def class_of(score: int) -> int:
    """The class of a score of 0 to 100: fifths of the scale, 0 the best."""
    return CLASSES - 1 - min(CLASSES - 1, score // 20)


def effort_of(member: Member, item: Item, slow: int) -> int:
    """Hours the item takes the member: longer by the share of required tags they lack."""
    if not item.requires:
        return item.effort
    missing = len(item.requires - member.tags)
    return item.effort - (-item.effort * slow * missing // (100 * len(item.requires)))


def skill_of(member: Member, item: Item) -> int:
    """The share of required tags the member holds, in percent; 100 if none are required."""
    if not item.requires:
        return 100
    return round(Fraction(100 * len(item.requires & member.tags), len(item.requires)))


def scores_of(member: Member, items: tuple[Item, ...]) -> list[int]:
    """How much the member wants each item, 0 to 100.

    A place r of n is worth 100 (n - r) / (n - 1); items left out share the mean of the places
    that remain. An item without points, or a member without wishes, stands in the middle.
    """
    count = len(items)
    match member.wishes:
        case Ranking(items=ranked):
            place = {each: 2 * (n + 1) for n, each in enumerate(ranked)}
            rest = 2 * len(ranked) + (count - len(ranked)) + 1
            return [_place_score(place.get(item.id, rest), count) for item in items]
        case Scores(points=points):
            return [points.get(item.id, NEUTRAL) for item in items]
    return [NEUTRAL] * count


def _place_score(twice_place: int, count: int) -> int:
    if count == 1:
        return BEST
    return round(Fraction(100 * (2 * count - twice_place), 2 * count - 2))


def _readers(item: Item, members: tuple[Member, ...]) -> int:
    """Everybody in the community who has read the item already."""
    return item.outside + sum(item.id in member.read for member in members)


def _need(item: Item, known: int) -> int:
    return max(item.fresh, item.minimum - known, 0)


def _hours_left(member: Member, effort: list[int], started: tuple[int, ...]) -> int | None:
    if member.hours is None:
        return None
    return max(0, member.hours - sum(effort[j] for j in started))


def _places_left(member: Member, started: int, allowed: int) -> int:
    return allowed if member.most is None else min(allowed, max(0, member.most - started))


def _bars_of(
    member: Member,
    items: tuple[Item, ...],
    effort: list[int],
    started: tuple[int, ...],
    hours: int | None,
    fixed: list[int],
) -> dict[int, Bar]:
    full = member.most is not None and len(started) >= member.most
    bars = {}
    for n, item in enumerate(items):
        if n in started:
            continue
        bar = _bar(member, item, effort[n])
        if bar is None and (full or (hours is not None and effort[n] > hours)):
            bar = Bar.NO_SLOT
        if bar is None and item.seats is not None and fixed[n] >= item.seats:
            bar = Bar.NO_SEAT
        if bar is not None:
            bars[n] = bar
    return bars


def _bar(member: Member, item: Item, effort: int) -> Bar | None:
    if item.id in member.read:
        return Bar.READ
    if item.id in member.conflict:
        return Bar.CONFLICT
    if item.requires_hard and not item.requires <= member.tags:
        return Bar.PREREQUISITE
    if member.hours is not None and effort > member.hours:
        return Bar.TOO_LONG
    return None


def _capacities(
    items: tuple[Item, ...], fixed: list[int], allowed: list[tuple[int, ...]]
) -> list[int]:
    wanted_by = [0] * len(items)
    for each in allowed:
        for item in each:
            wanted_by[item] += 1
    return [
        fixed[n] + wanted_by[n]
        if item.seats is None
        else fixed[n] + min(wanted_by[n], max(0, item.seats - fixed[n]))
        for n, item in enumerate(items)
    ]
