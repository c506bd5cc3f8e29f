"""Notices about clubs whose channel cannot be written to."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

_COLUMNS = (
    "id, guild_id, user_id, kind, paper_id, signup_id, other_id, detail, created_at,"
    " expires_at, sending_at"
)


def upgrade() -> None:
    # SQLite changes no CHECK of a table: it is made anew, filled and put in the old one's place.
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
            "kind IN ('seat-offered', 'seat-assigned', 'offer-expired', 'check-in', 'seat-shared', 'co-reader', 'signup-expired', 'signup-removed', 'signup-extended', 'asked-to-explain', 'explanation-heard', 'note-hidden', 'note-reported', 'board-trouble', 'introduction-asked', 'introduced', 'split-published', 'split-changed', 'split-deadline', 'split-trouble', 'events-trouble', 'presenter-asked', 'club-trouble')",
            name=op.f("ck_notice_kind"),
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    # Ids that were given once are never given again: the counter goes over too.
    op.execute(f"INSERT INTO notice_new ({_COLUMNS}) SELECT {_COLUMNS} FROM notice")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'notice_new'")
        op.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT 'notice_new', seq FROM sqlite_sequence"
            " WHERE name = 'notice'"
        )
    op.drop_table("notice")
    op.rename_table("notice_new", "notice")
    op.create_index(
        op.f("ix_notice_guild_id_user_id"), "notice", ["guild_id", "user_id"], unique=False
    )
