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
    subset = st.frozensets(st.sampled_from(names), max_size=2)
    tags = st.frozensets(st.sampled_from(TAGS), max_size=2)
    wishes = st.one_of(
        st.none(),
        st.lists(st.sampled_from(names), unique=True).map(lambda each: Ranking(tuple(each))),
        st.dictionaries(st.sampled_from(names), st.integers(0, 100)).map(Scores),
    )
    items = [
        Item(
            name,
            effort=draw(st.integers(1, 5)) if hours else 1,
            minimum=draw(st.integers(0, 3)),
            fresh=draw(st.sampled_from((0, 0, 0, 1, 2))),
            seats=draw(st.sampled_from((None, None, 0, 1, 2))),
            outside=draw(st.sampled_from((0, 0, 1, 2))),
            weight=draw(st.integers(0, 2)),
            group=draw(st.sampled_from((None, "g", "h"))),
            requires=draw(tags),
            requires_hard=draw(st.booleans()),
            priority=draw(st.integers(1, 2)),
        )
        for name in names
    ]
    members = [
        Member(
            each,
            hours=draw(st.integers(0, 9)) if hours else None,
            most=draw(st.sampled_from((None, 1, 2, 3))),
            tags=draw(tags),
            read=draw(subset) if draw(st.booleans()) else frozenset(),
            conflict=draw(subset) if draw(st.booleans()) else frozenset(),
            wishes=draw(wishes),
            synthesiser=draw(st.booleans()),
        )
        for each in ids
    ]
    pairs = st.frozensets(st.tuples(st.sampled_from(ids), st.sampled_from(names)), max_size=2)
    without = draw(st.sampled_from((None, None, Level.COVERED, Level.GAIN)))
    return Problem.of(
        members,
        items,
        accepted=draw(pairs),
        started=draw(pairs) if draw(st.booleans()) else (),
        groups={"g": 2} if draw(st.booleans()) else None,
        slow=draw(st.sampled_from((0, 25, 50))) if hours else 0,
        levels=[level for level in LEVELS if level is not without],
        seed=draw(st.integers(0, 3)),
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
