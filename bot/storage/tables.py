"""The tables as they are after the newest migration.

Nothing is created from here outside tests: a database is made by the migrations, and a test
holds the two against each other.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.coverage import DEFAULT_TARGET
from bot.domain.progress import Depth
from bot.storage.types import Choice, Instant, Snowflake, one_of

# The most and fewest readers a server may ask for before a theory counts as met.
TARGET_READERS = range(1, 51)

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# One row, made with the database: which installation this is, and which commands it has
# told Discord about.
deployment = sa.Table(
    "deployment",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("uuid", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("command_fingerprint", sa.Text),
    sa.CheckConstraint("id = 1", name="single"),
    sqlite_strict=True,
)

# A server. It keeps its row after the bot has left, until it is erased.
guild = sa.Table(
    "guild",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("joined_at", Instant, nullable=False),
    sa.Column("left_at", Instant),
    sa.Column(
        "target_readers",
        sa.Integer,
        nullable=False,
        server_default=sa.text(str(DEFAULT_TARGET)),
    ),
    sa.CheckConstraint(
        f"target_readers BETWEEN {TARGET_READERS[0]} AND {TARGET_READERS[-1]}",
        name="target_readers",
    ),
    sqlite_strict=True,
)

# Somebody in one server; the same person in another server is another member.
member = sa.Table(
    "member",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("display_name", sa.Text, nullable=False),
    sa.Column("first_seen_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(["guild_id"], ["guild.guild_id"], ondelete="CASCADE"),
    sqlite_strict=True,
)

# How well a member knows a paper. Which theory a paper belongs to is the catalogue's to say.
reading = sa.Table(
    "reading",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("paper_id", sa.Text, primary_key=True),
    sa.Column("depth", Choice(Depth), nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(
        ["guild_id", "user_id"], ["member.guild_id", "member.user_id"], ondelete="CASCADE"
    ),
    sa.CheckConstraint(one_of("depth", Depth), name="depth"),
    # Counting readers touches this index alone, never the rows.
    sa.Index(None, "guild_id", "paper_id", "depth", "user_id"),
    sqlite_strict=True,
)
