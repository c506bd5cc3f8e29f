"""What may take part: limits are checked, unknown ids dropped, everything put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.split.errors import Fault, SplitProblemWrong
from bot.domain.split.problem import (
    MOST_ITEMS,
    MOST_MEMBERS,
    Dropped,
    Item,
    Member,
    Pair,
    Problem,
    Ranking,
    Scores,
    Wishes,
)

LARGEST = 1_000_000
"""No number of a problem is larger: it keeps the arithmetic of a hostile file short."""
LARGEST_SLOW = 1000
LARGEST_SCORE = 100


def admitted(problem: Problem) -> Problem:
    """The same problem in its one canonical form; ``SplitProblemWrong`` if it has none."""
    _check_count("members", len(problem.members), MOST_MEMBERS)
    _check_count("items", len(problem.items), MOST_ITEMS)
    _check_unique("members", (member.id for member in problem.members))
    _check_unique("items", (item.id for item in problem.items))
    _check_unique("levels", (level.value for level in problem.levels))
    for key, value, most in _numbers(problem):
        if not 0 <= value <= most:
            raise SplitProblemWrong(key, Fault.OUT_OF_RANGE, f"0 to {most}")
    dropped: list[Dropped] = []
    items = {item.id for item in problem.items}
    members = tuple(
        _tidied(member, items, dropped) for member in sorted(problem.members, key=lambda m: m.id)
    )
    by_id = {member.id: member for member in members}
    started = _known("started", problem.started, by_id, items, dropped)
    accepted = _known("accepted", problem.accepted, by_id, items, dropped) - started
    return replace(
        problem,
        members=members,
        items=tuple(sorted(problem.items, key=lambda item: item.id)),
        started=started,
        accepted=accepted,
        dropped=(*problem.dropped, *dropped),
    )


def _check_count(key: str, count: int, most: int) -> None:
    if count > most:
        raise SplitProblemWrong(key, Fault.TOO_MANY, f"at most {most}")


def _check_unique(key: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for place, each in enumerate(ids):
        if each in seen:
            raise SplitProblemWrong(f"{key}[{place}]", Fault.DUPLICATE, "each one once")
        seen.add(each)


def _numbers(problem: Problem) -> Iterator[tuple[str, int, int]]:
    yield "slow", problem.slow, LARGEST_SLOW
    for group, weight in problem.groups.items():
        yield f"groups.{group}", weight, LARGEST
    for place, member in enumerate(problem.members):
        yield from _member_numbers(f"members[{place}]", member)
    for place, item in enumerate(problem.items):
        yield from _item_numbers(f"items[{place}]", item)


def _member_numbers(key: str, member: Member) -> Iterator[tuple[str, int, int]]:
    yield f"{key}.hours", member.hours or 0, LARGEST
    yield f"{key}.max_items", member.most or 0, LARGEST
    if isinstance(member.wishes, Scores):
        for item, points in member.wishes.points.items():
            yield f"{key}.prefs.score.{item}", points, LARGEST_SCORE


def _item_numbers(key: str, item: Item) -> Iterator[tuple[str, int, int]]:
    yield f"{key}.effort", item.effort, LARGEST
    yield f"{key}.min_readers", item.minimum, LARGEST
    yield f"{key}.fresh_min", item.fresh, LARGEST
    yield f"{key}.seats", item.seats or 0, LARGEST
    yield f"{key}.baseline", item.outside, LARGEST
    yield f"{key}.weight", item.weight, LARGEST
    yield f"{key}.priority", item.priority, LARGEST


def _tidied(member: Member, items: set[str], dropped: list[Dropped]) -> Member:
    """The member without the ids of items that take no part."""
    key = f"members.{member.id}"
    for name, ids in (("read", member.read), ("conflict", member.conflict)):
        dropped += [Dropped(f"{key}.{name}", each) for each in sorted(ids - items)]
    return replace(
        member,
        read=member.read & items,
        conflict=member.conflict & items,
        wishes=_tidied_wishes(f"{key}.prefs", member.wishes, items, dropped),
    )


def _tidied_wishes(key: str, wishes: Wishes, items: set[str], dropped: list[Dropped]) -> Wishes:
    match wishes:
        case Ranking():
            kept: dict[str, None] = {}
            for each in wishes.items:
                if each in items and each not in kept:
                    kept[each] = None
                else:  # a second place would push everything after it further down
                    dropped.append(Dropped(f"{key}.rank", each))
            return Ranking(tuple(kept)) if kept else None
        case Scores():
            unknown = sorted(wishes.points.keys() - items)
            dropped += [Dropped(f"{key}.score", each) for each in unknown]
            return Scores(
                {each: wishes.points[each] for each in sorted(wishes.points.keys() & items)}
            )
    return None


def _known(
    key: str,
    pairs: frozenset[Pair],
    members: dict[str, Member],
    items: set[str],
    dropped: list[Dropped],
) -> frozenset[Pair]:
    """The pairs that exist. Whoever has read an item is done with it and counts as its reader."""
    kept = set()
    for member, item in sorted(pairs):
        if member not in members:
            dropped.append(Dropped(key, member))
        elif item not in items:
            dropped.append(Dropped(key, item))
        elif item not in members[member].read:
            kept.add((member, item))
    return frozenset(kept)
