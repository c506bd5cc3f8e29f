"""Looking theories up: by whatever a member types, by a button's slug, and as a list."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.coverage import TheoryCoverage, most_needed
from bot.domain.entry_parts import Find
from bot.domain.errors import StaleControl, TheoryUnknown
from bot.domain.lookup import PAGE_SIZE, Show, TheoryCard, TheoryList, TheoryRow
from bot.domain.overlay import inert
from bot.domain.own_entries import TheoryRetired
from bot.domain.progress import Depth, Tally
from bot.domain.search import Hit
from bot.domain.teaching import best_explained
from bot.services.catalogues import Catalogues
from bot.storage import card, guilds, readings
from bot.storage.engine import Database
from bot.storage.note_papers import theory_notes

_ORDERS_KEPT = 4096
_CHOICES = 25


class Lookup:
    """The catalogue as the members of one server see it."""

    def __init__(self, database: Database, catalogues: Catalogues) -> None:
        self._database = database
        self._catalogues = catalogues
        self._needed: OrderedDict[int, tuple[Catalogue, tuple[str, ...]]] = OrderedDict()

    async def card(self, words: str, guild_id: int | None, user_id: int) -> TheoryCard:
        """The card of the theory that ``words`` mean most likely.

        Raises TheoryUnknown, with the nearest three, when nothing is near.
        """
        theory, others = await self._meant(words, guild_id)
        return await self._card(theory, others, guild_id, user_id)

    async def named(self, words: str, guild_id: int | None) -> Theory:
        """The theory that ``words`` mean most likely. Raises TheoryUnknown."""
        theory, _ = await self._meant(words, guild_id)
        return theory

    async def offered(self, words: str, guild_id: int | None) -> Theory:
        """As ``named``, for what is to be added to it. Raises TheoryUnknown, TheoryRetired."""
        theory = await self.named(words, guild_id)
        if (await self._catalogues.of(guild_id)).is_retired(theory):
            raise TheoryRetired(theory.name)
        return theory

    async def finders(self, guild_id: int | None) -> tuple[Find, Find]:
        """Two ways to find a theory on offer by its name: as it is called, and as it may be meant.

        The former knows slugs too.
        """
        catalogue = await self._catalogues.of(guild_id)
        index = await self._catalogues.index(guild_id)
        offered = {theory.slug for theory in catalogue}
        called: dict[str, str] = {slug: slug for slug in offered}
        # The name of a theory counts before what another one is called too.
        further = [(name, t) for t in catalogue for name in (t.short_name, *t.aliases)]
        for name, theory in [*((t.name, t) for t in catalogue), *further]:
            called.setdefault(name.casefold(), theory.slug)

        def exactly(name: str) -> str | None:
            return called.get(inert(name).casefold())

        def nearly(name: str) -> str | None:
            best = index.look_up(name).best if name else None
            return None if best is None or best.slug not in offered else best.slug

        return exactly, nearly

    async def _meant(self, words: str, guild_id: int | None) -> tuple[Theory, tuple[Theory, ...]]:
        """What is meant most likely, and what else may be."""
        catalogue = await self._catalogues.of(guild_id)
        theory = catalogue.get(words)
        if theory is not None:
            return theory, ()
        found = (await self._catalogues.index(guild_id)).look_up(words)
        if found.best is None:
            raise TheoryUnknown(words, tuple(hit.slug for hit in found.nearest))
        others = tuple(_theory(catalogue, hit.slug) for hit in found.alternatives)
        return _theory(catalogue, found.best.slug), others

    async def open(self, slug: str, guild_id: int | None, user_id: int) -> TheoryCard:
        """The card a button leads to. Raises StaleControl when that theory is gone."""
        catalogue = await self._catalogues.of(guild_id)
        return await self._card(_theory(catalogue, slug), (), guild_id, user_id)

    async def _card(
        self, theory: Theory, others: tuple[Theory, ...], guild_id: int | None, user_id: int
    ) -> TheoryCard:
        catalogue = await self._catalogues.of(guild_id)
        related = catalogue.related(theory.slug)
        if guild_id is None:
            return TheoryCard(theory, related, alternatives=others)
        primary = theory.counting_ids
        async with self._database.read() as conn:
            here = await readings.theory_readings(conn, guild_id, primary, user_id=user_id)
            notes = await theory_notes(
                conn, guild_id, user_id, [paper.id for paper in theory.every_paper]
            )
            standing = await card.card_standing(conn, guild_id, primary, user_id)
        return TheoryCard(
            theory,
            related,
            coverage=_coverage(theory.slug, here.theory, here.target),
            own_depth=max(here.own.values(), default=None),
            alternatives=others,
            notes=notes,
            standing=standing,
            explainable=best_explained(theory, here.own),
            is_retired=catalogue.is_retired(theory),
        )

    async def page(
        self, show: Show, topic: str | None, page: int, guild_id: int | None, user_id: int
    ) -> TheoryList:
        """One page of the list, most needed first; a page past the end is the last one."""
        catalogue = await self._catalogues.of(guild_id)
        here = await self._standing(catalogue, guild_id, user_id)
        self._remember_order(guild_id or 0, catalogue, here)
        theories = [t for t in catalogue if topic is None or _is_about(t, topic)]
        if show is Show.UNCOVERED:
            theories = [t for t in theories if not here.is_covered(t)]
        elif show is Show.MINE:
            theories = [t for t in theories if t.slug in here.own]
        ordered = most_needed(theories, here.coverage)
        last = max(0, (len(ordered) - 1) // PAGE_SIZE)
        page = min(max(page, 0), last)
        rows = tuple(
            TheoryRow(t, here.coverage.get(t.slug), here.own.get(t.slug))
            for t in ordered[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
        )
        return TheoryList(rows, show, topic, page, len(ordered), in_server=guild_id is not None)

    async def suggestions(
        self, typed: str, guild_id: int | None
    ) -> tuple[tuple[Theory, Hit | None], ...]:
        """At most 25 theories for what is typed so far; for nothing, the most needed first."""
        catalogue = await self._catalogues.of(guild_id)
        if typed.strip():
            hits = (await self._catalogues.index(guild_id)).complete(typed, _CHOICES)
            # What was retired a moment ago may still be in the index.
            return tuple((t, hit) for hit in hits if (t := catalogue.get(hit.slug)) is not None)
        slugs = await self._most_needed(catalogue, guild_id)
        offered = {theory.slug: theory for theory in catalogue}
        return tuple((offered[slug], None) for slug in slugs if slug in offered)[:_CHOICES]

    async def _most_needed(self, catalogue: Catalogue, guild_id: int | None) -> tuple[str, ...]:
        key = guild_id or 0
        known = self._needed.get(key)
        if known is None or known[0] is not catalogue:
            self._remember_order(key, catalogue, await self._standing(catalogue, guild_id, None))
        return self._needed[key][1]

    def _remember_order(self, key: int, catalogue: Catalogue, here: _Standing) -> None:
        """Keep what an empty autocompletion offers; every list that is shown renews it."""
        ordered = most_needed(catalogue, here.coverage)
        self._needed[key] = catalogue, tuple(theory.slug for theory in ordered)
        self._needed.move_to_end(key)
        if len(self._needed) > _ORDERS_KEPT:
            self._needed.popitem(last=False)

    async def _standing(
        self, catalogue: Catalogue, guild_id: int | None, user_id: int | None
    ) -> _Standing:
        if guild_id is None:
            return _Standing({}, {})
        primary = {t.slug: t.counting_ids for t in catalogue}
        async with self._database.read() as conn:
            tallies = await readings.theory_tallies(conn, guild_id, primary)
            target = await guilds.target_readers(conn, guild_id)
            depths = await readings.own_depths(conn, guild_id, user_id) if user_id else {}
        own = {
            slug: max(depths[paper] for paper in papers if paper in depths)
            for slug, papers in primary.items()
            if not depths.keys().isdisjoint(papers)
        }
        coverage = {slug: _coverage(slug, tally, target) for slug, tally in tallies.items()}
        return _Standing(coverage, own)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What one server knows of every theory, and how deep one member is in each."""

    coverage: Mapping[str, TheoryCoverage]
    own: Mapping[str, Depth]

    def is_covered(self, theory: Theory) -> bool:
        state = self.coverage.get(theory.slug)
        return state is not None and state.is_covered


def _coverage(slug: str, tally: Tally, target: int) -> TheoryCoverage:
    return TheoryCoverage(slug, tally.readers, tally.understanders, target)


def _is_about(theory: Theory, topic: str) -> bool:
    return theory.topic == topic or topic in theory.prerequisites


def _theory(catalogue: Catalogue, slug: str) -> Theory:
    theory = catalogue.get(slug)
    if theory is None:
        raise StaleControl
    return theory
