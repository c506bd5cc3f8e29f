"""Laying sections over sessions: in order, in as few sessions as can be, and those even."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

from bot.domain.plan.values import (
    MOST_PARTS,
    NoSessionToPlan,
    NothingToPlan,
    Part,
    Plan,
    PlanTooLong,
    Reading,
    Sitting,
)


def lay(readings: Iterable[Reading], sessions: Sequence[date], minutes: int) -> Plan:
    """Lay the papers, one after the other, over ``sessions`` (increasing) of ``minutes`` each.

    Raises NothingToPlan, NoSessionToPlan and PlanTooLong.
    """
    return _laid(_whole(readings), sessions, minutes, {})


def replan(
    old: Iterable[Sitting],
    held: Collection[date],
    readings: Iterable[Reading],
    sessions: Sequence[date],
    minutes: int,
) -> Plan:
    """Keep the sittings of the sessions that were ``held`` and lay the rest of ``readings`` anew.

    A section of which parts are read goes on with the time that is left of it; what was meant
    for a session that never took place comes again. The sittings that are kept stand first.
    Raises NothingToPlan, NoSessionToPlan and PlanTooLong.
    """
    kept = tuple(sitting for sitting in old if sitting.session in held)
    spent: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for sitting in kept:
        for part in sitting.parts:
            spent[part.key].append(part)
    rest = (_rest(part, spent.get(part.key, ())) for part in _whole(readings))
    plan = _laid((part for part in rest if part is not None), sessions, minutes, spent)
    return Plan(plan.budget, (*kept, *plan.sittings), plan.left, plan.free)


def _whole(readings: Iterable[Reading]) -> Iterator[Part]:
    """Every section once. Nobody knows how long each takes: they share the paper's time evenly."""
    seen: set[str] = set()
    for reading in readings:
        if reading.paper_id in seen:
            continue
        seen.add(reading.paper_id)
        count = len(reading.sections)
        total = max(count, round(reading.hours * 60))
        for place, section in enumerate(reading.sections):
            minutes = total * (place + 1) // count - total * place // count
            yield Part(reading.paper_id, section.id, minutes)


def _rest(whole: Part, spent: Collection[Part]) -> Part | None:
    """What is left of a section after parts of it were read; None when that was all."""
    left = whole.minutes - sum(part.minutes for part in spent)
    # One that was read in a piece is done, whatever its paper's hours are said to be since.
    if left <= 0 or any(part.of == 1 for part in spent):
        return None
    return Part(whole.paper_id, whole.section_id, left)


def _laid(
    parts: Iterable[Part],
    sessions: Sequence[date],
    minutes: int,
    spent: Mapping[tuple[str, str], Collection[Part]],
) -> Plan:
    wanted = [cut for part in parts for cut in _cut(part, minutes, len(spent.get(part.key, ())))]
    if not wanted:
        raise NothingToPlan
    if not sessions:
        raise NoSessionToPlan
    if len(wanted) > MOST_PARTS:
        raise PlanTooLong(len(wanted))
    taken, groups = _reach(wanted, minutes, len(sessions))
    ends = _evenly([part.minutes for part in wanted[:taken]], minutes, groups)
    begins = (0, *ends)
    sittings = tuple(
        Sitting(session, tuple(wanted[begin:end]))
        for session, begin, end in zip(sessions, begins, ends, strict=False)
    )
    return Plan(minutes, sittings, tuple(wanted[taken:]), tuple(sessions[groups:]))


def _cut(part: Part, minutes: int, done: int) -> Iterator[Part]:
    """The part itself, or as few equal ones as fit a budget. ``done`` of it were read before."""
    count = -(-part.minutes // minutes)
    for place in range(count):
        share = part.minutes * (place + 1) // count - part.minutes * place // count
        yield Part(part.paper_id, part.section_id, share, done + place + 1, done + count)


def _reach(parts: Sequence[Part], minutes: int, most: int) -> tuple[int, int]:
    """How many parts fit, in order, into at most ``most`` sessions, and how many sessions that is.

    Filling each session as far as it goes needs the fewest.
    """
    groups, filled = 0, minutes + 1
    for place, part in enumerate(parts):
        if filled + part.minutes > minutes:
            if groups == most:
                return place, groups
            groups, filled = groups + 1, 0
        filled += part.minutes
    return len(parts), groups


def _evenly(lengths: Sequence[int], minutes: int, groups: int) -> list[int]:
    """Where each of ``groups`` runs ends so that none is above ``minutes`` and they are even.

    Even: the sum of the squares of their lengths is the least; of equals, the one whose last
    runs are the shorter. ``groups`` must be enough.
    """
    total = [0, *accumulate(lengths)]
    count = len(lengths)
    cost: list[float] = [0.0] + [float("inf")] * count
    begin: list[list[int]] = []
    for _ in range(groups):
        nearer = [float("inf")] * (count + 1)
        chosen = [0] * (count + 1)
        for end in range(1, count + 1):
            for start in range(end - 1, -1, -1):
                run = total[end] - total[start]
                if run > minutes:
                    break
                if cost[start] + run * run < nearer[end]:
                    nearer[end], chosen[end] = cost[start] + run * run, start
        cost = nearer
        begin.append(chosen)
    ends = [count]
    for chosen in reversed(begin[1:]):
        ends.append(chosen[ends[-1]])
    return ends[::-1]
