"""Rounds of splitting: beginning one, its panel, and calling it off."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.coverage import TheoryCoverage, most_needed
from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.living import MessageTrouble
from bot.domain.members import Actor, DateUnclear
from bot.domain.notices import NoticeKind
from bot.domain.personal_reminders import split_planned
from bot.domain.rounds import (
    DEFAULT_EACH,
    MOST_ITEMS,
    TIME_TO_ANSWER,
    NothingToSplit,
    Panel,
    Round,
    RoundGoingOn,
    RoundOpenAlready,
    RoundState,
    RoundUnit,
    Terms,
    checked_deadline,
    papers_of,
)
from bot.exchange.dates import read_date
from bot.services import delivery_steps, round_steps
from bot.services.announcer import Announcer
from bot.services.catalogues import Catalogues
from bot.services.living import Steps, keep
from bot.services.work import Unit, Work
from bot.storage import guilds, members, readings, round_answers, rounds


class Rounds:
    """One live round a server."""

    def __init__(self, work: Work, catalogues: Catalogues, announcer: Announcer) -> None:
        self._work = work
        self._catalogues = catalogues
        self._announcer = announcer

    async def require_organiser(self, actor: Actor) -> None:
        """Raises OrganisersOnly for anybody else."""
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)

    async def start(
        self,
        actor: Actor,
        channel_id: int,
        terms: Terms | None = None,
        *,
        theories: Iterable[str] | None = None,
        deadline: datetime | None = None,
    ) -> Round:
        """Begins to collect wishes; the panel stands a moment later.

        ``theories`` are the slugs to choose from, all by default; of many the most needed are
        taken. Raises OrganisersOnly, RoundOpenAlready, RoundGoingOn, NothingToSplit,
        DeadlineImpossible.
        """
        catalogue = await self._catalogues.of(actor.guild_id)
        terms = terms or Terms(each=DEFAULT_EACH)
        async with self._work.write() as unit:
            await unit.arrive(actor)
            guild_id = actor.guild_id
            (await guilds.guild_rules(unit.conn, guild_id)).require_organiser(actor)
            until = checked_deadline(deadline or unit.now + TIME_TO_ANSWER, unit.now)
            before = await rounds.live_round(unit.conn, guild_id)
            if before is not None:
                if before.state is RoundState.COLLECTING:
                    raise RoundOpenAlready(before.channel_id)
                raise RoundGoingOn
            items = await _items(unit, catalogue, guild_id, terms.unit, theories)
            if not items:
                raise NothingToSplit
            added = await rounds.add_round(
                unit.conn, guild_id, terms, items, channel_id, actor.user_id, unit.now, until
            )
            await unit.set_deadline(guild_id, DeadlineKind.SPLIT_PANEL, added, unit.now)
            await unit.set_deadline(guild_id, DeadlineKind.SPLIT_DEADLINE, added, until)
            await unit.audit(actor, "split-started", f"split:{added}")
            begun = await rounds.round_with(unit.conn, guild_id, added)
            assert begun is not None
            await delivery_steps.remind_once(unit, split_planned(begun))
        return begun

    async def cancel(self, actor: Actor, round_id: int | None = None) -> Round:
        """Ends the round. What was published stays as it is: sign-ups are their readers'.

        Raises OrganisersOnly, NoRound, RoundOver.
        """
        async with self._work.write() as unit:
            await unit.arrive(actor)
            found, _ = await round_steps.organised(unit, actor, round_id)
            await self._close(unit, found)
            await unit.audit(actor, "split-cancelled", f"split:{found.id}")
        return found

    async def read_deadline(self, actor: Actor, typed: str) -> datetime:
        """What a deadline means in the member's zone, or UTC: of a whole day, its end.

        Raises DateUnclear.
        """
        async with self._work.read() as conn:
            settings = await members.settings_of(conn, actor.guild_id, actor.user_id)
        zone, now = settings.zone or "UTC", self._work.now()
        # In a thread: the first date loads tables for a tenth of a second.
        found = await asyncio.to_thread(read_date, typed, now, zone)
        if found is None:
            raise DateUnclear("deadline")
        return found.end(zone)

    async def hang_up(self, actor: Actor, channel_id: int, round_id: int | None = None) -> bool:
        """Lets the panel stand here where it cannot stand any more; whether that was needed.

        Raises OrganisersOnly, NoRound, RoundOver.
        """
        async with self._work.write() as unit:
            found, _ = await round_steps.organised(unit, actor, round_id)
            if found.trouble is None:
                return False
            await unit.arrive(actor)
            await rounds.hang_up(unit.conn, actor.guild_id, found.id, channel_id)
            await unit.set_deadline(actor.guild_id, DeadlineKind.SPLIT_PANEL, found.id, unit.now)
            await unit.audit(actor, "split-moved", f"split:{found.id}")
            return True

    async def current(self, actor: Actor) -> Round:
        """The round that goes on. Raises NoRound."""
        async with self._work.read() as conn:
            return round_steps.require_round(await rounds.live_round(conn, actor.guild_id))

    async def panel(self, guild_id: int, round_id: int) -> Panel | None:
        """What the panel of a round shows now; None when there is no such round."""
        catalogue = await self._catalogues.of(guild_id)
        async with self._work.read() as conn:
            found = await rounds.round_with(conn, guild_id, round_id)
            if found is None:
                return None
            names = await round_answers.names_in(conn, guild_id, round_id)
        return Panel(found, papers_of(found, catalogue), names, self._work.now())

    async def refresh(self, deadline: Deadline) -> datetime | None:
        """Meets a deadline of kind SPLIT_PANEL; when to look again, or None."""
        guild_id, round_id = deadline.guild_id, deadline.subject_id
        panel = await self.panel(guild_id, round_id)
        if panel is None:
            return None
        of = panel.round

        async def in_trouble(unit: Unit, trouble: MessageTrouble) -> None:
            if of.started_by:
                detail = f"{trouble.value}:{of.channel_id}"
                kind = NoticeKind.SPLIT_TROUBLE
                await unit.tell(guild_id, of.started_by, kind, detail=detail)

        steps = Steps(
            lambda unit: rounds.record_posting(unit.conn, guild_id, round_id, unit.now),
            lambda nonce: self._announcer.show_panel(panel, nonce),
            lambda unit, shown: rounds.settle_panel(unit.conn, guild_id, round_id, shown, unit.now),
            in_trouble,
            stays=of.is_live,
        )
        return (await keep(self._work, "split", round_id, of.message, steps))[1]

    async def on_deadline(self, unit: Unit, deadline: Deadline) -> None:
        """The time to answer is over: the panel says so, and who began it is told."""
        found = await rounds.round_with(unit.conn, deadline.guild_id, deadline.subject_id)
        if found is None or found.state is not RoundState.COLLECTING:
            return
        await round_steps.panel_changed(unit, found)
        if found.started_by is not None:
            kind, detail = NoticeKind.SPLIT_DEADLINE, str(found.id)
            await unit.tell(found.guild_id, found.started_by, kind, detail=detail)

    async def _close(self, unit: Unit, found: Round) -> None:
        await rounds.close(unit.conn, found.guild_id, found.id, unit.now)
        await unit.clear_deadlines(found.guild_id, found.id, DeadlineKind.SPLIT_DEADLINE)
        await round_steps.panel_changed(unit, found)


async def _items(
    unit: Unit,
    catalogue: Catalogue,
    guild_id: int,
    by: RoundUnit,
    slugs: Iterable[str] | None,
) -> list[str]:
    """The papers of a round in the catalogue's order: those of the most needed theories."""
    chosen = None if slugs is None else set(slugs)
    theories = [t for t in catalogue if chosen is None or t.slug in chosen]
    primary = {t.slug: t.counting_ids for t in theories}
    tallies = await readings.theory_tallies(unit.conn, guild_id, primary)
    rules = await guilds.guild_rules(unit.conn, guild_id)
    states = {
        slug: TheoryCoverage(slug, tally.readers, tally.understanders, rules.target_readers)
        for slug, tally in tallies.items()
    }
    one = by is RoundUnit.THEORIES
    needed = [
        (theory.order, place, paper.id)
        for theory in most_needed(theories, states)
        for place, paper in enumerate(theory.primary_papers[: 1 if one else None])
    ]
    return [paper_id for *_, paper_id in sorted(needed[:MOST_ITEMS])]
