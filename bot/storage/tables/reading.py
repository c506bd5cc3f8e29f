"""How well members know papers, how they came to know them, and who explained them to whom."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.progress import Depth
from bot.storage.tables.metadata import (
    guild_column,
    guild_key,
    metadata,
    number_key,
    of_member,
    user_column,
    user_key,
)
from bot.storage.types import Choice, Flag, Instant, Snowflake, one_of

# How well a member knows a paper. Which theory a paper belongs to is the catalogue's to say.
reading = sa.Table(
    "reading",
    metadata,
    guild_key(),
    user_key(),
    sa.Column("paper_id", sa.Text, primary_key=True),
    sa.Column("depth", Choice(Depth), nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    of_member(),
    sa.CheckConstraint(one_of("depth", Depth), name="depth"),
    # Counting readers touches this index alone, never the rows.
    sa.Index(None, "guild_id", "paper_id", "depth", "user_id"),
    sqlite_strict=True,
)

# A section of a paper that a member has done.
section_done = sa.Table(
    "section_done",
    metadata,
    guild_key(),
    user_key(),
    sa.Column("paper_id", sa.Text, primary_key=True),
    sa.Column("section_id", sa.Text, primary_key=True),
    sa.Column("done_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(
        ["guild_id", "user_id", "paper_id"],
        ["reading.guild_id", "reading.user_id", "reading.paper_id"],
        ondelete="CASCADE",
    ),
    sqlite_strict=True,
)

# Every change of a depth, so that coverage can be drawn over time. ``depth`` is null where a
# reading was taken back altogether.
depth_change = sa.Table(
    "depth_change",
    metadata,
    number_key(),
    guild_column(),
    user_column(),
    sa.Column("paper_id", sa.Text, nullable=False),
    sa.Column("depth", Choice(Depth)),
    sa.Column("changed_at", Instant, nullable=False),
    of_member(),
    sa.CheckConstraint(one_of("depth", Depth), name="depth"),
    sa.Index(None, "guild_id", "changed_at"),
    sa.Index(None, "guild_id", "user_id", "paper_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# A member's offer to explain a paper to somebody in a quarter of an hour.
teach_offer = sa.Table(
    "teach_offer",
    metadata,
    number_key(),
    guild_column(),
    user_column(),
    sa.Column("paper_id", sa.Text, nullable=False),
    sa.Column("offered_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
    of_member(),
    sa.Index(
        "uq_teach_offer_open",
        "guild_id",
        "user_id",
        "paper_id",
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    ),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# What a listener said of an explanation, once a pair and paper. ``unclear_step`` is null where
# the listener could now explain it too. ``listener_id`` is null once the listener is erased.
explanation = sa.Table(
    "explanation",
    metadata,
    number_key(),
    guild_column(),
    user_column(),
    user_column("listener_id", nullable=True),
    sa.Column("paper_id", sa.Text, nullable=False),
    sa.Column("heard_at", Instant, nullable=False),
    sa.Column("unclear_step", sa.Text),
    of_member(),
    sa.UniqueConstraint("guild_id", "user_id", "listener_id", "paper_id"),
    sa.CheckConstraint("user_id <> listener_id", name="somebody_else"),
    # Counting who explained a paper touches this index alone, never the rows.
    sa.Index(
        "ix_explanation_clear",
        "guild_id",
        "paper_id",
        "user_id",
        sqlite_where=sa.text("unclear_step IS NULL"),
        postgresql_where=sa.text("unclear_step IS NULL"),
    ),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# Who asked whom to explain a paper, so that one tap asks once.
explanation_request = sa.Table(
    "explanation_request",
    metadata,
    guild_key(),
    user_key(),
    sa.Column("asked_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("paper_id", sa.Text, primary_key=True),
    sa.Column("asked_at", Instant, nullable=False),
    of_member(),
    of_member("asked_id"),
    sa.CheckConstraint("user_id <> asked_id", name="somebody_else"),
    sqlite_strict=True,
)

# Who asked to be introduced to whom, once a pair, and what the other said (null: nothing yet).
introduction = sa.Table(
    "introduction",
    metadata,
    number_key(),
    guild_column(),
    user_column(),
    user_column("asked_id"),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("agreed", Flag),
    of_member(),
    of_member("asked_id"),
    sa.CheckConstraint("user_id <> asked_id", name="somebody_else"),
    sa.UniqueConstraint("guild_id", "user_id", "asked_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
