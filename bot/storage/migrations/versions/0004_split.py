"""Rounds of splitting, with what falls due and is told because of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_tables()
    _rebuild_deadline()
    _rebuild_notice()


def _create_tables() -> None:
    op.create_table(
        "split_round",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("each_papers", sa.Integer()),
        sa.Column("hours_a_week", sa.Integer()),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("started_by", snowflake),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("deadline_at", instant, nullable=False),
        sa.Column("published_at", instant),
        sa.Column("closed_at", instant),
        sa.Column("slack", sa.Integer()),
        sa.Column("keeps", flag, server_default=sa.true(), nullable=False),
        sa.Column("fingerprint", sa.Text()),
        sa.Column("channel_id", snowflake, nullable=False),
        sa.Column("message_id", snowflake),
        sa.Column("posted_at", instant),
        sa.Column("edited_at", instant),
        sa.Column("shown", sa.Text()),
        sa.Column("trouble", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_split_round")),
        sa.ForeignKeyConstraint(
            ["guild_id"],
            ["guild.guild_id"],
            name=op.f("fk_split_round_guild_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "state IN ('collecting', 'published', 'closed')", name=op.f("ck_split_round_state")
        ),
        sa.CheckConstraint("unit IN ('theories', 'papers')", name=op.f("ck_split_round_unit")),
        sa.CheckConstraint(
            "(each_papers IS NULL) <> (hours_a_week IS NULL)", name=op.f("ck_split_round_measure")
        ),
        sa.CheckConstraint("each_papers BETWEEN 1 AND 10", name=op.f("ck_split_round_each_papers")),
        sa.CheckConstraint(
            "hours_a_week BETWEEN 1 AND 40", name=op.f("ck_split_round_hours_a_week")
        ),
        sa.CheckConstraint("weeks BETWEEN 1 AND 26", name=op.f("ck_split_round_weeks")),
        sa.CheckConstraint("slack BETWEEN 0 AND 100", name=op.f("ck_split_round_slack")),
        sa.CheckConstraint(
            "trouble IN ('channel-gone', 'forbidden')", name=op.f("ck_split_round_trouble")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state <> 'closed')", name=op.f("ck_split_round_closed")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "uq_split_round_live",
        "split_round",
        ["guild_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('collecting', 'published')"),
        postgresql_where=sa.text("state IN ('collecting', 'published')"),
    )
    op.create_table(
        "split_item",
        sa.Column("guild_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("round_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer()),
        sa.PrimaryKeyConstraint("guild_id", "round_id", "paper_id", name=op.f("pk_split_item")),
        sa.ForeignKeyConstraint(
            ["guild_id"],
            ["guild.guild_id"],
            name=op.f("fk_split_item_guild_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["split_round.id"],
            name=op.f("fk_split_item_round_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "split_answer",
        sa.Column("guild_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("round_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("user_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("amount", sa.Integer()),
        sa.Column("most", sa.Integer()),
        sa.Column("answered_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "round_id", "user_id", name=op.f("pk_split_answer")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_split_answer_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["split_round.id"],
            name=op.f("fk_split_answer_round_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("amount BETWEEN 0 AND 40", name=op.f("ck_split_answer_amount")),
        sqlite_strict=True,
    )
    op.create_table(
        "split_wish",
        sa.Column("guild_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("round_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("user_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id", "round_id", "user_id", "paper_id", name=op.f("pk_split_wish")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_split_wish_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["split_round.id"],
            name=op.f("fk_split_wish_round_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("place BETWEEN 0 AND 2", name=op.f("ck_split_wish_place")),
        sqlite_strict=True,
    )
    op.create_table(
        "split_draft",
        sa.Column("guild_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("round_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("user_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id", "round_id", "user_id", "paper_id", name=op.f("pk_split_draft")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_split_draft_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["split_round.id"],
            name=op.f("fk_split_draft_round_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "split_pair",
        sa.Column("guild_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("round_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("user_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("published_at", instant, nullable=False),
        sa.Column("accepted_at", instant),
        sa.Column("dropped_at", instant),
        sa.PrimaryKeyConstraint(
            "guild_id", "round_id", "user_id", "paper_id", name=op.f("pk_split_pair")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_split_pair_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["split_round.id"],
            name=op.f("fk_split_pair_round_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )


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
            "kind IN ('check-in-half-way', 'check-in-before-due', 'signup-overdue', 'signup-expires', 'offer-expires', 'away-begins', 'away-ends', 'notice', 'board', 'split-panel', 'split-deadline', 'erasure', 'backups-gone', 'guild-erasure')",
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
            "kind IN ('seat-offered', 'seat-assigned', 'offer-expired', 'check-in', 'seat-shared', 'co-reader', 'signup-expired', 'signup-removed', 'signup-extended', 'asked-to-explain', 'explanation-heard', 'note-hidden', 'note-reported', 'board-trouble', 'introduction-asked', 'introduced', 'split-published', 'split-changed', 'split-deadline', 'split-trouble')",
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
