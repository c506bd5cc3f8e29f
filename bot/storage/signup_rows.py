"""The rows of sign-ups as the modules that change them share them."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.signups import Signup, SignupState
from bot.storage.tables import signup

COLUMNS = (
    signup.c.id,
    signup.c.guild_id,
    signup.c.user_id,
    signup.c.paper_id,
    signup.c.state,
    signup.c.seat,
    signup.c.created_at,
    signup.c.opened_at,
    signup.c.due_at,
    signup.c.shared_at,
    signup.c.logged_at,
    signup.c.active_at,
    signup.c.seconds_left,
)


def update_signup(found: Signup, *states: SignupState) -> sa.Update:
    """Changes a sign-up that is in one of these states still."""
    return sa.update(signup).where(
        signup.c.guild_id == found.guild_id,
        signup.c.id == found.id,
        signup.c.state.in_(list(states)),
    )


async def one_signup(
    conn: AsyncConnection, statement: sa.Executable, values: Mapping[str, object] | None = None
) -> Signup | None:
    """The one sign-up a statement returns, or None."""
    row = (await conn.execute(statement, values or {})).mappings().one_or_none()
    return None if row is None else Signup(**row)
