"""Clubs and their sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")
day = sa.Date().with_variant(sa.Text(), "sqlite")
wall_time = sa.Time().with_variant(sa.Text(), "sqlite")
wall_moment = sa.DateTime().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    _create_clubs()
    _create_sessions()


def _create_clubs() -> None:
    op.create_table(
        "club",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("channel_id", snowflake, nullable=False),
        sa.Column("voice_channel_id", snowflake),
        sa.Column("link", sa.Text()),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("plan_minutes", sa.Integer()),
        sa.Column("created_by", snowflake),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("changed_at", instant, nullable=False),
        sa.Column("zones", sa.Text(), nullable=False),
        sa.Column("ended_at", instant),
        sa.Column("trouble", sa.Text()),
        sa.Column("trouble_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_club")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_club_guild_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("voice_channel_id IS NULL OR link IS NULL", name=op.f("ck_club_place")),
        sa.CheckConstraint("minutes BETWEEN 10 AND 720", name=op.f("ck_club_minutes")),
        sa.CheckConstraint("plan_minutes > 0", name=op.f("ck_club_plan_minutes")),
        sa.CheckConstraint(
            "trouble IN ('channel-gone', 'forbidden')", name=op.f("ck_club_trouble")
        ),
        sa.CheckConstraint(
            "(trouble IS NULL) = (trouble_at IS NULL)", name=op.f("ck_club_trouble_at")
        ),
        sa.UniqueConstraint("guild_id", "id", name=op.f("uq_club_guild_id_id")),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("uq_club_name"),
        "club",
        ["guild_id", "folded_name"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "club_series",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("club_id", snowflake, nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("ordinals", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("at", wall_time, nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("start", day, nullable=False),
        sa.Column("until", day),
        sa.Column("count", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_club_series")),
        sa.ForeignKeyConstraint(
            ["guild_id", "club_id"],
            ["club.guild_id", "club.id"],
            name=op.f("fk_club_series_guild_id_club_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("weekdays <> ''", name=op.f("ck_club_series_weekdays")),
        sa.CheckConstraint("every BETWEEN 1 AND 52", name=op.f("ck_club_series_every")),
        sa.CheckConstraint("count BETWEEN 1 AND 1000", name=op.f("ck_club_series_count")),
        sa.CheckConstraint("until IS NULL OR start <= until", name=op.f("ck_club_series_until")),
        sa.UniqueConstraint(
            "guild_id", "club_id", "start", name=op.f("uq_club_series_guild_id_club_id_start")
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "club_break",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("series_id", snowflake, nullable=False),
        sa.Column("first", day, nullable=False),
        sa.Column("last", day, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_club_break")),
        sa.CheckConstraint("first <= last", name=op.f("ck_club_break_last")),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["club_series.id"],
            name=op.f("fk_club_break_series_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_club_break_series_id"), "club_break", ["series_id"])
    op.create_table(
        "club_pause",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("club_id", snowflake, nullable=False),
        sa.Column("since_at", instant, nullable=False),
        sa.Column("until_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_club_pause")),
        sa.ForeignKeyConstraint(
            ["guild_id", "club_id"],
            ["club.guild_id", "club.id"],
            name=op.f("fk_club_pause_guild_id_club_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "until_at IS NULL OR since_at < until_at", name=op.f("ck_club_pause_until")
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("uq_club_pause_open"),
        "club_pause",
        ["guild_id", "club_id"],
        unique=True,
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.create_table(
        "club_member",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("club_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("joined_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "club_id", "user_id", name=op.f("pk_club_member")),
        sa.ForeignKeyConstraint(
            ["guild_id", "club_id"],
            ["club.guild_id", "club.id"],
            name=op.f("fk_club_member_guild_id_club_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_club_member_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "club_volunteer",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("club_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("volunteered_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "club_id", "user_id", name=op.f("pk_club_volunteer")),
        sa.ForeignKeyConstraint(
            ["guild_id", "club_id"],
            ["club.guild_id", "club.id"],
            name=op.f("fk_club_volunteer_guild_id_club_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_club_volunteer_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "club_plan_paper",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("club_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "club_id", "position", name=op.f("pk_club_plan_paper")),
        sa.ForeignKeyConstraint(
            ["guild_id", "club_id"],
            ["club.guild_id", "club.id"],
            name=op.f("fk_club_plan_paper_guild_id_club_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )


def _create_sessions() -> None:
    op.create_table(
        "session",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("club_id", snowflake, nullable=False),
        sa.Column("original", day),
        sa.Column("skipped", flag, nullable=False, server_default=sa.false()),
        sa.Column("moved_to", wall_moment),
        sa.Column("starts_at", instant),
        sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("status", sa.Text(), nullable=False, server_default="planned"),
        sa.Column("paper_id", sa.Text()),
        sa.Column("agenda", sa.Text()),
        sa.Column("presenter_id", snowflake),
        sa.Column("presenter_at", instant),
        sa.Column("takes", flag, nullable=False, server_default=sa.false()),
        sa.Column("recap", sa.Text()),
        sa.Column("thread_id", snowflake),
        sa.Column("message_id", snowflake),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.ForeignKeyConstraint(
            ["guild_id", "club_id"],
            ["club.guild_id", "club.id"],
            name=op.f("fk_session_guild_id_club_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "NOT (skipped AND moved_to IS NOT NULL)", name=op.f("ck_session_change")
        ),
        sa.CheckConstraint("status IN ('planned', 'held', 'gone')", name=op.f("ck_session_status")),
        sa.CheckConstraint("(original IS NULL) = (status = 'gone')", name=op.f("ck_session_gone")),
        sa.CheckConstraint(
            "presenter_id IS NULL OR presenter_at IS NOT NULL", name=op.f("ck_session_presenter_at")
        ),
        sa.UniqueConstraint("guild_id", "id", name=op.f("uq_session_guild_id_id")),
        sa.UniqueConstraint(
            "guild_id", "club_id", "original", name=op.f("uq_session_guild_id_club_id_original")
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "session_part",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("session_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("section_id", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("number", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("parts", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.PrimaryKeyConstraint("guild_id", "session_id", "position", name=op.f("pk_session_part")),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"],
            ["session.guild_id", "session.id"],
            name=op.f("fk_session_part_guild_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("number BETWEEN 1 AND parts", name=op.f("ck_session_part_number")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_session_part_minutes")),
        sqlite_strict=True,
    )
    op.create_table(
        "session_answer",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("session_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", instant, nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id", "session_id", "user_id", name=op.f("pk_session_answer")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"],
            ["session.guild_id", "session.id"],
            name=op.f("fk_session_answer_guild_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_session_answer_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "answer IN ('going', 'maybe', 'cant')", name=op.f("ck_session_answer_answer")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "session_attendance",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("session_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("noted_at", instant, nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id", "session_id", "user_id", name=op.f("pk_session_attendance")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"],
            ["session.guild_id", "session.id"],
            name=op.f("fk_session_attendance_guild_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_session_attendance_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "session_presenting",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("session_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", instant, nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id", "session_id", "user_id", name=op.f("pk_session_presenting")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"],
            ["session.guild_id", "session.id"],
            name=op.f("fk_session_presenting_guild_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_session_presenting_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'passed')", name=op.f("ck_session_presenting_state")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("uq_session_presenting_asked"),
        "session_presenting",
        ["guild_id", "session_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "session_event",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("session_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("event_id", snowflake, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "session_id", name=op.f("pk_session_event")),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"],
            ["session.guild_id", "session.id"],
            name=op.f("fk_session_event_guild_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("guild_id", "tag", name=op.f("uq_session_event_guild_id_tag")),
        sqlite_strict=True,
    )
