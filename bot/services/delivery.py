"""Reminders delivered once each: claimed, marked, sent and settled, whatever happens in between.

Killed at any instant, the next start finds in the ledger how far each one was: what may be out
there is sent again while its nonce holds, then looked for. No network call is in a transaction.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.reminders import (
    HORIZON,
    Answer,
    Breaker,
    Delivery,
    DeliveryState,
    Look,
    Meaning,
    Pace,
    Planned,
    Seen,
    Step,
    is_invalid_request,
)
from bot.services.clock_comparison import ClockComparison
from bot.services.delivery_deciding import LEASE, Deciding
from bot.services.delivery_protocols import ReminderSource, Sender
from bot.services.delivery_ready import Ready
from bot.services.delivery_settling import Outcome, settle_all
from bot.services.work import Work
from bot.storage import deliveries, deliveries_figures, deliveries_plan

log = logging.getLogger(__name__)

BATCH = 25
_PLAN_EVERY = timedelta(hours=6)
_PLANNED_AT_A_TIME = 500
# A delivery that was due longer ago than this can be forgotten: nothing plans it again.
_REMEMBERED_FOR = timedelta(days=90)
_FORGOTTEN_AT_A_TIME = 2000
_SOON = timedelta(seconds=1)


class Deliveries:
    """Delivers what the ledger holds. ``owner`` names this process among others.

    ``unauthorised`` is called when Discord does not take the token any more: everything it is
    asked from then on counts as a bad request.
    """

    def __init__(
        self,
        work: Work,
        source: ReminderSource,
        sender: Sender,
        *,
        owner: str,
        unauthorised: Callable[[], None],
        lease: timedelta = LEASE,
    ) -> None:
        self._work = work
        self._source = source
        self._sender = sender
        self._owner = owner
        self._unauthorised = unauthorised
        self._lease = lease
        self._pace = Pace()
        self._breaker = Breaker()
        self._plan_at: datetime | None = None
        self._is_over = False
        self.clocks = ClockComparison(work, sender)
        self.upcoming: datetime | None = None
        """When the ledger has something to do next, as of the last look."""

    @property
    def paused_until(self) -> datetime | None:
        """Until when nothing is sent, because Discord refused too much; None when all is well."""
        return self._breaker.opens_again(self._work.now())

    async def plan(self) -> None:
        """Writes down what is to be delivered within the horizon."""
        now = self._work.now()
        async with self._work.read() as conn:
            self._plan_at = None
            if not await self._source.meets(conn):
                return
            planned = await self._source.planned(conn, now, now + HORIZON)
        for part in _parts(planned, _PLANNED_AT_A_TIME):
            async with self._work.write() as unit:
                await deliveries_plan.plan(unit.conn, part, unit.now)
        async with self._work.write() as unit:
            await deliveries_figures.forget_closed(
                unit.conn, unit.now - _REMEMBERED_FOR, _FORGOTTEN_AT_A_TIME
            )
        self._plan_at = now + _PLAN_EVERY

    async def next_due(self) -> datetime | None:
        """When there is something to do next."""
        async with self._work.read() as conn:
            self.upcoming = await deliveries.next_due(conn)
        return min((at for at in (self.upcoming, self._plan_at) if at is not None), default=None)

    def is_plan(self, due: datetime) -> bool:
        """Whether all that is due then is to plan again, of which nobody sees anything."""
        return due == self._plan_at != self.upcoming

    async def meet_due(self) -> datetime | None:
        """Delivers what is due by now, as fast as Discord likes it; when to come again."""
        now = self._work.now()
        if self._is_over:
            return None
        if not self._is_planned(now):
            await self.plan()
        due = await self.next_due()
        if due is None or due > now:
            return due
        closed = self._breaker.opens_again(now) or await self.clocks.wait(now)
        if closed is not None:
            return closed
        while self._may_go_on():
            now = self._work.now()
            turns = min(self._pace.turns(now), BATCH)
            if not turns:
                return now + self._pace.wait(BATCH)
            claimed = await self._claim(turns)
            if not claimed:
                break
            trusted = await self.clocks.trusted(claimed)
            if trusted:
                await self._deliver(trusted)
        # What is due still belongs to somebody else, or waits for it: not at once, then.
        due, now = await self.next_due(), self._work.now()
        return due if due is None else max(due, now + _SOON)

    def _may_go_on(self) -> bool:
        return not self._is_over and self._breaker.opens_again(self._work.now()) is None

    def _is_planned(self, now: datetime) -> bool:
        """Whether there is a plan that was made lately, and not in what is now the future."""
        return self._plan_at is not None and now < self._plan_at <= now + _PLAN_EVERY

    async def _claim(self, limit: int) -> tuple[Delivery, ...]:
        async with self._work.write() as unit:
            found = await deliveries.claim(unit.conn, self._owner, unit.now, self._lease, limit)
            also = await deliveries.claim_companions(
                unit.conn, self._owner, unit.now, self._lease, found
            )
        return found + also

    async def _deliver(self, claimed: Sequence[Delivery]) -> None:
        async with self._work.write() as unit:
            ready = await Deciding(unit, self._source, self._lease).decide(claimed)
        if not ready:
            return
        self._pace.take(len(ready))
        outcomes = await asyncio.gather(*(self._tried(one) for one in ready))
        async with self._work.write() as unit:
            await settle_all(unit, self._source, outcomes)
        for outcome in outcomes:
            self._learn(outcome)

    async def _tried(self, ready: Ready) -> Outcome:
        try:
            return await self._attempt(ready)
        except Exception:
            # Nobody can tell whether it came to the network: so it is as if it had.
            log.exception("fault in sending the delivery %s", ready.delivery.id)
            return Outcome(ready, Answer(Meaning.UNCERTAIN))

    async def _attempt(self, ready: Ready) -> Outcome:
        message, delivery = ready.message, ready.delivery
        if delivery.state is DeliveryState.STALE:
            assert message is not None
            assert delivery.message_id is not None
            return Outcome(ready, await self._sender.edit(message, delivery.message_id))
        if ready.step is not Step.SEND:
            self._pace.take(1)
            look = await self._sender.look(ready.place)
            if look.seen is not Seen.ABSENT or ready.step is Step.LOOK:
                return Outcome(ready, look)
        assert message is not None
        return Outcome(ready, await self._sender.send(message))

    def _learn(self, outcome: Outcome) -> None:
        """What an answer says about everything that is sent."""
        answer, now = outcome.result, self._work.now()
        if isinstance(answer, Look):
            return
        if is_invalid_request(answer.meaning):
            self._breaker.count(now)
        if answer.meaning is Meaning.BANNED:
            log.critical("Discord refuses everything for a while: no reminders meanwhile")
            self._breaker.open(now)
        elif answer.meaning is Meaning.UNAUTHORISED and not self._is_over:
            log.critical("Discord does not take the token any more")
            self._is_over = True
            self._unauthorised()
        elif answer.message_id is not None and outcome.ready.delivery.attempts == 1:
            # Just made, unless Discord showed the message of an earlier attempt.
            self.clocks.observe(answer.message_id)


def _parts(planned: Sequence[Planned], size: int) -> Iterator[Iterable[Planned]]:
    return (planned[at : at + size] for at in range(0, len(planned), size))
