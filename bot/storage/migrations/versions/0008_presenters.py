"""Presenters of sessions, who are asked privately and have some time to answer."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    _rebuild_deadline()
    _rebuild_notice()


def _rebuild_deadline() -> None:
    # SQLite changes no CHECK of a table: it is made anew, filled and put in the old one's place.
    op.create_table(
        "deadline_new",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", snowflake, nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_deadline_guild_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "kind IN ('check-in-half-way', 'check-in-before-due', 'signup-overdue', 'signup-expires', 'offer-expires', 'away-begins', 'away-ends', 'notice', 'board', 'split-panel', 'split-deadline', 'native-events', 'presenter-asked', 'erasure', 'backups-gone', 'guild-erasure')",
            name=op.f("ck_deadline_kind"),
        ),
        sa.UniqueConstraint(
            "guild_id", "kind", "subject_id", name=op.f("uq_deadline_guild_id_kind_subject_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    _replace("deadline", "id, guild_id, kind, subject_id, due_at")
    op.create_index(op.f("ix_deadline_due_at"), "deadline", ["due_at"], unique=False)


def _rebuild_notice() -> None:
    op.create_table(
        "notice_new",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Text()),
        sa.Column("signup_id", snowflake),
        sa.Column("other_id", snowflake),
        sa.Column("detail", sa.Text()),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("expires_at", instant),
        sa.Column("sending_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_notice_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "other_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_notice_guild_id_other_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "kind IN ('seat-offered', 'seat-assigned', 'offer-expired', 'check-in', 'seat-shared', 'co-reader', 'signup-expired', 'signup-removed', 'signup-extended', 'asked-to-explain', 'explanation-heard', 'note-hidden', 'note-reported', 'board-trouble', 'introduction-asked', 'introduced', 'split-published', 'split-changed', 'split-deadline', 'split-trouble', 'events-trouble', 'presenter-asked')",
            name=op.f("ck_notice_kind"),
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    _replace(
        "notice",
        "id, guild_id, user_id, kind, paper_id, signup_id, other_id, detail, created_at,"
        " expires_at, sending_at",
    )
    op.create_index(
        op.f("ix_notice_guild_id_user_id"), "notice", ["guild_id", "user_id"], unique=False
    )


def _replace(table: str, columns: str) -> None:
    # Ids that were given once are never given again: the counter goes over too.
    op.execute(f"INSERT INTO {table}_new ({columns}) SELECT {columns} FROM {table}")
    _keep_counting(table)
    op.drop_table(table)
    op.rename_table(f"{table}_new", table)


def _keep_counting(table: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}_new'")
    op.execute(
        f"INSERT INTO sqlite_sequence (name, seq) SELECT '{table}_new', seq FROM sqlite_sequence"
        f" WHERE name = '{table}'"
    )
