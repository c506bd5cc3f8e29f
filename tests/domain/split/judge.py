"""A second opinion on tiny problems: every split there is, judged by the words of the model.

Nothing here uses the package's own arithmetic, so that a mistake there cannot hide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, product
from math import ceil

from bot.domain.split import Item, Level, Member, Pair, Problem, Ranking, Scores

Bundle = frozenset[str]
FEWER = {Level.N4: 4, Level.N3: 3, Level.N2: 2, Level.N1: 1}


def effort(problem: Problem, member: Member, item: Item) -> int:
    missing = [tag for tag in item.requires if tag not in member.tags]
    share = Fraction(len(missing), len(item.requires)) if item.requires else Fraction(0)
    return item.effort + ceil(item.effort * Fraction(problem.slow, 100) * share)


def score(problem: Problem, member: Member, item: Item) -> int:
    n = len(problem.items)
    if isinstance(member.wishes, Scores):
        return member.wishes.points.get(item.id, 50)
    if not isinstance(member.wishes, Ranking):
        return 50
    ranked = member.wishes.items
    places = [Fraction(r) for r in range(len(ranked) + 1, n + 1)]
    place = (
        Fraction(ranked.index(item.id) + 1)
        if item.id in ranked
        else sum(places, Fraction(0)) / len(places)
    )
    return 100 if n == 1 else round(100 * (n - place) / (n - 1))


def may(problem: Problem, member: Member, item: Item) -> bool:
    if item.id in member.read or item.id in member.conflict:
        return False
    if item.requires_hard and any(tag not in member.tags for tag in item.requires):
        return False
    return member.hours is None or effort(problem, member, item) <= member.hours


def started(problem: Problem, member: Member) -> Bundle:
    return frozenset(item for other, item in problem.started if other == member.id)


def may_hold(problem: Problem, member: Member, held: Bundle) -> bool:
    """Whether the member may hold this besides what they have started, which always stays."""
    by_id = {item.id: item for item in problem.items}
    fixed = started(problem, member)
    if not held > fixed:
        return held == fixed
    spent = sum(effort(problem, member, by_id[item]) for item in held)
    return (
        all(may(problem, member, by_id[item]) for item in held - fixed)
        and (member.hours is None or spent <= member.hours)
        and (member.most is None or len(held) <= member.most)
    )


def bundles(problem: Problem, member: Member) -> Iterator[Bundle]:
    """Everything the member can hold, what they have started included."""
    names = [item.id for item in problem.items]
    for size in range(len(names) + 1):
        for chosen in map(frozenset, combinations(names, size)):
            if may_hold(problem, member, chosen):
                yield chosen


def is_feasible(problem: Problem, assignment: Iterable[Pair]) -> bool:
    """Whether nobody and nothing gets more than allowed and all that is started stays."""
    pairs = list(assignment)
    held = {m.id: frozenset(j for i, j in pairs if i == m.id) for m in problem.members}
    return (
        len(pairs) == len(set(pairs))
        and problem.started <= set(pairs)
        and {i for i, _ in pairs} <= held.keys()
        and all(may_hold(problem, m, held[m.id]) for m in problem.members)
        and all(_has_seats(problem, item, pairs) for item in problem.items)
    )


def _has_seats(problem: Problem, item: Item, pairs: list[Pair]) -> bool:
    readers = sum(j == item.id for _, j in pairs)
    fixed = sum(j == item.id for _, j in problem.started)
    return item.seats is None or readers <= max(item.seats, fixed)


def levels(problem: Problem, assignment: Iterable[Pair]) -> dict[Level, int]:
    return Judge(problem).levels(assignment)


class Judge:
    """Judges assignments of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.items = {item.id: item for item in problem.items}
        self.readers = {
            item.id: item.outside + sum(item.id in m.read for m in problem.members)
            for item in problem.items
        }
        both = [(m, x) for m in problem.members for x in problem.items]
        self.score = {(m.id, x.id): score(problem, m, x) for m, x in both}
        self.skill = {(m.id, x.id): _skill(m, x) for m, x in both}

    def levels(self, assignment: Iterable[Pair]) -> dict[Level, int]:
        pairs, items, readers = set(assignment), self.items, self.readers
        new = dict.fromkeys(items, 0)
        for _, j in pairs:
            new[j] += 1
        rest = pairs - self.problem.started
        classes = [4 - min(4, self.score[pair] // 20) for pair in rest]
        values = {
            Level.COVERED: sum(x.priority for x in items.values() if readers[x.id] + new[x.id]),
            Level.MET: sum(
                x.priority
                for x in items.values()
                if new[x.id] >= max(x.fresh, x.minimum - readers[x.id], 0)
            ),
            Level.KEPT: len(rest & self.problem.accepted),
            Level.GAIN: sum(self._gain(x, new[x.id]) for x in items.values()),
            Level.BREADTH: sum(
                len({items[j].group for i, j in pairs if i == m.id} - {None})
                for m in self.problem.members
                if m.synthesiser
            ),
            Level.SERVED: len({i for i, _ in pairs}),
            Level.PREF: sum(4 * self.score[pair] + self.skill[pair] for pair in rest),
        }
        for level, number in FEWER.items():
            values[level] = classes.count(number)
        return {level: values[level] for level in self.problem.levels}

    def _gain(self, item: Item, new: int) -> int:
        first = self.readers[item.id] + 1
        group = self.problem.groups.get(item.group or "", 1)
        return item.weight * group * sum(2520 // k for k in range(first, first + new))


def _skill(member: Member, item: Item) -> int:
    if not item.requires:
        return 100
    return round(100 * Fraction(len(item.requires & member.tags), len(item.requires)))


def rank(values: dict[Level, int]) -> tuple[int, ...]:
    """Larger is better."""
    return tuple(-value if level in FEWER else value for level, value in values.items())


def best(problem: Problem) -> dict[Level, int]:
    """The best levels of all splits there are."""
    found: dict[Level, int] | None = None
    judge = Judge(problem)
    choices = [list(bundles(problem, member)) for member in problem.members]
    for held in product(*choices):
        pairs = [(m.id, j) for m, bundle in zip(problem.members, held, strict=True) for j in bundle]
        if all(_has_seats(problem, item, pairs) for item in problem.items):
            values = judge.levels(pairs)
            if found is None or rank(values) > rank(found):
                found = values
    assert found is not None, "nobody getting anything is always possible"
    return found
