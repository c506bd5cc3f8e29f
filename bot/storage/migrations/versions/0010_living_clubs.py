"""What clubs show by themselves: announcements of what has changed, cards, polls."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    _rebuild_deadline()
    # Nothing was ever written there.
    op.execute("ALTER TABLE session DROP COLUMN message_id")
    op.create_table(
        "club_news",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("club_id", snowflake, nullable=False),
        sa.Column("channel_id", snowflake, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("made_at", instant, nullable=False),
        sa.Column("message_id", snowflake),
        sa.Column("posted_at", instant),
        sa.Column("edited_at", instant),
        sa.Column("shown", sa.Text()),
        sa.Column("trouble", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_club_news")),
        sa.ForeignKeyConstraint(
            ["guild_id", "club_id"],
            ["club.guild_id", "club.id"],
            name=op.f("fk_club_news_guild_id_club_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "trouble IN ('channel-gone', 'forbidden')", name=op.f("ck_club_news_trouble")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_club_news_guild_id_club_id_topic"),
        "club_news",
        ["guild_id", "club_id", "topic"],
        unique=False,
    )
    op.create_table(
        "session_card",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("session_id", snowflake, nullable=False),
        sa.Column("channel_id", snowflake, nullable=False),
        sa.Column("message_id", snowflake, nullable=False),
        sa.Column("shown", sa.Text()),
        sa.Column("edited_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_card")),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"],
            ["session.guild_id", "session.id"],
            name=op.f("fk_session_card_guild_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "guild_id", "message_id", name=op.f("uq_session_card_guild_id_message_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_session_card_guild_id_session_id"),
        "session_card",
        ["guild_id", "session_id"],
        unique=False,
    )
    op.create_table(
        "paper_poll",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("club_id", snowflake, nullable=False),
        sa.Column("channel_id", snowflake, nullable=False),
        sa.Column("poll_id", snowflake, nullable=False),
        sa.Column("ends_at", instant, nullable=False),
        sa.Column("posted_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_poll")),
        sa.ForeignKeyConstraint(
            ["guild_id", "club_id"],
            ["club.guild_id", "club.id"],
            name=op.f("fk_paper_poll_guild_id_club_id"),
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
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
            "kind IN ('check-in-half-way', 'check-in-before-due', 'signup-overdue', 'signup-expires', 'offer-expires', 'away-begins', 'away-ends', 'notice', 'board', 'split-panel', 'split-deadline', 'club-news', 'session-cards', 'paper-poll', 'native-events', 'presenter-asked', 'erasure', 'backups-gone', 'guild-erasure')",
            name=op.f("ck_deadline_kind"),
        ),
        sa.UniqueConstraint(
            "guild_id", "kind", "subject_id", name=op.f("uq_deadline_guild_id_kind_subject_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    columns = "id, guild_id, kind, subject_id, due_at"
    # Ids that were given once are never given again: the counter goes over too.
    op.execute(f"INSERT INTO deadline_new ({columns}) SELECT {columns} FROM deadline")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'deadline_new'")
        op.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT 'deadline_new', seq"
            " FROM sqlite_sequence WHERE name = 'deadline'"
        )
    op.drop_table("deadline")
    op.rename_table("deadline_new", "deadline")
    op.create_index(op.f("ix_deadline_due_at"), "deadline", ["due_at"], unique=False)
