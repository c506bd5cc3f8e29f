"""What can be taken back, and what waits to be confirmed."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.imports.contents import Format
from bot.storage.tables.metadata import (
    guild_column,
    metadata,
    number,
    number_key,
    of_guild,
    of_member,
    user_column,
)
from bot.storage.types import Choice, Flag, Instant, one_of

# A line of the trail that can be taken back until a moment; what was before, in the words of the
# use case, which name no member.
undo_step = sa.Table(
    "undo_step",
    metadata,
    number("line_id"),
    guild_column(),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Column("undone", Flag, nullable=False, server_default=sa.false()),
    sa.PrimaryKeyConstraint("line_id"),
    sa.ForeignKeyConstraint(["line_id"], ["audit.id"], ondelete="CASCADE"),
    of_guild(),
    sa.Index(None, "guild_id", "until"),
    sqlite_strict=True,
)

# A file of works that was read and waits to be confirmed by who attached it: one a member.
import_draft = sa.Table(
    "import_draft",
    metadata,
    number_key(),
    guild_column(),
    user_column(),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("format", Choice(Format), nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    # What the reading process said of it, line by line.
    sa.Column("lines", sa.Text, nullable=False),
    # The slug of a theory, shipped or the server's own.
    sa.Column("theory", sa.Text),
    sa.Column("expires_at", Instant, nullable=False),
    of_member(),
    sa.CheckConstraint(one_of("format", Format), name="format"),
    sa.UniqueConstraint("guild_id", "user_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
