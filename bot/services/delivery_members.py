"""Whether a member is told something directly now, later, or not at all."""

from __future__ import annotations

from datetime import datetime

from bot.domain.reminders import BUDGETED, REMEMBERED, Planned, Reason, refused_prompt
from bot.services.delivery_protocols import ReminderSource
from bot.services.work import Unit
from bot.storage import deliveries


async def reach(unit: Unit, source: ReminderSource, planned: Planned) -> Reason | datetime | None:
    """None: now. A moment: then, when their quiet hours are over. A reason: not at all."""
    conn, now = unit.conn, unit.now
    wanted = await source.preferences(conn, planned.guild_id, planned.reader)
    if not wanted.takes_dms:
        return Reason.CLOSED
    free = now if wanted.quiet is None else wanted.quiet.held_until(now)
    if free >= planned.deadline:
        return Reason.QUIET
    if free > now:
        return free
    if planned.kind not in BUDGETED:
        return None
    sent = await deliveries.prompts(
        conn, planned.guild_id, planned.reader, sorted(BUDGETED), now - REMEMBERED
    )
    return refused_prompt(planned.kind, sent, wanted, now)
