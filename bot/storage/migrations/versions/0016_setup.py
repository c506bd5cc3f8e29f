"""What a server decides at its set-up, what kind of club a club is, and members' interests."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.execute(f"ALTER TABLE guild ADD COLUMN home_channel_id {_snowflake()}")
    op.execute("ALTER TABLE guild ADD COLUMN zone TEXT")
    for table in ("guild", "club"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN preset TEXT CONSTRAINT ck_{table}_preset"
            " CHECK (preset IN ('journal', 'seminar', 'book'))"
        )
    op.create_table(
        "member_interest",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", "topic", name=op.f("pk_member_interest")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_member_interest_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )


def _snowflake() -> str:
    return "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
