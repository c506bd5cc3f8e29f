"""What Discord's answer means for a delivery, written down in one transaction a batch."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.domain.reminders import (
    AT_MOST,
    Answer,
    Delivery,
    DeliveryState,
    Look,
    Meaning,
    Reason,
    Seen,
    retry_at,
)
from bot.services.delivery_protocols import ReminderSource
from bot.services.delivery_ready import Ready
from bot.services.work import Unit
from bot.storage import deliveries, deliveries_settling

log = logging.getLogger(__name__)

_PAUSE = timedelta(minutes=10)
# Discord is out of reach: so often is a message looked for in vain before nobody will ever know.
_LOOKS_AT_MOST = 2 * AT_MOST

_REFUSED = {
    Meaning.FORBIDDEN: Reason.FORBIDDEN,
    Meaning.GONE: Reason.GONE,
    Meaning.CLOSED: Reason.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one delivery: an answer, or a look after which nothing was sent."""

    ready: Ready
    result: Answer | Look


async def settle_all(unit: Unit, source: ReminderSource, outcomes: Sequence[Outcome]) -> None:
    """Writes down what became of deliveries, where their claims were not lost meanwhile."""
    await deliveries_settling.settle_sent(unit.conn, filter(None, map(_sent, outcomes)), unit.now)
    posted = [one.ready.delivery.planned for one in outcomes if _is_posted(one)]
    if posted:
        await source.arrived(unit, posted)
    for outcome in outcomes:
        try:
            if _sent(outcome) is None:
                await _settle(unit, source, outcome)
            elif outcome.ready.delivery.planned.by_dm:
                await _tell(unit, source, outcome.ready.delivery)
        except SQLAlchemyError:
            raise  # nothing of it is written; the leases run out
        except Exception:
            log.exception("fault after the delivery %s", outcome.ready.delivery.id)


def _sent(outcome: Outcome) -> deliveries_settling.Sent | None:
    ready, result = outcome.ready, outcome.result
    if isinstance(result, Look):
        found = result.seen is Seen.FOUND
        return deliveries_settling.Sent(ready.delivery, result.message_id) if found else None
    if result.meaning is Meaning.SENT:
        return deliveries_settling.Sent(ready.delivery, result.message_id, result.code)
    return None


def _is_posted(outcome: Outcome) -> bool:
    """Whether its place took a message just now, and not some time ago."""
    result = outcome.result
    return isinstance(result, Answer) and result.meaning is Meaning.SENT


async def _settle(unit: Unit, source: ReminderSource, outcome: Outcome) -> None:
    ready, result = outcome.ready, outcome.result
    if isinstance(result, Look):
        await _settle_look(unit, ready, result)
    elif ready.delivery.state is DeliveryState.STALE:
        await _settle_edit(unit, ready, result)
    else:
        await _settle_answer(unit, source, ready, result)


async def _settle_look(unit: Unit, ready: Ready, look: Look) -> None:
    conn, delivery, now = unit.conn, ready.delivery, unit.now
    if look.seen is Seen.UNREADABLE:
        # Sending it again might double it. It is shown to organisers instead.
        log.error("delivery %s: nobody can tell whether it arrived", delivery.id)
        await deliveries_settling.close(
            conn, delivery, DeliveryState.UNKNOWN, Reason.UNREADABLE, now
        )
    elif look.seen is Seen.ABSENT:
        state = DeliveryState.SKIPPED
        if ready.absent is Reason.ATTEMPTS:
            state = DeliveryState.FAILED
        await deliveries_settling.close(conn, delivery, state, ready.absent, now)
    elif delivery.attempts > _LOOKS_AT_MOST:
        await deliveries_settling.close(conn, delivery, DeliveryState.UNKNOWN, Reason.ATTEMPTS, now)
    else:
        await deliveries_settling.put_off(conn, delivery, retry_at(delivery, now))


async def _tell(unit: Unit, source: ReminderSource, sent: Delivery) -> None:
    along = await deliveries.told_along(unit.conn, sent)
    await source.told(unit, [sent.planned, *(one.planned for one in along)])


async def _settle_edit(unit: Unit, ready: Ready, answer: Answer) -> None:
    """An edit that is refused is not tried again: the message is there, only not as it should."""
    delivery, now = ready.delivery, unit.now
    if answer.meaning in (Meaning.UNCERTAIN, Meaning.LATER, Meaning.BANNED, Meaning.UNAUTHORISED):
        await deliveries_settling.put_off(unit.conn, delivery, retry_at(delivery, now), answer.code)
        return
    over = deliveries_settling.Sent(delivery, None, answer.code)
    await deliveries_settling.settle_sent(unit.conn, [over], now)


async def _settle_answer(unit: Unit, source: ReminderSource, ready: Ready, answer: Answer) -> None:
    conn, delivery, now = unit.conn, ready.delivery, unit.now
    meaning, code = answer.meaning, answer.code
    if meaning in (Meaning.UNCERTAIN, Meaning.LATER):
        await deliveries_settling.put_off(conn, delivery, retry_at(delivery, now), code)
    elif meaning in (Meaning.BANNED, Meaning.UNAUTHORISED):
        await deliveries_settling.put_off(conn, delivery, now + _PAUSE, code)
    elif meaning is Meaning.BLOCKED and not delivery.plain:
        await deliveries_settling.put_off(conn, delivery, now, code, plain=True)
    elif meaning in _REFUSED:
        reason = _REFUSED[meaning]
        log.warning("delivery %s is refused: %s", delivery.id, code)
        failed = DeliveryState.FAILED
        if await deliveries_settling.close(conn, delivery, failed, reason, now, code=code):
            await deliveries_settling.fail_others(conn, delivery, reason, code, now)
            await source.refused(unit, delivery.planned, meaning)
    else:
        reason = Reason.BLOCKED if meaning is Meaning.BLOCKED else Reason.MALFORMED
        log.error("delivery %s is refused for good: %s", delivery.id, code)
        await deliveries_settling.close(
            conn, delivery, DeliveryState.FAILED, reason, now, code=code
        )
