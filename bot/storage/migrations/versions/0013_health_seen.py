"""What failed and was seen by an organiser, so that it need not be told again."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "health_seen",
        sa.Column("guild_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("seen_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_health_seen")),
        sa.ForeignKeyConstraint(
            ["guild_id"],
            ["guild.guild_id"],
            name=op.f("fk_health_seen_guild_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
