"""The format ``split/1``: from parsed JSON to a problem, each mistake with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from bot.domain.split.errors import Fault, SplitProblemWrong
from bot.domain.split.problem import (
    LEVELS,
    Item,
    Level,
    Member,
    Pair,
    Problem,
    Ranking,
    Scores,
    Wishes,
)

FORMAT = "split/1"
DEFAULT_SLOW = 0.25
_HUNDREDTH = 100
_LONGEST_ID = 200
_SLOWEST = 10

_T = TypeVar("_T")


def read_problem(data: object) -> Problem:
    """The problem that ``data`` (what ``json.load`` gives) describes, in canonical form."""
    table = _table(data, "")
    if table.get("format", FORMAT) != FORMAT:
        raise SplitProblemWrong("format", Fault.UNKNOWN_VALUE, f'"{FORMAT}"')
    for key in ("members", "items"):
        if key not in table:
            raise SplitProblemWrong(key, Fault.MISSING, "a list")
    return Problem.of(
        [
            _member(each, f"members[{n}]")
            for n, each in enumerate(_list(table["members"], "members"))
        ],
        [_item(each, f"items[{n}]") for n, each in enumerate(_list(table["items"], "items"))],
        accepted=_pairs(table, "accepted"),
        started=_pairs(table, "started"),
        groups=_groups(table),
        slow=_slow(table.get("slow", DEFAULT_SLOW)),
        levels=_levels(table),
        seed=_integer(table, "seed", "", 0),
    )


def _member(data: object, key: str) -> Member:
    table = _table(data, key)
    return Member(
        id=_id(table, key),
        hours=_optional_integer(table, "hours", key),
        most=_optional_integer(table, "max_items", key),
        tags=_ids(table, "tags", key),
        read=_ids(table, "read", key),
        conflict=_ids(table, "conflict", key),
        wishes=_wishes(table.get("prefs"), f"{key}.prefs"),
        synthesiser=_flag(table, "synth", key),
    )


def _item(data: object, key: str) -> Item:
    table = _table(data, key)
    name = _id(table, key)
    return Item(
        id=name,
        title=_typed(table.get("title") or name, str, f"{key}.title", "a text"),
        effort=_integer(table, "effort", key, 1),
        minimum=_integer(table, "min_readers", key, 1),
        fresh=_integer(table, "fresh_min", key, 0),
        seats=_optional_integer(table, "seats", key),
        outside=_integer(table, "baseline", key, 0),
        weight=_integer(table, "weight", key, 1),
        group=_group(table.get("group"), key),
        requires=_ids(table, "requires", key),
        requires_hard=_flag(table, "requires_hard", key),
        priority=_integer(table, "priority", key, 1),
    )


def _wishes(data: object, key: str) -> Wishes:
    if data is None:
        return None
    table = _table(data, key)
    if table.get("rank") is not None:
        ranked = _list(table["rank"], f"{key}.rank")
        return Ranking(tuple(_name(each, f"{key}.rank[{n}]") for n, each in enumerate(ranked)))
    if table.get("score") is not None:
        scores = _table(table["score"], f"{key}.score")
        return Scores({each: _integer(scores, each, f"{key}.score", 0) for each in scores})
    return None


def _levels(table: Mapping[str, object]) -> tuple[Level, ...]:
    if table.get("levels") is None:
        return LEVELS
    known = {level.value: level for level in Level}
    levels = []
    for place, each in enumerate(_list(table["levels"], "levels")):
        if not isinstance(each, str) or each not in known:
            raise SplitProblemWrong(f"levels[{place}]", Fault.UNKNOWN_VALUE, ", ".join(known))
        levels.append(known[each])
    return tuple(levels)


def _groups(table: Mapping[str, object]) -> dict[str, int]:
    groups = _table(table.get("groups") or {}, "groups")
    return {name: _integer(groups, name, "groups", 1) for name in groups}


def _slow(value: object) -> int:
    """Hundredths, so that everything after is whole numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SplitProblemWrong("slow", Fault.WRONG_TYPE, "a multiple of 0.01")
    if not 0 <= value <= _SLOWEST or abs(value * _HUNDREDTH - round(value * _HUNDREDTH)) > 1e-9:
        raise SplitProblemWrong("slow", Fault.OUT_OF_RANGE, "a multiple of 0.01, 0 to 10")
    return round(value * _HUNDREDTH)


def _pairs(table: Mapping[str, object], key: str) -> list[Pair]:
    pairs = []
    for place, each in enumerate(_list(table.get(key) or [], key)):
        pair = _list(each, f"{key}[{place}]")
        if len(pair) != 2:
            raise SplitProblemWrong(f"{key}[{place}]", Fault.OUT_OF_RANGE, "[member, item]")
        member, item = (_name(half, f"{key}[{place}]") for half in pair)
        pairs.append((member, item))
    return pairs


def _ids(table: Mapping[str, object], name: str, key: str) -> frozenset[str]:
    listed = _list(table.get(name) or [], f"{key}.{name}")
    return frozenset(_name(each, f"{key}.{name}[{n}]") for n, each in enumerate(listed))


def _id(table: Mapping[str, object], key: str) -> str:
    if "id" not in table:
        raise SplitProblemWrong(f"{key}.id", Fault.MISSING, "a text")
    return _name(table["id"], f"{key}.id")


def _group(value: object, key: str) -> str | None:
    return None if value is None else _name(value, f"{key}.group")


def _name(value: object, key: str) -> str:
    text = _typed(value, str, key, "a text")
    if not 0 < len(text) <= _LONGEST_ID:
        raise SplitProblemWrong(key, Fault.OUT_OF_RANGE, f"1 to {_LONGEST_ID} characters")
    return text


def _optional_integer(table: Mapping[str, object], name: str, key: str) -> int | None:
    return None if table.get(name) is None else _integer(table, name, key, 0)


def _integer(table: Mapping[str, object], name: str, key: str, default: int) -> int:
    value = table.get(name, default)
    place = f"{key}.{name}" if key else name
    if isinstance(value, bool):
        raise SplitProblemWrong(place, Fault.WRONG_TYPE, "a whole number")
    return _typed(value, int, place, "a whole number")


def _flag(table: Mapping[str, object], name: str, key: str) -> bool:
    return _typed(table.get(name, False), bool, f"{key}.{name}", "true or false")


def _list(value: object, key: str) -> list[object]:
    return _typed(value, list, key, "a list")


def _table(value: object, key: str) -> dict[str, object]:
    return _typed(value, dict, key, "an object")


def _typed(value: object, kind: type[_T], key: str, expected: str) -> _T:
    if not isinstance(value, kind):
        raise SplitProblemWrong(key, Fault.WRONG_TYPE, expected)
    return value
