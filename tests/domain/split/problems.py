"""Problems to split: the given instances, tiny random ones, and large random ones."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from bot.domain.split import LEVELS, Item, Level, Member, Problem, Ranking, Scores

INSTANCES = Path(__file__).parent / "instances"
NAMES = tuple(sorted(path.stem for path in INSTANCES.glob("*.json")))
TAGS = ("a", "b", "c")


@cache
def _text(name: str) -> str:
    return (INSTANCES / f"{name}.json").read_text(encoding="utf-8")


def instance(name: str) -> dict[str, Any]:
    """A fresh copy of a given instance."""
    data: dict[str, Any] = json.loads(_text(name))
    return data


@st.composite
def tiny_problems(
    draw: st.DrawFn, *, hours: bool, most_members: int = 3, most_items: int = 4
) -> Problem:
    """Problems small enough to try every split."""
    names = [f"t{n}" for n in range(draw(st.integers(1, most_items)))]
    ids = [f"m{n}" for n in range(draw(st.integers(1, most_members)))]
    pairs = st.frozensets(st.tuples(st.sampled_from(ids), st.sampled_from(names)), max_size=2)
    without = draw(st.sampled_from((None, None, Level.COVERED, Level.GAIN)))
    return Problem.of(
        [draw(_members(each, names, hours=hours)) for each in ids],
        [draw(_items(name, hours=hours)) for name in names],
        accepted=draw(pairs),
        started=draw(pairs) if draw(st.booleans()) else (),
        groups={"g": 2} if draw(st.booleans()) else None,
        slow=draw(st.sampled_from((0, 25, 50))) if hours else 0,
        levels=[level for level in LEVELS if level is not without],
        seed=draw(st.integers(0, 3)),
    )


_SOME_TAGS = st.frozensets(st.sampled_from(TAGS), max_size=2)


def _items(name: str, *, hours: bool) -> st.SearchStrategy[Item]:
    return st.builds(
        Item,
        st.just(name),
        effort=st.integers(1, 5) if hours else st.just(1),
        minimum=st.integers(0, 3),
        fresh=st.sampled_from((0, 0, 0, 1, 2)),
        seats=st.sampled_from((None, None, 0, 1, 2)),
        outside=st.sampled_from((0, 0, 1, 2)),
        weight=st.integers(0, 2),
        group=st.sampled_from((None, "g", "h")),
        requires=_SOME_TAGS,
        requires_hard=st.booleans(),
        priority=st.integers(1, 2),
    )


def _members(name: str, items: list[str], *, hours: bool) -> st.SearchStrategy[Member]:
    some = st.one_of(st.just(frozenset[str]()), st.frozensets(st.sampled_from(items), max_size=2))
    ranking = st.lists(st.sampled_from(items), unique=True)
    return st.builds(
        Member,
        st.just(name),
        hours=st.integers(0, 9) if hours else st.none(),
        most=st.sampled_from((None, 1, 2, 3)),
        tags=_SOME_TAGS,
        read=some,
        conflict=some,
        wishes=st.one_of(
            st.none(),
            ranking.map(lambda each: Ranking(tuple(each))),
            st.dictionaries(st.sampled_from(items), st.integers(0, 100)).map(Scores),
        ),
        synthesiser=st.booleans(),
    )


def large(members: int, items: int, *, hours: bool, minimum: int = 1) -> dict[str, Any]:
    """A random problem of this size, always the same."""
    random = Random(members * 1000 + items)
    listed = [
        {
            "id": f"t{n:03}",
            "effort": random.choice((2, 3, 4, 5, 6, 8)) if hours else 1,
            "min_readers": minimum,
            "seats": random.choice((None, None, 10)),
            "baseline": random.choice((0, 0, 0, 1, 2)),
            "requires": random.sample(TAGS, random.randrange(3)),
        }
        for n in range(items)
    ]
    fame = {item["id"]: 3 * random.random() for item in listed}
    return {
        "format": "split/1",
        "slow": 0.25 if hours else 0,
        "items": listed,
        "members": [
            {
                "id": f"m{n:04}",
                "hours": random.choice((3, 4, 6, 8, 10, 16)) if hours else None,
                "max_items": None if hours else random.choice((1, 2, 3)),
                "tags": random.sample(TAGS, 2),
                "prefs": {"rank": sorted(fame, key=lambda each: -fame[each] + random.gauss(0, 1))},
            }
            for n in range(members)
        ],
    }
