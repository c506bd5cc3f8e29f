"""What a theory's card shows of sign-ups and explanations, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.lookup import CardStanding
from bot.domain.overview import OwnSignup
from bot.domain.signups import DEFAULT_SEATS, LIVE, PaperStanding, SignupState
from bot.storage.tables import explanation, guild, paper_setting, signup

# What a row of the statement says.
_OWN, _TAKEN, _WAITING, _SEATS, _DEFAULT, _TAUGHT = range(6)

_LIVE_STATES = [sa.literal_column(f"'{state}'", sa.Text) for state in sorted(LIVE)]


def _row(
    kind: int, key: sa.ColumnElement[Any], number: sa.ColumnElement[Any]
) -> tuple[sa.ColumnElement[Any], ...]:
    return (
        sa.literal_column(str(kind)).label("kind"),
        key.label("key"),
        number.label("number"),
        sa.null().label("state"),
        sa.null().label("due_at"),
    )


def _statement() -> sa.CompoundSelect[Any]:
    guild_id: sa.BindParameter[Any] = sa.bindparam("guild_id")
    papers: sa.BindParameter[Any] = sa.bindparam("papers", expanding=True)
    of_papers = (signup.c.guild_id == guild_id, signup.c.paper_id.in_(papers))
    waits = signup.c.state == sa.literal_column(f"'{SignupState.WAITING}'")
    nothing: sa.ColumnElement[str] = sa.literal_column("''", sa.Text)
    # The first gives the columns their types. Its own key, and not that of the papers, is the
    # short way to one member's rows.
    own = sa.select(
        sa.literal_column(str(_OWN)).label("kind"),
        signup.c.paper_id.label("key"),
        signup.c.id.label("number"),
        signup.c.state.label("state"),
        signup.c.due_at.label("due_at"),
    ).where(
        signup.c.guild_id == guild_id,
        signup.c.user_id == sa.bindparam("user_id"),
        signup.c.paper_id.in_(papers),
        signup.c.state.in_(_LIVE_STATES),
    )
    counted = sa.func.count()
    return sa.union_all(
        own,
        sa.select(*_row(_TAKEN, signup.c.paper_id, counted))
        .where(*of_papers, signup.c.seat > sa.literal_column("0"))
        .group_by(signup.c.paper_id),
        sa.select(*_row(_WAITING, signup.c.paper_id, counted))
        .where(*of_papers, waits)
        .group_by(signup.c.paper_id),
        sa.select(*_row(_SEATS, paper_setting.c.paper_id, paper_setting.c.seats)).where(
            paper_setting.c.guild_id == guild_id,
            paper_setting.c.paper_id.in_(papers),
            paper_setting.c.seats.is_not(None),
        ),
        sa.select(*_row(_DEFAULT, nothing, guild.c.seats)).where(guild.c.guild_id == guild_id),
        sa.select(*_row(_TAUGHT, nothing, sa.func.count(sa.distinct(explanation.c.user_id)))).where(
            explanation.c.guild_id == guild_id,
            explanation.c.paper_id.in_(papers),
            explanation.c.unclear_step.is_(None),
        ),
    )


# Built once: putting it together costs more than SQLite takes to answer it.
_STANDING = _statement()


async def card_standing(
    conn: AsyncConnection, guild_id: int, paper_ids: Sequence[str], user_id: int
) -> CardStanding:
    """Seats, waiting lists and explanations of a theory's primary papers, and the viewer's own
    sign-up.
    """
    asked = {"guild_id": guild_id, "papers": list(paper_ids), "user_id": user_id}
    rows = (await conn.execute(_STANDING, asked)).all()
    numbers = {(row.kind, row.key): row.number for row in rows}
    default = numbers.get((_DEFAULT, ""), DEFAULT_SEATS)
    own = [
        OwnSignup(row.number, row.key, row.state, row.due_at) for row in rows if row.kind == _OWN
    ]
    return CardStanding(
        papers={
            paper_id: PaperStanding(
                paper_id,
                seats=numbers.get((_SEATS, paper_id), default),
                taken=numbers.get((_TAKEN, paper_id), 0),
                waiting=numbers.get((_WAITING, paper_id), 0),
            )
            for paper_id in paper_ids
        },
        taught=numbers.get((_TAUGHT, ""), 0),
        own=min(own, key=_urgency, default=None),
    )


def _urgency(own: OwnSignup) -> tuple[bool, str]:
    """What is due first, before what is not due at all."""
    return own.due_at is None, "" if own.due_at is None else own.due_at.isoformat()
