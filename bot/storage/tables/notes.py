"""Members' notes on papers, and the wish to be erased."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.notes import LONGEST_NOTE, NoteKind
from bot.storage.tables.metadata import (
    guild_column,
    guild_key,
    metadata,
    number_key,
    of_guild,
    of_member,
    user_column,
    user_key,
)
from bot.storage.types import Choice, Flag, Instant, one_of

note = sa.Table(
    "note",
    metadata,
    number_key(),
    guild_column(),
    # Null where the member was erased and left the note without a name.
    user_column(nullable=True),
    sa.Column("paper_id", sa.Text, nullable=False),
    sa.Column("kind", Choice(NoteKind), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("shared", Flag, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    # The message it was saved from, and who had written that.
    user_column("source_channel_id", nullable=True),
    user_column("source_message_id", nullable=True),
    user_column("source_author_id", nullable=True),
    # The interaction that made it: Discord may deliver one twice.
    user_column("interaction_id", nullable=True),
    sa.Column("hidden_at", Instant),
    user_column("hidden_by", nullable=True),
    of_guild(),
    of_member(),
    sa.CheckConstraint(one_of("kind", NoteKind), name="kind"),
    sa.CheckConstraint(f"length(text) BETWEEN 1 AND {LONGEST_NOTE}", name="text"),
    sa.UniqueConstraint("interaction_id", "kind"),
    sa.Index(None, "guild_id", "paper_id", "created_at"),
    sa.Index(None, "guild_id", "user_id", "created_at"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# A member found a shared note wrong for this server; organisers look at it.
note_report = sa.Table(
    "note_report",
    metadata,
    guild_key(),
    sa.Column(
        "note_id",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.ForeignKey("note.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    user_key(),
    sa.Column("reported_at", Instant, nullable=False),
    of_member(),
    sqlite_strict=True,
)

# A member asked to be erased; until it takes effect they may think better of it.
erasure = sa.Table(
    "erasure",
    metadata,
    number_key(),
    guild_column(),
    user_column(),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("keep_notes", Flag, nullable=False),
    of_member(),
    sa.UniqueConstraint("guild_id", "user_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
