"""The ledger of reminders: one row for each that was ever planned, and what became of it."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.reminders import CHANNEL, OPEN_STATES, DeliveryState, Reason, ReminderKind
from bot.storage.tables.metadata import (
    guild_column,
    metadata,
    number,
    number_key,
    of_guild,
    of_member,
    user_column,
)
from bot.storage.types import Choice, Flag, Instant, Snowflake, one_of

_OPEN = "state IN ({})".format(", ".join(f"'{state.value}'" for state in OPEN_STATES))

delivery = sa.Table(
    "delivery",
    metadata,
    number_key(),
    guild_column(),
    # What it is, for good. No foreign key to a club: a row outlives what it was about.
    number("club_id"),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("kind", Choice(ReminderKind), nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    # A member's id, or 0 for the club's channel.
    number("reader"),
    user_column(nullable=True),
    # Where it goes: the id of the channel, or of the member.
    sa.Column("dest", Snowflake, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("deadline_at", Instant, nullable=False),
    sa.Column("urgency", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("body", sa.Text),
    # How far it is.
    sa.Column(
        "state", Choice(DeliveryState), nullable=False, server_default=DeliveryState.PENDING.value
    ),
    sa.Column("reason", Choice(Reason)),
    # When there is something to do about it next: it is due, or its claim has run out.
    sa.Column("next_at", Instant),
    # Counts the claims. Only who made the newest one may write what became of it.
    sa.Column("gen", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("owner", sa.Text),
    # Since when a message may be out there; never set anew.
    sa.Column("first_post_at", Instant),
    sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("plain", Flag, nullable=False, server_default=sa.false()),
    # What it says was changed while it was under way.
    sa.Column("amend", Flag, nullable=False, server_default=sa.false()),
    sa.Column("message_id", Snowflake),
    sa.Column("last_code", sa.Integer),
    # The delivery whose message tells this one as well.
    number("merged_into", nullable=True),
    sa.Column("settled_at", Instant),
    # Until when a member wants quiet: it is due then, and not late before.
    sa.Column("held_until", Instant),
    of_guild(),
    of_member(),
    sa.CheckConstraint(one_of("kind", ReminderKind), name="kind"),
    sa.CheckConstraint(one_of("state", DeliveryState), name="state"),
    sa.CheckConstraint(one_of("reason", Reason), name="reason"),
    sa.CheckConstraint(
        f"reader = coalesce(user_id, {CHANNEL}) AND (user_id IS NULL OR dest = user_id)",
        name="reader",
    ),
    sa.CheckConstraint(f"(next_at IS NOT NULL) = ({_OPEN})", name="open"),
    sa.CheckConstraint(
        "(state = 'pending') <= (first_post_at IS NULL) AND (state = 'claimed')"
        " <= (first_post_at IS NULL) AND (state IN ('sending', 'sent', 'stale', 'unknown'))"
        " <= (first_post_at IS NOT NULL)",
        name="first_post",
    ),
    sa.CheckConstraint(
        "(state IN ('failed', 'skipped', 'unknown')) = (reason IS NOT NULL)", name="why"
    ),
    sa.CheckConstraint("(reason = 'merged') <= (merged_into IS NOT NULL)", name="merged"),
    sa.UniqueConstraint("guild_id", "club_id", "key", "kind", "part", "reader"),
    # What is open is little, however long the ledger grows.
    sa.Index(
        "ix_delivery_open",
        "next_at",
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    ),
    # What else goes, or went, to the same place.
    sa.Index(None, "guild_id", "dest", "due_at"),
    sa.Index(
        "ix_delivery_merged",
        "merged_into",
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    ),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# One row once a backup was restored: what was due in between may have been delivered already.
ledger_restore = sa.Table(
    "ledger_restore",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("backup_at", Instant, nullable=False),
    sa.Column("restored_at", Instant, nullable=False),
    sa.CheckConstraint("id = 1", name="single"),
    sqlite_strict=True,
)
