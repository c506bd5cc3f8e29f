"""Everything that decides about one member's sign-up for one paper, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.guild import GuildRules
from bot.domain.members import DmConsent
from bot.domain.progress import Depth
from bot.domain.signups import LIVE, PaperStanding, SignupState
from bot.storage.tables import guild, member, paper_setting, reading, signup


@dataclass(frozen=True, slots=True)
class Situation:
    """A member before one paper.

    ``live_id`` and ``live_state`` are those of their live sign-up for it, ``open_signups`` how
    many of their slots are taken, ``name`` the one they were last seen with (None: unknown).
    """

    standing: PaperStanding
    open_limit: int
    open_signups: int
    live_id: int | None
    live_state: SignupState | None
    depth: Depth | None
    name: str | None
    dm: DmConsent
    departed_at: datetime | None
    # How many papers they wait for or are offered, and until when they are away.
    lined_up: int
    away_from: datetime | None
    away_until: datetime | None

    def is_away(self, now: datetime) -> bool:
        """Whether the member is away at that moment."""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= now < self.away_until

    @property
    def has_room(self) -> bool:
        """Whether the member may open one more."""
        return self.open_signups < self.open_limit


def _statement() -> sa.Select[tuple[object, ...]]:
    guild_id: sa.BindParameter[int] = sa.bindparam("guild_id")
    user_id: sa.BindParameter[int] = sa.bindparam("user_id")
    paper_id: sa.BindParameter[str] = sa.bindparam("paper_id")
    of_paper = (signup.c.guild_id == guild_id, signup.c.paper_id == paper_id)
    of_member = (signup.c.guild_id == guild_id, signup.c.user_id == user_id)
    live = sa.select(signup.c.id, signup.c.state).where(
        *of_member, signup.c.paper_id == paper_id, signup.c.state.in_(sorted(LIVE))
    )
    counted = sa.select(sa.func.count()).select_from(signup)
    default = GuildRules()
    here = sa.select(guild.c.guild_id, guild.c.open_limit, guild.c.seats).where(
        guild.c.guild_id == guild_id
    )
    rules = here.subquery()
    who = sa.select(member).where(member.c.guild_id == guild_id, member.c.user_id == user_id)
    known = who.subquery()
    found = live.subquery()
    own_seats = sa.select(paper_setting.c.seats).where(
        paper_setting.c.guild_id == guild_id, paper_setting.c.paper_id == paper_id
    )
    one = sa.select(sa.literal_column("1").label("one")).subquery()
    joined = one.outerjoin(rules, sa.true()).outerjoin(known, sa.true()).outerjoin(found, sa.true())
    return sa.select(
        sa.func.coalesce(own_seats.scalar_subquery(), rules.c.seats, default.seats).label("seats"),
        sa.func.coalesce(rules.c.open_limit, default.open_limit).label("open_limit"),
        counted.where(*of_paper, signup.c.seat.is_not(None)).scalar_subquery().label("taken"),
        counted.where(*of_paper, signup.c.state == SignupState.WAITING)
        .scalar_subquery()
        .label("waiting"),
        counted.where(*of_member, signup.c.slot.is_not(None)).scalar_subquery().label("open"),
        sa.select(reading.c.depth)
        .where(
            reading.c.guild_id == guild_id,
            reading.c.user_id == user_id,
            reading.c.paper_id == paper_id,
        )
        .scalar_subquery()
        .label("depth"),
        found.c.id.label("live_id"),
        found.c.state.label("live_state"),
        known.c.display_name,
        known.c.dm,
        known.c.departed_at,
        known.c.away_from,
        known.c.away_until,
        counted.where(*of_member, signup.c.state.in_([SignupState.WAITING, SignupState.OFFERED]))
        .scalar_subquery()
        .label("lined_up"),
    ).select_from(joined)


# Built once: putting it together costs more than SQLite takes to answer it.
_SITUATION = _statement()


async def situation(conn: AsyncConnection, guild_id: int, user_id: int, paper_id: str) -> Situation:
    """How things stand between a member and a paper."""
    asked = {"guild_id": guild_id, "user_id": user_id, "paper_id": paper_id}
    row = (await conn.execute(_SITUATION, asked)).mappings().one()
    return Situation(
        PaperStanding(paper_id, row["seats"], row["taken"], row["waiting"]),
        row["open_limit"],
        row["open"],
        row["live_id"],
        row["live_state"],
        row["depth"],
        row["display_name"],
        row["dm"] or DmConsent.UNASKED,
        row["departed_at"],
        row["lined_up"],
        row["away_from"],
        row["away_until"],
    )
