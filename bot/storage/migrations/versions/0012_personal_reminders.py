"""What members choose about their reminders, and direct messages through the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
wall_time = sa.Time().with_variant(sa.Text(), "sqlite")
flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")

is_open = "state IN ('pending', 'claimed', 'sending', 'stale')"
_DELIVERY = (
    "id, guild_id, club_id, key, kind, part, reader, user_id, dest, due_at, deadline_at, urgency,"
    " version, body, state, reason, next_at, gen, owner, first_post_at, attempts, plain, amend,"
    " message_id, last_code, merged_into, settled_at, held_until"
)


def upgrade() -> None:
    for column in ("acted_at", "dm_closed_at"):
        op.add_column("member", sa.Column(column, instant))
    _create_choices()
    _create_mutes()
    _rebuild_delivery()
    _rebuild_notice()


def _create_choices() -> None:
    op.create_table(
        "reminder_choice",
        sa.Column("guild_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("user_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("by_dm", flag, nullable=False, server_default=sa.false()),
        sa.Column("day_before", flag, nullable=False, server_default=sa.true()),
        sa.Column("hour_before", flag, nullable=False, server_default=sa.true()),
        sa.Column("reads_by", flag, nullable=False, server_default=sa.false()),
        sa.Column("mentioned", flag, nullable=False, server_default=sa.true()),
        sa.Column("quiet_from", wall_time),
        sa.Column("quiet_until", wall_time),
        sa.Column("budget", sa.Integer(), nullable=False, server_default=sa.text("2")),
        sa.Column("changed_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_reminder_choice")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_reminder_choice_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "(quiet_from IS NULL) = (quiet_until IS NULL)", name=op.f("ck_reminder_choice_quiet")
        ),
        sa.CheckConstraint("budget BETWEEN 0 AND 14", name=op.f("ck_reminder_choice_budget")),
        sqlite_strict=True,
    )


def _create_mutes() -> None:
    op.create_table(
        "club_mute",
        sa.Column("guild_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("club_id", number, autoincrement=False, nullable=False),
        sa.Column("user_id", snowflake, autoincrement=False, nullable=False),
        sa.Column("muted_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "club_id", "user_id", name=op.f("pk_club_mute")),
        sa.ForeignKeyConstraint(
            ["guild_id", "club_id"],
            ["club.guild_id", "club.id"],
            name=op.f("fk_club_mute_guild_id_club_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_club_mute_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )


def _rebuild_delivery() -> None:
    # SQLite changes no CHECK of a table: it is made anew, filled and put in the old one's place.
    op.create_table(
        "delivery_new",
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
        sa.Column("held_until", instant),
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
            " 'check-in', 'notice', 'split-ends')",
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
    _replace("delivery", _DELIVERY)
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
            "kind IN ('seat-offered', 'seat-assigned', 'offer-expired', 'check-in', 'seat-shared', 'co-reader', 'signup-expired', 'signup-removed', 'signup-extended', 'asked-to-explain', 'explanation-heard', 'note-hidden', 'note-reported', 'board-trouble', 'introduction-asked', 'introduced', 'split-published', 'split-changed', 'split-deadline', 'split-trouble', 'events-trouble', 'presenter-asked', 'club-trouble', 'dm-closed')",
            name=op.f("ck_notice_kind"),
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    _replace(
        "notice",
        "id, guild_id, user_id, kind, paper_id, signup_id, other_id, detail, created_at,"
        " expires_at",
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
