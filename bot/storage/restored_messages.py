"""What stands in Discord after a backup was restored: messages that tell of what is lost."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deadlines import DeadlineKind
from bot.domain.proposals import ProposalState
from bot.domain.rounds import RoundState
from bot.storage.deadlines import set_deadline
from bot.storage.tables import board, catalogue_proposal, session, session_card, split_round


async def show_again(conn: AsyncConnection, since: datetime, now: datetime) -> None:
    """Messages that live on may show what was changed since the backup: each is brought up to date.

    They are those of what is going on still, in all servers; cards, of sessions from ``since`` on.
    Else the message of a proposal that was decided since would stand there without its buttons,
    while the proposal waits.
    """
    waiting = [state for state in ProposalState if state.is_waiting]
    lately = sa.select(session.c.id).where(
        session.c.guild_id == session_card.c.guild_id, session.c.starts_at >= since
    )
    for table, subject, kind, goes_on in (
        (board, board.c.id, DeadlineKind.BOARD, sa.true()),
        (
            split_round,
            split_round.c.id,
            DeadlineKind.SPLIT_PANEL,
            split_round.c.state != RoundState.CLOSED,
        ),
        (
            catalogue_proposal,
            catalogue_proposal.c.id,
            DeadlineKind.PROPOSAL,
            catalogue_proposal.c.state.in_(waiting),
        ),
        (
            session_card,
            session_card.c.session_id,
            DeadlineKind.SESSION_CARDS,
            session_card.c.session_id.in_(lately),
        ),
    ):
        stands = (table.c.message_id.is_not(None), goes_on)
        found = await conn.execute(sa.select(table.c.guild_id, subject).distinct().where(*stands))
        for guild_id, subject_id in found.all():
            await set_deadline(conn, guild_id, kind, subject_id, now)
        await conn.execute(sa.update(table).where(*stands).values(shown=None))
