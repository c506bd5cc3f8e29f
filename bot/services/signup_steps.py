"""Steps with sign-ups that other use cases take in their own transaction."""

from __future__ import annotations

from bot.domain.deadlines import DeadlineKind
from bot.domain.notices import NoticeKind
from bot.services.work import Unit
from bot.storage import notices, signups

_DUE = (
    DeadlineKind.CHECK_IN_HALF_WAY,
    DeadlineKind.CHECK_IN_BEFORE_DUE,
    DeadlineKind.SIGNUP_OVERDUE,
    DeadlineKind.SIGNUP_EXPIRES,
)


async def touched(unit: Unit, guild_id: int, user_id: int, paper_id: str) -> None:
    """The member logged something of the paper: what was still to be asked is answered."""
    found = await signups.open_signup(unit.conn, guild_id, user_id, paper_id)
    if found is not None:
        await notices.withdraw_notices(unit.conn, guild_id, found, NoticeKind.CHECK_IN)


async def close_as_read(unit: Unit, guild_id: int, user_id: int, paper_id: str) -> None:
    """The member has read the paper: an open sign-up for it is closed and holds nothing."""
    found = await signups.open_signup(unit.conn, guild_id, user_id, paper_id)
    if found is not None:
        await signups.close_open(unit.conn, guild_id, found, unit.now)
        await unit.clear_deadlines(guild_id, found, *_DUE)
