"""How depths came to be what they are: every change with its moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.progress import Depth


@dataclass(frozen=True, slots=True)
class DepthChange:
    """From ``changed_at`` on a member knew a paper this well; None: not taken up any more."""

    user_id: int
    paper_id: str
    depth: Depth | None
    changed_at: datetime


def depths_at(changes: Iterable[DepthChange], moment: datetime) -> dict[tuple[int, str], Depth]:
    """Every member's depth for every paper at ``moment``, by (user id, paper id).

    ``changes`` is the whole history in its order; a change counts from its own instant on. A
    paper that was taken back is absent.
    """
    depths: dict[tuple[int, str], Depth] = {}
    for change in changes:
        if change.changed_at > moment:
            continue
        key = (change.user_id, change.paper_id)
        if change.depth is None:
            depths.pop(key, None)
        else:
            depths[key] = change.depth
    return depths


def week_of(moment: datetime) -> datetime:
    """When the ISO week of ``moment`` (in UTC) began: Monday, midnight."""
    return _midnight(moment) - timedelta(days=moment.weekday())


def month_of(moment: datetime) -> datetime:
    """When the month of ``moment`` (in UTC) began."""
    return _midnight(moment).replace(day=1)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
