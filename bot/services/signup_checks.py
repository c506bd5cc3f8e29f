"""What keeps a member from signing up, read off how things stand between them and the paper."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members import Actor
from bot.domain.signups import (
    OpenLimitReached,
    PaperFull,
    ReadAlready,
    SignedUpAlready,
    Signup,
    SignupState,
)
from bot.storage import signups
from bot.storage.situation import Situation


async def require_chance(conn: AsyncConnection, actor: Actor, seen: Situation) -> None:
    """Raises what keeps the member from a seat, as far as it can be seen.

    Raises SignedUpAlready, ReadAlready, PaperFull, OpenLimitReached.
    """
    await require_new(conn, actor, seen)
    if seen.standing.taken >= seen.standing.seats:
        raise PaperFull(seen.standing)
    if not seen.has_room:
        raise await too_many(conn, actor, seen.standing.paper_id, seen.open_limit)


async def require_new(conn: AsyncConnection, actor: Actor, seen: Situation) -> None:
    """Raises SignedUpAlready or ReadAlready when the paper is not new to the member."""
    paper_id = seen.standing.paper_id
    if seen.live_id is not None:
        raise SignedUpAlready(await live(conn, actor, paper_id))
    if seen.depth is not None and seen.depth.is_reader:
        raise ReadAlready(paper_id, seen.depth)


async def live(conn: AsyncConnection, actor: Actor, paper_id: str) -> Signup:
    """The member's live sign-up for the paper, of which it is known that there is one."""
    found = await signups.live_signup(conn, actor.guild_id, actor.user_id, paper_id)
    assert found is not None
    return found


async def too_many(
    conn: AsyncConnection, actor: Actor, paper_id: str, limit: int
) -> OpenLimitReached:
    """The refusal for a member without a free slot, with what they have open."""
    own = await signups.live_signups(
        conn, actor.guild_id, user_id=actor.user_id, states=(SignupState.OPEN,)
    )
    return OpenLimitReached(paper_id, limit, own)
