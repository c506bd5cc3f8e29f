"""Taking back what an organiser did a moment ago, whatever it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from bot.domain.club_sessions import SessionChange
from bot.domain.errors import StaleControl
from bot.domain.members import Actor
from bot.domain.own_entries import Edit
from bot.domain.undo import UndoStep
from bot.services.work import Unit, Work
from bot.storage import guilds, undo

# What it is to have been taken back; the door says it.
Undone: TypeAlias = SessionChange | Edit
# Takes a step back in the transaction that marks it, and records that. Raises UndoOvertaken when
# what it would change was changed again.
Reversal = Callable[[Unit, Actor, UndoStep], Awaitable[Undone]]


class Undoing:
    """``reversals`` has, by the action that the trail records, who knows how to take it back.

    A use case offers to by giving ``Unit.audit`` what was before.
    """

    def __init__(self, work: Work, reversals: Mapping[str, Reversal]) -> None:
        self._work = work
        self._reversals = reversals

    async def undo(self, actor: Actor, line_id: int) -> Undone:
        """Takes a line of the trail back, in one transaction.

        Raises OrganisersOnly, StaleControl for a line that is not there or cannot be taken back,
        UndoOver, UndoneAlready, UndoOvertaken, and what the reversal raises.
        """
        async with self._work.write() as unit:
            rules = await guilds.guild_rules(unit.conn, actor.guild_id)
            rules.require_organiser(actor)
            step = await undo.step_of(unit.conn, actor.guild_id, line_id)
            if step is None or step.action not in self._reversals:
                raise StaleControl
            step.require_open(unit.now)
            await unit.arrive(actor)
            await undo.mark_undone(unit.conn, actor.guild_id, line_id)
            return await self._reversals[step.action](unit, actor, step)
