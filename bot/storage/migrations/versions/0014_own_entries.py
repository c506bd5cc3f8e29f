"""A server's own theories and papers with their history, and what members propose."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

_COLUMNS = (
    "id, guild_id, user_id, kind, paper_id, signup_id, other_id, detail, created_at,"
    " expires_at"
)


def upgrade() -> None:
    _create_edit()
    _create_entry()
    _create_change()
    _create_proposal()
    _rebuild_deadline()
    _rebuild_notice()


def _create_edit() -> None:
    op.create_table(
        "catalogue_edit",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author_id", snowflake),
        sa.Column("happened_at", instant, nullable=False),
        sa.Column("undoes", snowflake),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_edit")),
        sa.ForeignKeyConstraint(
            ["guild_id"],
            ["guild.guild_id"],
            name=op.f("fk_catalogue_edit_guild_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "kind IN ('added', 'changed', 'retired', 'restored', 'imported', 'undone')",
            name=op.f("ck_catalogue_edit_kind"),
        ),
        sa.CheckConstraint(
            "(kind = 'undone') = (undoes IS NOT NULL)", name=op.f("ck_catalogue_edit_undoes")
        ),
        sa.UniqueConstraint("undoes", name=op.f("uq_catalogue_edit_undoes")),
        sa.ForeignKeyConstraint(
            ["undoes"], ["catalogue_edit.id"], name=op.f("fk_catalogue_edit_undoes")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_catalogue_edit_guild_id"), "catalogue_edit", ["guild_id"], unique=False
    )


def _create_entry() -> None:
    op.create_table(
        "catalogue_entry",
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry_key", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("edit_id", snowflake, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "kind", "entry_key", name=op.f("pk_catalogue_entry")),
        sa.ForeignKeyConstraint(
            ["guild_id"],
            ["guild.guild_id"],
            name=op.f("fk_catalogue_entry_guild_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("kind IN ('theory', 'paper')", name=op.f("ck_catalogue_entry_kind")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_catalogue_entry_guild_id_edit_id"),
        "catalogue_entry",
        ["guild_id", "edit_id"],
        unique=False,
    )


def _create_change() -> None:
    op.create_table(
        "catalogue_change",
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry_key", sa.Text(), nullable=False),
        sa.Column("edit_id", snowflake, nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.PrimaryKeyConstraint(
            "guild_id", "kind", "entry_key", "edit_id", name=op.f("pk_catalogue_change")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id"],
            ["guild.guild_id"],
            name=op.f("fk_catalogue_change_guild_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("kind IN ('theory', 'paper')", name=op.f("ck_catalogue_change_kind")),
        sa.CheckConstraint(
            "before IS NOT NULL OR after IS NOT NULL", name=op.f("ck_catalogue_change_something")
        ),
        sa.ForeignKeyConstraint(
            ["edit_id"],
            ["catalogue_edit.id"],
            name=op.f("fk_catalogue_change_edit_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_catalogue_change_edit_id"), "catalogue_change", ["edit_id"], unique=False
    )


def _create_proposal() -> None:
    op.create_table(
        "catalogue_proposal",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("channel_id", snowflake),
        sa.Column("message_id", snowflake),
        sa.Column("posted_at", instant),
        sa.Column("shown", sa.Text()),
        sa.Column("trouble", sa.Text()),
        sa.Column("question", sa.Text()),
        sa.Column("decided_by", snowflake),
        sa.Column("decided_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_proposal")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_catalogue_proposal_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("kind IN ('theory', 'paper')", name=op.f("ck_catalogue_proposal_kind")),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'asked', 'approved', 'rejected')",
            name=op.f("ck_catalogue_proposal_state"),
        ),
        sa.CheckConstraint(
            "trouble IN ('channel-gone', 'forbidden')", name=op.f("ck_catalogue_proposal_trouble")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR channel_id IS NOT NULL", name=op.f("ck_catalogue_proposal_place")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_catalogue_proposal_guild_id_user_id"),
        "catalogue_proposal",
        ["guild_id", "user_id"],
        unique=False,
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
            "kind IN ('check-in-half-way', 'check-in-before-due', 'signup-overdue', 'signup-expires', 'offer-expires', 'away-begins', 'away-ends', 'notice', 'board', 'split-panel', 'split-deadline', 'club-news', 'session-cards', 'paper-poll', 'native-events', 'proposal', 'presenter-asked', 'erasure', 'backups-gone', 'guild-erasure')",
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
            "kind IN ('seat-offered', 'seat-assigned', 'offer-expired', 'check-in', 'seat-shared', 'co-reader', 'signup-expired', 'signup-removed', 'signup-extended', 'asked-to-explain', 'explanation-heard', 'note-hidden', 'note-reported', 'board-trouble', 'introduction-asked', 'introduced', 'split-published', 'split-changed', 'split-deadline', 'split-trouble', 'events-trouble', 'presenter-asked', 'club-trouble', 'dm-closed', 'proposal-approved', 'proposal-asked', 'proposal-rejected')",
            name=op.f("ck_notice_kind"),
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    _replace("notice", _COLUMNS)
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
