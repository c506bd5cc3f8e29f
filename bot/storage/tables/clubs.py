"""Clubs: their series one after another, breaks, pauses, members and who would present."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.clubs import LENGTHS, ClubTrouble
from bot.domain.presets import Preset
from bot.domain.schedule import SESSIONS, WEEKS
from bot.storage.tables.metadata import (
    guild_column,
    guild_key,
    metadata,
    number,
    number_key,
    of_guild,
    of_member,
    user_column,
    user_key,
)
from bot.storage.types import Choice, Instant, Snowflake, one_of, within
from bot.storage.wall_types import Day, WallTime


def of_club(column: str = "club_id") -> sa.ForeignKeyConstraint:
    """The row belongs to a club of its own server and goes with it."""
    return sa.ForeignKeyConstraint(
        ["guild_id", column], ["club.guild_id", "club.id"], ondelete="CASCADE"
    )


def club_key() -> sa.Column[int]:
    """The club as a part of a table's key."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("club_id", kind, primary_key=True, autoincrement=False)


club = sa.Table(
    "club",
    metadata,
    number_key(),
    guild_column(),
    sa.Column("name", sa.Text, nullable=False),
    # The name as it is compared: no two clubs that meet are called the same.
    sa.Column("folded_name", sa.Text, nullable=False),
    sa.Column("channel_id", Snowflake, nullable=False),
    # Where it meets when that is not its channel: one of the two.
    sa.Column("voice_channel_id", Snowflake),
    sa.Column("link", sa.Text),
    sa.Column("minutes", sa.Integer, nullable=False),
    # For how many minutes of reading a week its plan was laid; null without one.
    sa.Column("plan_minutes", sa.Integer),
    user_column("created_by", nullable=True),
    sa.Column("created_at", Instant, nullable=False),
    # Grows with every change, for calendars and for what is planned by it.
    sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("1")),
    sa.Column("changed_at", Instant, nullable=False),
    # The version of the time-zone database its sessions were last planned with.
    sa.Column("zones", sa.Text, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("trouble", Choice(ClubTrouble)),
    sa.Column("trouble_at", Instant),
    # What kind of club the server preferred when it was made.
    sa.Column(
        "preset", Choice(Preset), sa.CheckConstraint(one_of("preset", Preset), name="preset")
    ),
    of_guild(),
    sa.CheckConstraint("voice_channel_id IS NULL OR link IS NULL", name="place"),
    sa.CheckConstraint(within("minutes", LENGTHS), name="minutes"),
    sa.CheckConstraint("plan_minutes > 0", name="plan_minutes"),
    sa.CheckConstraint(one_of("trouble", ClubTrouble), name="trouble"),
    sa.CheckConstraint("(trouble IS NULL) = (trouble_at IS NULL)", name="trouble_at"),
    sa.UniqueConstraint("guild_id", "id"),
    sa.Index(
        "uq_club_name",
        "guild_id",
        "folded_name",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# The rule of a club from one day until the next one begins. Wall-clock time and a zone, never
# an instant.
club_series = sa.Table(
    "club_series",
    metadata,
    number_key(),
    guild_column(),
    number("club_id"),
    # Numbers with commas between them: 0 is Monday; -1 is the last of a month.
    sa.Column("weekdays", sa.Text, nullable=False),
    sa.Column("ordinals", sa.Text, nullable=False),
    sa.Column("every", sa.Integer, nullable=False),
    sa.Column("at", WallTime, nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("start", Day, nullable=False),
    sa.Column("until", Day),
    sa.Column("count", sa.Integer),
    of_club(),
    sa.CheckConstraint("weekdays <> ''", name="weekdays"),
    sa.CheckConstraint(within("every", WEEKS), name="every"),
    sa.CheckConstraint(within("count", SESSIONS), name="count"),
    sa.CheckConstraint("until IS NULL OR start <= until", name="until"),
    sa.UniqueConstraint("guild_id", "club_id", "start"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# Days on which a series does not meet, both ends included.
club_break = sa.Table(
    "club_break",
    metadata,
    number_key(),
    guild_column(),
    sa.Column(
        "series_id",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.ForeignKey("club_series.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("first", Day, nullable=False),
    sa.Column("last", Day, nullable=False),
    sa.CheckConstraint("first <= last", name="last"),
    sa.Index(None, "series_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# When a club was, or is, paused; at most one pause is without an end.
club_pause = sa.Table(
    "club_pause",
    metadata,
    number_key(),
    guild_column(),
    number("club_id"),
    sa.Column("since_at", Instant, nullable=False),
    sa.Column("until_at", Instant),
    of_club(),
    sa.CheckConstraint("until_at IS NULL OR since_at < until_at", name="until"),
    sa.Index(
        "uq_club_pause_open",
        "guild_id",
        "club_id",
        unique=True,
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    ),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# A standing member: counted on at every session unless they say otherwise.
club_member = sa.Table(
    "club_member",
    metadata,
    guild_key(),
    club_key(),
    user_key(),
    sa.Column("joined_at", Instant, nullable=False),
    of_club(),
    of_member(),
    sqlite_strict=True,
)

# A member who would present sessions of the club.
club_volunteer = sa.Table(
    "club_volunteer",
    metadata,
    guild_key(),
    club_key(),
    user_key(),
    sa.Column("volunteered_at", Instant, nullable=False),
    of_club(),
    of_member(),
    sqlite_strict=True,
)

# The papers of a club's plan, in their order. What is read for which session stands with those.
club_plan_paper = sa.Table(
    "club_plan_paper",
    metadata,
    guild_key(),
    club_key(),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("paper_id", sa.Text, nullable=False),
    of_club(),
    sqlite_strict=True,
)
