"""The ledger of reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

# Written out, not imported: a migration must mean the same when the program has moved on.
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")

is_open = "state IN ('pending', 'claimed', 'sending', 'stale')"


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", number, sa.Identity(), nullable=False),
        sa.Column("guild_id", number, nullable=False),
        sa.Column("club_id", number, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("reader", number, nullable=False),
        sa.Column("user_id", number),
        sa.Column("dest", number, nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.Column("deadline_at", instant, nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False, server_default="pending"),
        sa.Column("reason", sa.Text()),
        sa.Column("next_at", instant),
        sa.Column("gen", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("owner", sa.Text()),
        sa.Column("first_post_at", instant),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("plain", flag, nullable=False, server_default=sa.false()),
        sa.Column("amend", flag, nullable=False, server_default=sa.false()),
        sa.Column("message_id", number),
        sa.Column("last_code", sa.Integer()),
        sa.Column("merged_into", number),
        sa.Column("settled_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.ForeignKeyConstraint(
            ["guild_id"],
            ["guild.guild_id"],
            ondelete="CASCADE",
            name=op.f("fk_delivery_guild_id"),
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            ondelete="CASCADE",
            name=op.f("fk_delivery_guild_id_user_id"),
        ),
        sa.CheckConstraint(
            "kind IN ('digest', 'read-by', 'day-before', 'hour-before', 'moved', 'offer',"
            " 'check-in')",
            name=op.f("ck_delivery_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'claimed', 'sending', 'stale', 'sent', 'failed', 'skipped',"
            " 'cancelled', 'unknown')",
            name=op.f("ck_delivery_state"),
        ),
        sa.CheckConstraint(
            "reason IN ('late', 'coalesced', 'merged', 'quiet', 'budget', 'back-off',"
            " 'not-needed', 'restored', 'forbidden', 'gone', 'closed', 'malformed', 'blocked',"
            " 'attempts', 'unreadable', 'fault')",
            name=op.f("ck_delivery_reason"),
        ),
        sa.CheckConstraint(
            "reader = coalesce(user_id, 0) AND (user_id IS NULL OR dest = user_id)",
            name=op.f("ck_delivery_reader"),
        ),
        sa.CheckConstraint(f"(next_at IS NOT NULL) = ({is_open})", name=op.f("ck_delivery_open")),
        sa.CheckConstraint(
            "(state = 'pending') <= (first_post_at IS NULL) AND (state = 'claimed')"
            " <= (first_post_at IS NULL) AND (state IN ('sending', 'sent', 'stale', 'unknown'))"
            " <= (first_post_at IS NOT NULL)",
            name=op.f("ck_delivery_first_post"),
        ),
        sa.CheckConstraint(
            "(state IN ('failed', 'skipped', 'unknown')) = (reason IS NOT NULL)",
            name=op.f("ck_delivery_why"),
        ),
        sa.CheckConstraint(
            "(reason = 'merged') <= (merged_into IS NOT NULL)", name=op.f("ck_delivery_merged")
        ),
        sa.UniqueConstraint(
            "guild_id",
            "club_id",
            "key",
            "kind",
            "part",
            "reader",
            name=op.f("uq_delivery_guild_id_club_id_key_kind_part_reader"),
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_delivery_open"),
        "delivery",
        ["next_at"],
        sqlite_where=sa.text(is_open),
        postgresql_where=sa.text(is_open),
    )
    op.create_index(
        op.f("ix_delivery_guild_id_dest_due_at"), "delivery", ["guild_id", "dest", "due_at"]
    )
    op.create_index(
        op.f("ix_delivery_merged"),
        "delivery",
        ["merged_into"],
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_table(
        "ledger_restore",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("backup_at", instant, nullable=False),
        sa.Column("restored_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_restore")),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_restore_single")),
        sqlite_strict=True,
    )
