"""What a use case does, within its own transaction, for the cards that show its session."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.deadlines import DeadlineKind
from bot.domain.living import edit_at
from bot.services.work import Unit
from bot.storage import session_cards

# Whoever presses a card sees it change at once; the others come after.
_SOON = timedelta(seconds=2)


async def cards_changed(unit: Unit, guild_id: int, session_id: int | None = None) -> None:
    """What cards show of the session, or of any of the server, has changed: each is edited soon,
    but never too often. An edit without a change is not sent.
    """
    for shown_id, edited_at in await session_cards.edit_times(unit.conn, guild_id, session_id):
        soon = max(edit_at(edited_at, unit.now), unit.now + _SOON)
        await unit.set_deadline(guild_id, DeadlineKind.SESSION_CARDS, shown_id, soon)
