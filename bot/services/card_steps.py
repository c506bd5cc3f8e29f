"""What a use case does, within its own transaction, for the cards that show its session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.deadlines import DeadlineKind
from bot.domain.living import edit_at
from bot.domain.sessions import ATTENDANCE_OPEN
from bot.services.work import Unit
from bot.storage import session_cards

# Whoever presses a card sees it change at once; the others come after.
_SOON = timedelta(seconds=2)
# Cards of sessions that began longer ago do not follow what changes in their server.
_LATELY = ATTENDANCE_OPEN + timedelta(days=1)


async def cards_changed(unit: Unit, guild_id: int, session_id: int | None = None) -> None:
    """What cards show of the session, or of any of the server that is not long over, has changed:
    each is edited soon, but never too often. An edit without a change is not sent.
    """
    since = unit.now - _LATELY
    shown = await session_cards.edit_times(unit.conn, guild_id, since, session_id)
    await _edit_soon(unit, guild_id, shown)


async def name_goes(unit: Unit, guild_id: int, user_id: int) -> None:
    """The member is about to be erased: every card that may name them is edited, those that are
    long over too, and those in whose place newer ones are kept up to date.
    """
    since = unit.now - _LATELY
    shown = await session_cards.forget_shown(unit.conn, guild_id, user_id, since)
    await _edit_soon(unit, guild_id, shown)


async def _edit_soon(unit: Unit, guild_id: int, shown: Iterable[tuple[int, datetime]]) -> None:
    for shown_id, edited_at in shown:
        soon = max(edit_at(edited_at, unit.now), unit.now + _SOON)
        await unit.set_deadline(guild_id, DeadlineKind.SESSION_CARDS, shown_id, soon)
