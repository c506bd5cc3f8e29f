"""The founding tables: this installation, its servers, their members and what they read."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "deployment",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("command_fingerprint", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment")),
        sa.CheckConstraint("id = 1", name=op.f("ck_deployment_single")),
        sqlite_strict=True,
    )
    op.create_table(
        "guild",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("joined_at", instant, nullable=False),
        sa.Column("left_at", instant),
        sa.Column("target_readers", sa.Integer(), nullable=False, server_default=sa.text("2")),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_guild")),
        sa.CheckConstraint(
            "target_readers BETWEEN 1 AND 50", name=op.f("ck_guild_target_readers")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "member",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("first_seen_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_member")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_member_guild_id"), ondelete="CASCADE"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "reading",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("depth", sa.Text(), nullable=False),
        sa.Column("updated_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", "paper_id", name=op.f("pk_reading")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_reading_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "depth IN ('signed-up', 'reading', 'read', 'almost', 'understood')",
            name=op.f("ck_reading_depth"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_reading_guild_id_paper_id_depth_user_id"),
        "reading",
        ["guild_id", "paper_id", "depth", "user_id"],
    )
