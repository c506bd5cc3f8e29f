"""How the bot is doing in a server: what organisers look at, and what they have tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.domain.deadlines import DeadlineKind
from bot.domain.errors import NotFound
from bot.domain.health import WATCHED, DatabaseState, HealthReport
from bot.domain.members import Actor
from bot.services import clubs_steps, round_steps
from bot.services.delivery import Deliveries
from bot.services.reminder_steps import channel_works
from bot.services.work import Unit, Work
from bot.storage import (
    boards,
    clubs,
    deliveries_figures,
    guilds,
    health,
    rounds,
    sessions_events,
)


class Health:
    """Every use case is for organisers and raises OrganisersOnly for anybody else.

    What is tried again stands in the audit trail: others can tell who looked after it.

    ``look`` tells how the database is; it reads files, so it is called in a thread.
    """

    def __init__(
        self, work: Work, deliveries: Deliveries, look: Callable[[], DatabaseState]
    ) -> None:
        self._work = work
        self._deliveries = deliveries
        self._look = look

    async def report(self, actor: Actor) -> HealthReport:
        """Everything that is known without asking Discord."""
        now, guild_id = self._work.now(), actor.guild_id
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, guild_id)).require_organiser(actor)
            live = await clubs.live_clubs(conn, guild_id)
            hung = await boards.boards_of(conn, guild_id)
            split = await rounds.live_round(conn, guild_id)
            events = await sessions_events.events_trouble(conn, guild_id)
            seen = await health.seen_at(conn, guild_id)
            since = now - WATCHED if seen is None else max(seen, now - WATCHED)
            ledger = await deliveries_figures.ledger_state(conn, guild_id, since, now)
        return HealthReport(
            clubs=live,
            boards=hung,
            split=split,
            events=events,
            ledger=ledger,
            ahead=self._deliveries.clocks.ahead,
            is_out_of_step=self._deliveries.clocks.is_out_of_step,
            paused_until=self._deliveries.paused_until,
            database=await asyncio.to_thread(self._look),
        )

    async def seen(self, actor: Actor) -> None:
        """What failed until now was seen, and need not be told any more."""
        async with self._work.write() as unit:
            await _organises(unit, actor)
            await health.set_seen(unit.conn, actor.guild_id, unit.now)
            await unit.audit(actor, "health-seen", "server")

    async def try_club(self, actor: Actor, club_id: int) -> None:
        """The club's channel is taken to work: what it refused and is of use still is sent.

        When it is refused again, that is noticed again. Raises NotFound, ClubEnded.
        """
        async with self._work.write() as unit:
            club = await clubs_steps.organised(unit, actor, club_id)
            await clubs.set_trouble(unit.conn, actor.guild_id, club_id, None, unit.now)
            await channel_works(unit, club)
            await unit.audit(actor, "club-retried", f"club:{club_id}")

    async def try_board(self, actor: Actor, board_id: int) -> None:
        """The board is brought up to date now. Raises NotFound."""
        async with self._work.write() as unit:
            await _organises(unit, actor)
            if await boards.board_with(unit.conn, actor.guild_id, board_id) is None:
                raise NotFound
            await boards.forget_shown(unit.conn, actor.guild_id, board_id)
            await unit.set_deadline(actor.guild_id, DeadlineKind.BOARD, board_id, unit.now)
            await unit.audit(actor, "board-retried", f"board:{board_id}")

    async def try_split(self, actor: Actor, round_id: int) -> None:
        """The panel of the split is brought up to date now. Raises NoRound, RoundOver."""
        async with self._work.write() as unit:
            await _organises(unit, actor)
            found, _ = await round_steps.organised(unit, actor, round_id)
            await rounds.forget_shown(unit.conn, actor.guild_id, found.id)
            await unit.set_deadline(actor.guild_id, DeadlineKind.SPLIT_PANEL, found.id, unit.now)
            await unit.audit(actor, "split-retried", f"split:{found.id}")

    async def try_events(self, actor: Actor) -> None:
        """The scheduled events are brought in step now."""
        async with self._work.write() as unit:
            await _organises(unit, actor)
            guild_id = actor.guild_id
            await unit.set_deadline(guild_id, DeadlineKind.NATIVE_EVENTS, guild_id, unit.now)
            await unit.audit(actor, "events-retried", "server")


async def _organises(unit: Unit, actor: Actor) -> None:
    """Raises OrganisersOnly; an organiser has a row from then on, which the trail names."""
    (await guilds.guild_rules(unit.conn, actor.guild_id)).require_organiser(actor)
    await unit.arrive(actor)
