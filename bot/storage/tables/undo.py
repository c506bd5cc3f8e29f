"""What can be taken back, and what waits to be confirmed."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.metadata import guild_column, metadata, number, of_guild
from bot.storage.types import Flag, Instant

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
