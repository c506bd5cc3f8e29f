"""The rules of clubs, one series after another, each with its breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.schedule import Break, Recurrence, Series
from bot.storage.statements import insert
from bot.storage.tables import club_break, club_series


async def series_of(
    conn: AsyncConnection, guild_id: int, club_id: int | None = None
) -> Mapping[int, tuple[tuple[int, Series], ...]]:
    """The series of one club of the server, or of all, by club: key and series, in their order."""
    found = sa.select(club_series).where(club_series.c.guild_id == guild_id)
    if club_id is not None:
        found = found.where(club_series.c.club_id == club_id)
    rows = (await conn.execute(found.order_by(club_series.c.start))).mappings().all()
    breaks = await _breaks(conn, guild_id, [row["id"] for row in rows])
    series: dict[int, list[tuple[int, Series]]] = defaultdict(list)
    for row in rows:
        series[row["club_id"]].append((row["id"], _series(row, breaks[row["id"]])))
    return {club: tuple(listed) for club, listed in series.items()}


def _series(row: sa.RowMapping, breaks: Iterable[Break]) -> Series:
    weekdays, ordinals = _numbers(row["weekdays"]), _numbers(row["ordinals"])
    rule = Recurrence(weekdays, row["at"], row["every"], ordinals)
    return Series(rule, row["zone"], row["start"], row["until"], row["count"], tuple(breaks))


async def set_series(
    conn: AsyncConnection, guild_id: int, club_id: int, segments: Iterable[Series]
) -> None:
    """The club meets by these series. One that starts on the same day as before keeps its key."""
    segments = tuple(segments)
    await conn.execute(
        sa.delete(club_series).where(
            club_series.c.guild_id == guild_id,
            club_series.c.club_id == club_id,
            club_series.c.start.not_in([series.start for series in segments]),
        )
    )
    for series in segments:
        await _set_one(conn, guild_id, club_id, series)


async def _set_one(conn: AsyncConnection, guild_id: int, club_id: int, series: Series) -> None:
    rule = series.recurrence
    values = {
        "weekdays": _text(rule.weekdays),
        "ordinals": _text(rule.ordinals),
        "every": rule.every,
        "at": rule.at,
        "zone": series.zone,
        "until": series.until,
        "count": series.count,
    }
    new = insert(conn, club_series).values(
        guild_id=guild_id, club_id=club_id, start=series.start, **values
    )
    kept = await conn.execute(
        new.on_conflict_do_update(
            index_elements=[club_series.c.guild_id, club_series.c.club_id, club_series.c.start],
            set_=values,
        ).returning(club_series.c.id)
    )
    series_id: int = kept.scalar_one()
    await conn.execute(
        sa.delete(club_break).where(
            club_break.c.guild_id == guild_id, club_break.c.series_id == series_id
        )
    )
    breaks = [
        {"guild_id": guild_id, "series_id": series_id, "first": one.first, "last": one.last}
        for one in series.breaks
    ]
    if breaks:
        await conn.execute(sa.insert(club_break), breaks)


async def _breaks(
    conn: AsyncConnection, guild_id: int, series_ids: list[int]
) -> Mapping[int, list[Break]]:
    rows = await conn.execute(
        sa.select(club_break.c.series_id, club_break.c.first, club_break.c.last)
        .where(club_break.c.guild_id == guild_id, club_break.c.series_id.in_(series_ids))
        .order_by(club_break.c.id)
    )
    breaks: dict[int, list[Break]] = defaultdict(list)
    for row in rows:
        breaks[row.series_id].append(Break(row.first, row.last))
    return breaks


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number)


def _text(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))
