"""What members have chosen about their reminders, and the clubs of which they want none."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.reminders import BUDGETS, DEFAULT_BUDGET
from bot.storage.tables.clubs import club_key, of_club
from bot.storage.tables.metadata import guild_key, metadata, of_member, user_key
from bot.storage.types import Flag, Instant, within
from bot.storage.wall_types import WallTime


def _flag(name: str, default: sa.ColumnElement[bool]) -> sa.Column[bool]:
    return sa.Column(name, Flag, nullable=False, server_default=default)


# Nobody has a row who has chosen nothing.
reminder_choice = sa.Table(
    "reminder_choice",
    metadata,
    guild_key(),
    user_key(),
    _flag("by_dm", sa.false()),
    _flag("day_before", sa.true()),
    _flag("hour_before", sa.true()),
    _flag("reads_by", sa.false()),
    _flag("mentioned", sa.true()),
    # Both or none, on the wall clock of the member's zone.
    sa.Column("quiet_from", WallTime),
    sa.Column("quiet_until", WallTime),
    sa.Column("budget", sa.Integer, nullable=False, server_default=sa.text(str(DEFAULT_BUDGET))),
    # What was due before is not told late.
    sa.Column("changed_at", Instant, nullable=False),
    of_member(),
    sa.CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet"),
    sa.CheckConstraint(within("budget", BUDGETS), name="budget"),
    sqlite_strict=True,
)

# A club of which a member is told nothing by itself.
club_mute = sa.Table(
    "club_mute",
    metadata,
    guild_key(),
    club_key(),
    user_key(),
    sa.Column("muted_at", Instant, nullable=False),
    of_club(),
    of_member(),
    sqlite_strict=True,
)
