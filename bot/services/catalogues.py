"""The catalogue of each server: the shipped one with the server's own entries over it."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Catalogue
from bot.domain.entries import Entry
from bot.domain.overlay import overlay
from bot.domain.own_entries import EntryRef, OwnEntry, OwnPaper
from bot.domain.search import SearchIndex
from bot.domain.search.own import MOST_AMENDED, OwnSearch
from bot.storage import own_entries
from bot.storage.engine import Database
from bot.storage.own_entries import Feed

log = logging.getLogger(__name__)

# Entries of servers that are kept in memory; those not asked for longest are read again.
_ENTRIES_KEPT = 100_000
# What takes longer than the loop may stand still goes to a thread.
_AT_ONCE = 20
# So many are prepared for search while the asker waits.
_PREPARED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ServerCatalogue:
    """What one server has, as of a step of its own. ``own`` are its entries, retired ones too."""

    catalogue: Catalogue
    own: Mapping[EntryRef, OwnEntry] = field(default_factory=dict)
    newest: int = 0

    @property
    def works(self) -> dict[str, Entry]:
        """The server's own works by id, with all that is known of them."""
        papers = (entry for entry in self.own.values() if isinstance(entry, OwnPaper))
        return {paper.work.key: paper.work for paper in papers}


class Catalogues:
    """Reads each server's entries once, and again only what has changed since.

    ``changed`` must be called after every commit that changes a server's entries.
    """

    def __init__(self, database: Database, shipped: Catalogue, index: SearchIndex) -> None:
        self.shipped = shipped
        self._index = index
        self._database = database
        self._held: OrderedDict[int, ServerCatalogue] = OrderedDict()
        self._searches: dict[int, OwnSearch] = {}
        self._searched: dict[int, ServerCatalogue] = {}
        self._changes: dict[int, int] = {}
        self._seen: dict[int, int] = {}
        self._turns: dict[int, asyncio.Lock] = {}
        self._preparing: dict[int, asyncio.Task[None]] = {}

    async def of(self, guild_id: int | None) -> Catalogue:
        """The catalogue of a server; in a direct message (None) the shipped one.

        Call it outside of a unit that reads (there is ``within``): it may have to read itself.
        """
        return (await self.server(guild_id)).catalogue

    async def within(self, conn: AsyncConnection, guild_id: int) -> Catalogue:
        """The catalogue of a server for a unit that is under way, read by its own connection.

        What had to be read is not kept: the unit may have begun before the newest change.
        """
        held = self._held.get(guild_id, ServerCatalogue(self.shipped))
        if guild_id in self._held and self._is_current(guild_id):
            return held.catalogue
        feed = await own_entries.feed(conn, guild_id, held.newest)
        return (await self._with(held, feed)).catalogue

    async def server(self, guild_id: int | None) -> ServerCatalogue:
        """The catalogue of a server with the entries that are the server's own."""
        if guild_id is None:
            return ServerCatalogue(self.shipped)
        held = self._held.get(guild_id)
        if held is not None and self._is_current(guild_id):
            self._held.move_to_end(guild_id)
            return held
        async with self._turns.setdefault(guild_id, asyncio.Lock()):
            while not self._is_current(guild_id) or guild_id not in self._held:
                await self._read(guild_id)
            return self._held[guild_id]

    async def index(self, guild_id: int | None) -> SearchIndex:
        """The index of a server; in a direct message (None) the shipped one.

        Where thousands of entries have to be prepared first, as after a start or an import, it
        answers from what was prepared before, until that is done.
        """
        here = await self.server(guild_id)
        if guild_id is None or here.catalogue is self.shipped:
            return self._index
        if self._searched.get(guild_id) is not here:
            await self._prepare(guild_id, here)
        search = self._searches.get(guild_id)
        return self._index if search is None else search.index

    async def prepare_large(self) -> None:
        """Begins to prepare the servers whose first search would else come too early."""
        async with self._database.read() as conn:
            large = await own_entries.large_catalogues(conn, _PREPARED_AT_ONCE)
        for guild_id in large:
            await self.index(guild_id)

    def changed(self, guild_id: int) -> None:
        """The server's entries were changed and committed."""
        self._changes[guild_id] = self._changes.get(guild_id, 0) + 1

    def forget(self, guild_id: int) -> None:
        """The server was erased, and all that was read of it with it."""
        self.changed(guild_id)
        for kept in (self._held, self._searches, self._searched):
            kept.pop(guild_id, None)

    async def settled(self) -> None:
        """Waits until everything that is being prepared for search is prepared."""
        while self._preparing:
            await asyncio.gather(*self._preparing.values())

    def _is_current(self, guild_id: int) -> bool:
        return self._seen.get(guild_id) == self._changes.get(guild_id, 0)

    async def _read(self, guild_id: int) -> None:
        """Takes in what is new; a change that comes meanwhile makes it stale again at once."""
        counted = self._changes.get(guild_id, 0)
        held = self._held.get(guild_id, ServerCatalogue(self.shipped))
        async with self._database.read() as conn:
            feed = await own_entries.feed(conn, guild_id, held.newest)
        self._held[guild_id] = await self._with(held, feed)
        self._held.move_to_end(guild_id)
        self._seen[guild_id] = counted
        self._forget_some()

    async def _with(self, held: ServerCatalogue, feed: Feed) -> ServerCatalogue:
        if not feed.documents:
            return held
        if len(held.own) + len(feed.documents) <= _AT_ONCE:
            return self._taken_in(held, feed)
        return await asyncio.to_thread(self._taken_in, held, feed)

    def _taken_in(self, held: ServerCatalogue, feed: Feed) -> ServerCatalogue:
        own = dict(held.own)
        for ref, entry in feed.entries().items():
            if entry is None:
                own.pop(ref, None)
            else:
                own[ref] = entry
        catalogue = overlay(self.shipped, own.values())
        return ServerCatalogue(catalogue, MappingProxyType(own), feed.newest)

    def _forget_some(self) -> None:
        kept = sum(len(held.own) for held in self._held.values())
        while kept > _ENTRIES_KEPT and len(self._held) > 1:
            guild_id, held = self._held.popitem(last=False)
            kept -= len(held.own)
            self._searches.pop(guild_id, None)
            self._searched.pop(guild_id, None)

    async def _prepare(self, guild_id: int, here: ServerCatalogue) -> None:
        """Prepares the index, or sees to it that it will be."""
        if guild_id in self._preparing:
            return
        known, own = self._searches.get(guild_id), here.own.values()
        if known is not None:
            differing = await asyncio.to_thread(known.changes, here.catalogue, own)
            if differing <= MOST_AMENDED:
                made = await asyncio.to_thread(known.amended, here.catalogue, own)
                self._prepared(guild_id, here, made)
                return
        if guild_id in self._preparing:
            return
        task = asyncio.create_task(self._prepare_all(guild_id, here))
        self._preparing[guild_id] = task
        if len(own) <= _PREPARED_AT_ONCE:
            await asyncio.shield(task)

    async def _prepare_all(self, guild_id: int, here: ServerCatalogue) -> None:
        try:
            made = await asyncio.to_thread(
                OwnSearch.prepare, self.shipped, here.catalogue, here.own.values()
            )
            self._prepared(guild_id, here, made)
        except Exception:
            log.exception("The entries of server %s could not be prepared for search", guild_id)
        finally:
            del self._preparing[guild_id]

    def _prepared(self, guild_id: int, here: ServerCatalogue, made: OwnSearch) -> None:
        if guild_id in self._held:
            self._searches[guild_id], self._searched[guild_id] = made, here
