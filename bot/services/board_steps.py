"""What a use case does, within its own transaction, for the boards that show its paper."""

from __future__ import annotations

from bot.domain.deadlines import DeadlineKind
from bot.domain.living import edit_at
from bot.services.work import Unit
from bot.storage import boards


async def boards_changed(unit: Unit, guild_id: int) -> None:
    """What boards of the server show has changed: each is edited soon, but never too often.

    Whether a board shows anything of it is looked at then; an edit without a change is not sent.
    """
    for board_id, edited_at in await boards.edit_times(unit.conn, guild_id):
        soon = edit_at(edited_at, unit.now)
        await unit.set_deadline(guild_id, DeadlineKind.BOARD, board_id, soon)
