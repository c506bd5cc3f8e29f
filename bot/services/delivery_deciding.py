"""What becomes of each claimed delivery: decided in the transaction that marks it as under way."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.domain.reminders import (
    AT_MOST,
    Delivery,
    DeliveryState,
    Planned,
    Reason,
    Rival,
    Said,
    Step,
    Told,
    Turn,
    is_late,
    late_by,
    misfire,
    next_step,
    urgency,
)
from bot.services.delivery_leads import Leads
from bot.services.delivery_members import reach
from bot.services.delivery_protocols import ReminderSource
from bot.services.delivery_ready import Ready, message_of, place_of
from bot.services.work import Unit
from bot.storage import deliveries, deliveries_members, deliveries_settling, deployment

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
# Longer than a message can take, and short enough that its nonce holds when the lease runs out.
_SENDING_LEASE = timedelta(seconds=30)
_YIELDS_FOR = timedelta(seconds=5)
_AFTER_A_FAULT = timedelta(minutes=5)


class Deciding:
    """Decides over a batch of claimed deliveries within one unit of work."""

    def __init__(self, unit: Unit, source: ReminderSource, lease: timedelta) -> None:
        self._unit = unit
        self._source = source
        self._lease = lease
        self._installation = ""
        self._leads = Leads()
        self._ready: dict[int, Ready] = {}
        self._unmarked: list[Ready] = []

    async def decide(self, claimed: Sequence[Delivery]) -> list[Ready]:
        """What is to be done about each; one that fails holds up no other."""
        self._installation = await deployment.installation(self._unit.conn)
        for delivery in sorted(claimed, key=self._order):
            try:
                await self._decide(delivery)
            except SQLAlchemyError:
                raise  # the whole unit is undone, and its claims run out
            except Exception:
                log.exception("fault in the delivery %s", delivery.id)
                await self._after_a_fault(delivery)
        await self._mark()
        return list(self._ready.values())

    def _order(self, delivery: Delivery) -> tuple[bool, bool, float, datetime, int]:
        """What is of no use any more first, for a digest counts it; then the most urgent.

        Of late ones the latest comes first, for the others give way to it.
        """
        planned, now = delivery.timely, self._unit.now
        late = is_late(planned, now)
        rank = -planned.due.timestamp() if late else urgency(planned.kind)
        return now < planned.deadline, late, rank, planned.due, delivery.id

    async def _decide(self, delivery: Delivery) -> None:
        if delivery.state is DeliveryState.STALE:
            await self._edit(delivery)
        elif delivery.state is DeliveryState.SENDING:
            await self._recover(delivery)
        else:
            await self._begin(delivery)

    async def _begin(self, delivery: Delivery) -> None:
        conn, now = self._unit.conn, self._unit.now
        others: tuple[Rival, ...] = ()
        if is_late(delivery.timely, now):
            await self._mark()
            others = await deliveries.rivals(conn, delivery, now)
        verdict = misfire(delivery.id, delivery.timely, others, now)
        if verdict is Turn.YIELDS:
            await deliveries_settling.put_off(conn, delivery, now + _YIELDS_FOR)
            return
        if isinstance(verdict, Reason):
            await self._skip(delivery, verdict)
            return
        said = await self._source.says(conn, delivery.planned, now, is_out=False)
        if said is None:
            await self._skip(delivery, Reason.NOT_NEEDED)
        elif not delivery.planned.by_dm:
            self._send(delivery, said)
        elif await self._may_reach(delivery):
            await self._send_or_merge(delivery, said)

    async def _may_reach(self, delivery: Delivery) -> bool:
        """Whether a member is told now; else it is held or skipped."""
        planned = delivery.planned
        await self._mark()
        verdict = await reach(self._unit, self._source, planned)
        if verdict is Reason.BUDGET and self._leads.of(planned) is not None:
            return True  # it goes along with what is sent anyway
        if isinstance(verdict, Reason):
            await self._skip(delivery, verdict)
        elif verdict is not None:
            await deliveries_settling.hold(self._unit.conn, delivery, verdict)
        return verdict is None

    async def _send_or_merge(self, delivery: Delivery, said: Said) -> None:
        planned = delivery.planned
        await self._mark()
        lead = self._leads.of(planned)
        if lead is None:
            self._leads.begin(self._send(delivery, said))
            await self._mark()
            await self._take_along(planned)
            return
        merged = await deliveries_settling.close(
            self._unit.conn, delivery, DeliveryState.SKIPPED, Reason.MERGED, self._unit.now,
            merged_into=lead.delivery.id,
        )  # fmt: skip
        if merged:
            self._add(lead, Told(planned, said, late_by(delivery.timely, self._unit.now)))

    async def _take_along(self, planned: Planned) -> None:
        """What there was no budget for, and is of use still, is told in this message as well."""
        for loser in await deliveries_members.losers(self._unit.conn, planned, self._unit.now):
            lead = self._leads.of(planned)
            said = await self._source.says(
                self._unit.conn, loser.planned, self._unit.now, is_out=False
            )
            if lead is not None and said is not None:
                await deliveries_members.take_along(
                    self._unit.conn, loser, lead.delivery, self._unit.now
                )
                self._add(lead, Told(loser.planned, said))

    def _add(self, lead: Ready, told: Told) -> None:
        self._ready[lead.delivery.id] = self._leads.grown(lead, told)

    async def _recover(self, delivery: Delivery) -> None:
        """A message may be out there, and nobody knows."""
        conn, now = self._unit.conn, self._unit.now
        step = next_step(delivery, now)
        said = await self._source.says(conn, delivery.planned, now, is_out=False)
        absent = Reason.LATE if now >= delivery.planned.deadline else Reason.ATTEMPTS
        if said is None:
            step, absent = Step.LOOK, Reason.NOT_NEEDED
        along = []
        for other in await deliveries.told_along(conn, delivery):
            also = await self._source.says(conn, other.planned, now, is_out=False)
            if also is not None:
                along.append(Told(other.planned, also, late_by(other.timely, now)))
        self._send(delivery, said, step, tuple(along), absent)

    async def _edit(self, delivery: Delivery) -> None:
        conn, now = self._unit.conn, self._unit.now
        said = await self._source.says(conn, delivery.planned, now, is_out=True)
        if said is None or delivery.message_id is None or now >= delivery.planned.deadline:
            await deliveries_settling.settle_sent(
                conn, [deliveries_settling.Sent(delivery, None)], now
            )
            return
        message = message_of(self._installation, delivery, said, self._unit.now)
        self._ready[delivery.id] = Ready(
            delivery, Step.SEND, place_of(self._installation, delivery, self._unit.now), message
        )

    def _send(
        self,
        delivery: Delivery,
        said: Said | None,
        step: Step = Step.SEND,
        along: tuple[Told, ...] = (),
        absent: Reason = Reason.LATE,
    ) -> Ready:
        marked = replace(
            delivery,
            state=DeliveryState.SENDING,
            first_post_at=delivery.first_post_at or self._unit.now,
            attempts=delivery.attempts + 1,
        )
        message = (
            None
            if said is None
            else message_of(self._installation, marked, said, self._unit.now, along)
        )
        ready = Ready(
            marked, step, place_of(self._installation, marked, self._unit.now), message, absent
        )
        self._ready[marked.id] = ready
        self._unmarked.append(ready)
        return ready

    async def _mark(self) -> None:
        """Marks as under way what was decided so far; what was lost meanwhile is dropped."""
        conn, now = self._unit.conn, self._unit.now
        unmarked, self._unmarked = self._unmarked, []
        sending = [r.delivery for r in unmarked if r.step is Step.SEND]
        looking = [r.delivery for r in unmarked if r.step is not Step.SEND]
        short = min(self._lease, _SENDING_LEASE)
        marked = await deliveries_settling.mark_sending(conn, sending, now, short)
        marked |= await deliveries_settling.mark_sending(conn, looking, now, self._lease)
        for ready in unmarked:
            lost = ready.delivery
            if lost.id not in marked:
                del self._ready[lost.id]
                self._leads.end(lost.planned)

    async def _skip(self, delivery: Delivery, reason: Reason) -> None:
        await deliveries_settling.close(
            self._unit.conn, delivery, DeliveryState.SKIPPED, reason, self._unit.now
        )

    async def _after_a_fault(self, delivery: Delivery) -> None:
        """What fails again and again is given up, so that it does not fail for ever."""
        conn, now = self._unit.conn, self._unit.now
        if delivery.attempts + 1 < AT_MOST:
            await deliveries_settling.put_off(conn, delivery, now + _AFTER_A_FAULT, failed=True)
            return
        out = delivery.state is DeliveryState.SENDING
        state = DeliveryState.UNKNOWN if out else DeliveryState.FAILED
        await deliveries_settling.close(conn, delivery, state, Reason.FAULT, now)
