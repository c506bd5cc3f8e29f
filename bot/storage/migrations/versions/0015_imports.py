"""Steps of organisers that can be undone, and files of works that wait to be confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

# Written out, not imported: a migration must mean the same when the program has moved on.
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "undo_step",
        sa.Column("line_id", number, nullable=False),
        sa.Column("guild_id", number, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("until", instant, nullable=False),
        sa.Column("undone", flag, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_undo_step")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["audit.id"], name=op.f("fk_undo_step_line_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_undo_step_guild_id"), ondelete="CASCADE"
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_undo_step_guild_id_until"), "undo_step", ["guild_id", "until"], unique=False
    )
    _create_draft()
    _rebuild_deadline()


def _create_draft() -> None:
    op.create_table(
        "import_draft",
        sa.Column("id", number, sa.Identity(), nullable=False),
        sa.Column("guild_id", number, nullable=False),
        sa.Column("user_id", number, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("theory", sa.Text()),
        sa.Column("expires_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_draft")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_import_draft_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "format IN ('bib', 'json', 'csv')", name=op.f("ck_import_draft_format")
        ),
        sa.UniqueConstraint(
            "guild_id", "user_id", name=op.f("uq_import_draft_guild_id_user_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _rebuild_deadline() -> None:
    # SQLite changes no CHECK of a table: it is made anew, filled and put in the old one's place.
    op.create_table(
        "deadline_new",
        sa.Column("id", number, sa.Identity(), nullable=False),
        sa.Column("guild_id", number, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", number, nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_deadline_guild_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "kind IN ('check-in-half-way', 'check-in-before-due', 'signup-overdue', 'signup-expires', 'offer-expires', 'away-begins', 'away-ends', 'notice', 'board', 'split-panel', 'split-deadline', 'club-news', 'session-cards', 'paper-poll', 'native-events', 'proposal', 'presenter-asked', 'import-expires', 'erasure', 'backups-gone', 'guild-erasure')",
            name=op.f("ck_deadline_kind"),
        ),
        sa.UniqueConstraint(
            "guild_id", "kind", "subject_id", name=op.f("uq_deadline_guild_id_kind_subject_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    # Ids that were given once are never given again: the counter goes over too.
    columns = "id, guild_id, kind, subject_id, due_at"
    op.execute(f"INSERT INTO deadline_new ({columns}) SELECT {columns} FROM deadline")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'deadline_new'")
        op.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT 'deadline_new', seq FROM"
            " sqlite_sequence WHERE name = 'deadline'"
        )
    op.drop_table("deadline")
    op.rename_table("deadline_new", "deadline")
    op.create_index(op.f("ix_deadline_due_at"), "deadline", ["due_at"], unique=False)
