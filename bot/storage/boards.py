"""Boards: where they hang, what they show, and what keeps them from it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.boards import Board, BoardScope
from bot.domain.living import MessageTrouble, Shown
from bot.storage import living
from bot.storage.tables import board

_COLUMNS = (
    board.c.id,
    board.c.guild_id,
    board.c.channel_id,
    board.c.message_id,
    board.c.scope,
    board.c.subject,
    board.c.posted_by,
    board.c.posted_at,
    board.c.edited_at,
    board.c.shown,
    board.c.trouble,
)


async def add_board(
    conn: AsyncConnection,
    guild_id: int,
    channel_id: int,
    scope: BoardScope,
    subject: str | None,
    posted_by: int,
    now: datetime,
) -> int:
    """Adds a board without a message yet, and returns its id."""
    new = sa.insert(board).values(
        guild_id=guild_id,
        channel_id=channel_id,
        scope=scope,
        subject=subject,
        posted_by=posted_by,
        created_at=now,
    )
    added: int = (await conn.execute(new.returning(board.c.id))).scalar_one()
    return added


async def same_board(
    conn: AsyncConnection, guild_id: int, channel_id: int, scope: BoardScope, subject: str | None
) -> Board | None:
    """The board that shows just this in this channel already; None when there is none."""
    found = sa.select(*_COLUMNS).where(
        board.c.guild_id == guild_id,
        board.c.channel_id == channel_id,
        board.c.scope == scope,
        board.c.subject.is_(None) if subject is None else board.c.subject == subject,
    )
    row = (await conn.execute(found)).mappings().first()
    return None if row is None else Board(**row)


async def board_with(conn: AsyncConnection, guild_id: int, board_id: int) -> Board | None:
    """One board of this server; None when it is gone."""
    found = sa.select(*_COLUMNS).where(board.c.guild_id == guild_id, board.c.id == board_id)
    row = (await conn.execute(found)).mappings().one_or_none()
    return None if row is None else Board(**row)


async def remove_board(conn: AsyncConnection, guild_id: int, board_id: int) -> None:
    """Forgets a board."""
    await conn.execute(sa.delete(board).where(board.c.guild_id == guild_id, board.c.id == board_id))


async def record_posting(
    conn: AsyncConnection, guild_id: int, board_id: int, now: datetime
) -> None:
    """The board's message is about to be posted: whether it was, is known when it is settled."""
    await living.record_posting(conn, board, guild_id, board_id, now)


async def settle(
    conn: AsyncConnection, guild_id: int, board_id: int, shown: Shown, now: datetime
) -> None:
    """Records where the message stands and what it shows, or what is in the way."""
    await living.settle(conn, board, guild_id, board_id, shown, now)


async def edit_times(
    conn: AsyncConnection, guild_id: int
) -> tuple[tuple[int, datetime | None], ...]:
    """Every board of the server, with the moment its message was last edited."""
    rows = await conn.execute(
        sa.select(board.c.id, board.c.edited_at).where(board.c.guild_id == guild_id)
    )
    return tuple((row.id, row.edited_at) for row in rows)


async def forget_shown(conn: AsyncConnection, guild_id: int, board_id: int) -> None:
    """Nobody knows what the board's message shows: it is edited even if nothing has changed."""
    await conn.execute(
        sa.update(board)
        .where(board.c.guild_id == guild_id, board.c.id == board_id)
        .values(shown=None)
    )


async def boards_of(conn: AsyncConnection, guild_id: int) -> tuple[Board, ...]:
    """Every board of the server, the oldest first."""
    found = sa.select(*_COLUMNS).where(board.c.guild_id == guild_id).order_by(board.c.id)
    return tuple(Board(**row) for row in (await conn.execute(found)).mappings())


async def troubled_boards(
    conn: AsyncConnection, guild_id: int
) -> tuple[tuple[Board, MessageTrouble], ...]:
    """The boards of the server that cannot be kept up to date, and why."""
    found = sa.select(*_COLUMNS).where(board.c.guild_id == guild_id, board.c.trouble.is_not(None))
    boards = (Board(**row) for row in (await conn.execute(found)).mappings())
    return tuple((b, b.trouble) for b in boards if b.trouble is not None)
