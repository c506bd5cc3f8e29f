"""What members propose for a server's catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.living import LivingMessage, Shown
from bot.domain.own_entries import OwnEntry
from bot.domain.proposals import Proposal, ProposalState
from bot.storage.entry_documents import document_of, entry_from
from bot.storage.tables import catalogue_proposal, member

_C = catalogue_proposal.c
_WAITING = tuple(state for state in ProposalState if state.is_waiting)


async def add_draft(
    conn: AsyncConnection, guild_id: int, user_id: int, entry: OwnEntry, now: datetime
) -> int:
    """Keeps what a member wrote while they are asked something; earlier drafts of theirs go."""
    await conn.execute(
        sa.delete(catalogue_proposal).where(
            _C.guild_id == guild_id, _C.user_id == user_id, _C.state == ProposalState.DRAFT
        )
    )
    new = sa.insert(catalogue_proposal).values(
        guild_id=guild_id,
        user_id=user_id,
        kind=entry.ref[0],
        document=document_of(entry),
        state=ProposalState.DRAFT,
        created_at=now,
    )
    added: int = (await conn.execute(new.returning(_C.id))).scalar_one()
    return added


async def proposal_with(conn: AsyncConnection, guild_id: int, proposal_id: int) -> Proposal | None:
    """One proposal of this server; None when it is gone."""
    found = await conn.execute(_select().where(_C.guild_id == guild_id, _C.id == proposal_id))
    row = found.mappings().one_or_none()
    return None if row is None else _read(row)


async def waiting_of(conn: AsyncConnection, guild_id: int, user_id: int) -> tuple[Proposal, ...]:
    """A member's proposals that organisers still have to decide on, oldest first."""
    rows = await conn.execute(
        _select()
        .where(_C.guild_id == guild_id, _C.user_id == user_id, _C.state.in_(_WAITING))
        .order_by(_C.id)
    )
    return tuple(_read(row) for row in rows.mappings())


async def waiting_in(conn: AsyncConnection, guild_id: int, channel_id: int) -> tuple[Proposal, ...]:
    """The proposals that wait in a channel or thread for a decision."""
    rows = await conn.execute(
        _select().where(
            _C.guild_id == guild_id, _C.channel_id == channel_id, _C.state.in_(_WAITING)
        )
    )
    return tuple(_read(row) for row in rows.mappings())


async def posted_of(
    conn: AsyncConnection, guild_id: int, user_id: int
) -> tuple[LivingMessage, ...]:
    """The messages that show a member's proposals."""
    rows = await conn.execute(
        _select().where(_C.guild_id == guild_id, _C.user_id == user_id, _C.message_id.is_not(None))
    )
    return tuple(_read(row).message for row in rows.mappings())


async def drop_proposal(conn: AsyncConnection, guild_id: int, proposal_id: int) -> None:
    """Forgets one."""
    await conn.execute(
        sa.delete(catalogue_proposal).where(_C.guild_id == guild_id, _C.id == proposal_id)
    )


async def send(
    conn: AsyncConnection, guild_id: int, proposal_id: int, channel_id: int, now: datetime
) -> None:
    """The draft becomes a proposal that is shown in that channel."""
    await _set(
        conn, guild_id, proposal_id,
        state=ProposalState.OPEN, channel_id=channel_id, created_at=now,
    )  # fmt: skip


async def rewrite(conn: AsyncConnection, guild_id: int, proposal_id: int, entry: OwnEntry) -> None:
    """It proposes this now."""
    await _set(conn, guild_id, proposal_id, document=document_of(entry))


async def decide(
    conn: AsyncConnection,
    guild_id: int,
    proposal_id: int,
    state: ProposalState,
    decided_by: int | None,
    now: datetime,
    question: str | None = None,
) -> None:
    """What an organiser did with it (None: nobody knows which); a question replaces the one
    before.
    """
    values: dict[str, Any] = {"state": state, "decided_by": decided_by, "decided_at": now}
    if question is not None:
        values["question"] = question
    await _set(conn, guild_id, proposal_id, **values)


async def record_posting(
    conn: AsyncConnection, guild_id: int, proposal_id: int, now: datetime
) -> None:
    """Its message is about to be posted: whether it was, is known when it is settled."""
    await _set(conn, guild_id, proposal_id, posted_at=now)


async def settle(conn: AsyncConnection, guild_id: int, proposal_id: int, shown: Shown) -> None:
    """Records where its message stands and what it shows, or what is in the way."""
    gone = shown.message_id is None and shown.trouble is None
    values: dict[str, Any] = {"posted_at": None} if gone else {}
    await _set(
        conn, guild_id, proposal_id,
        message_id=shown.message_id, shown=shown.digest, trouble=shown.trouble, **values,
    )  # fmt: skip


async def _set(conn: AsyncConnection, guild_id: int, proposal_id: int, **values: Any) -> None:
    await conn.execute(
        sa.update(catalogue_proposal)
        .where(_C.guild_id == guild_id, _C.id == proposal_id)
        .values(**values)
    )


def _select() -> sa.Select[Any]:
    decider = member.alias("decider")
    return (
        sa.select(
            *(column for column in _C if column.name != "decided_by"),
            member.c.display_name.label("proposer"),
            decider.c.display_name.label("decided_by"),
        )
        .join(
            member,
            sa.and_(member.c.guild_id == _C.guild_id, member.c.user_id == _C.user_id),
        )
        .outerjoin(
            decider,
            sa.and_(decider.c.guild_id == _C.guild_id, decider.c.user_id == _C.decided_by),
        )
    )


def _read(row: sa.RowMapping) -> Proposal:
    values = dict(row)
    entry = entry_from(values.pop("kind"), values.pop("document"))
    return Proposal(entry=entry, **values)
