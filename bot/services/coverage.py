"""The community's coverage as a member looks at it, computed anew only when something changed."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Catalogue
from bot.domain.coverage import (
    Community,
    Consent,
    History,
    Risk,
    Snapshot,
    TrendPoint,
    Unlike,
    at_risk,
    survey,
    trend,
    unlike,
    week_ends,
)
from bot.domain.coverage.snapshot import best_depths, theory_by_primary
from bot.domain.members import Actor
from bot.services.catalogues import Catalogues
from bot.services.work import Work
from bot.storage import coverage, guilds
from bot.storage.coverage import Mark

T = TypeVar("T")

WEEKS = 12
_GUILDS_KEPT = 256
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Look:
    """What one member sees at a moment. ``weeks`` is empty unless the trend was asked for."""

    community: Community
    weeks: tuple[TrendPoint, ...]
    organises: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class _Read:
    """What one unit read, and what is still known from before in place of it."""

    mark: Mark
    state: Snapshot | Community
    history: History | tuple[TrendPoint, ...] = ()


class Coverage:
    """Coverage of a server. What it keeps in memory is told apart by the database's own state."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues
        self._communities: OrderedDict[int, tuple[tuple[Mark, Catalogue], Community]] = (
            OrderedDict()
        )
        self._trends: OrderedDict[
            int, tuple[tuple[Mark, Catalogue, date], tuple[TrendPoint, ...]]
        ] = OrderedDict()

    async def look(self, actor: Actor, *, with_trend: bool = False) -> Look:
        """The community's state, and how it came about by week."""
        now, here = self._work.now(), await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            read = await self._read(conn, here, actor.guild_id, now.date() if with_trend else None)
        community = await self._community(actor.guild_id, here, read)
        weeks = await self._weeks(actor.guild_id, here, read, now) if with_trend else ()
        return Look(community, weeks, actor.is_organiser(read.mark.organiser_role_id), now)

    async def at_risk(self, actor: Actor) -> tuple[Look, tuple[Risk, ...]]:
        """The theories that could be lost with one member. Raises OrganisersOnly."""
        here = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            read, snapshot = await self._read_whole(conn, actor.guild_id)
            seen = await coverage.last_seen(conn, actor.guild_id)
        community = await self._community(actor.guild_id, here, read)
        now, theories = self._work.now(), tuple(here)
        risks = await asyncio.to_thread(at_risk, snapshot, theories, seen, now)
        return Look(community, (), organises=True, at=now), risks

    async def unlike(self, actor: Actor) -> tuple[Look, tuple[Unlike, ...]]:
        """At most five members who read unlike this one and agreed to be seen."""
        here = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            read, snapshot = await self._read_whole(conn, actor.guild_id)
            willing = await coverage.consents(conn, actor.guild_id)
        community = await self._community(actor.guild_id, here, read)
        found = await asyncio.to_thread(_unlike, here, actor.user_id, snapshot, willing)
        organises = actor.is_organiser(read.mark.organiser_role_id)
        return Look(community, (), organises, self._work.now()), found

    async def _read(
        self, conn: AsyncConnection, here: Catalogue, guild_id: int, today: date | None
    ) -> _Read:
        """What is not known yet; the history only where the trend of ``today`` is wanted."""
        mark = await coverage.coverage_mark(conn, guild_id)
        known, drawn = self._communities.get(guild_id), self._trends.get(guild_id)
        if known is not None and known[0] == (mark, here):
            state: Snapshot | Community = known[1]
        else:
            state = await coverage.snapshot(conn, guild_id, mark)
        if today is None:
            return _Read(mark, state)
        if drawn is not None and drawn[0] == (mark, here, today):
            return _Read(mark, state, drawn[1])
        return _Read(mark, state, await coverage.depth_history(conn, guild_id))

    async def _read_whole(self, conn: AsyncConnection, guild_id: int) -> tuple[_Read, Snapshot]:
        mark = await coverage.coverage_mark(conn, guild_id)
        snapshot = await coverage.snapshot(conn, guild_id, mark)
        return _Read(mark, snapshot), snapshot

    async def _community(self, guild_id: int, here: Catalogue, read: _Read) -> Community:
        if isinstance(read.state, Community):
            return read.state
        # Thousands of readings take a while; the loop goes on meanwhile.
        made = await asyncio.to_thread(survey, read.state, tuple(here))
        _keep(self._communities, guild_id, ((read.mark, here), made))
        return made

    async def _weeks(
        self, guild_id: int, here: Catalogue, read: _Read, now: datetime
    ) -> tuple[TrendPoint, ...]:
        if not isinstance(read.history, History):
            return read.history
        made = await asyncio.to_thread(
            trend,
            read.history,
            tuple(here),
            coverage.target_of(read.mark),
            week_ends(now, WEEKS),
        )
        _keep(self._trends, guild_id, ((read.mark, here, now.date()), made))
        return made


def _unlike(
    here: Catalogue, me: int, snapshot: Snapshot, willing: Mapping[int, Consent]
) -> tuple[Unlike, ...]:
    depths = best_depths(snapshot.readings, theory_by_primary(here))
    return unlike(me, depths, willing, _LISTED)


def _keep(kept: OrderedDict[int, T], guild_id: int, value: T) -> None:
    kept[guild_id] = value
    kept.move_to_end(guild_id)
    if len(kept) > _GUILDS_KEPT:
        kept.popitem(last=False)
