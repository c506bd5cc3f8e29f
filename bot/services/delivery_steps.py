"""What a use case does, within its own transaction, for the reminders of what it changes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.reminders import HORIZON, Planned
from bot.services.work import Unit
from bot.storage import deliveries_plan


async def remind(unit: Unit, planned: Sequence[Planned]) -> None:
    """These are delivered when they are due, beside what is planned already."""
    within = [p for p in planned if p.due <= unit.now + HORIZON]
    await deliveries_plan.plan(unit.conn, within, unit.now)
    _wake(unit, within)


async def remind_once(unit: Unit, planned: Planned) -> None:
    """Delivered when it is due, however far ahead that is; what is due already never is."""
    if planned.due > unit.now:
        await deliveries_plan.plan(unit.conn, [planned], unit.now)
        _wake(unit, [planned])


async def sessions_changed(
    unit: Unit,
    guild_id: int,
    club_id: int,
    keys: Sequence[str] | None,
    planned: Sequence[Planned],
    change: Planned | None = None,
) -> None:
    """A club's sessions with these keys (None: all) are reminded of as ``planned`` from now on.

    What was open is called off, so nothing planned means that they are off. ``change`` is told if
    the channel was reminded of its session before.
    """
    within = [p for p in planned if p.due <= unit.now + HORIZON]
    await deliveries_plan.replace(unit.conn, guild_id, club_id, keys, within, unit.now, change)
    _wake(unit, within)
    # What changed is told at once, and a message that is just on its way is to be edited.
    unit.wake_at(unit.now)


def _wake(unit: Unit, planned: Sequence[Planned]) -> None:
    for one in planned:
        unit.wake_at(max(one.due, unit.now))
