"""Steps of organisers that can be undone."""

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
