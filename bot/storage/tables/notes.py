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
    # What a card counts and shows touches this index alone.
    sa.Index(
        "ix_note_open",
        "guild_id",
        "paper_id",
        "created_at",
        sqlite_where=sa.text("shared = 1 AND hidden_at IS NULL"),
        postgresql_where=sa.text("shared AND hidden_at IS NULL"),
    ),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# The full-text index over the notes, kept in step by triggers. Beside the text it indexes who
# may find a note (its member, and everybody in the server once it is shared and not hidden) and
# its paper, one word each, so that other servers and closed papers cost a search nothing. The
# short prefixes have an index of their own: the last word of a search is rarely whole.
_NOTE_SEARCH = (
    (
        "CREATE VIEW note_entry AS SELECT id,"
        " CASE WHEN user_id IS NULL THEN '' ELSE 'u' || guild_id || 'x' || user_id END"
        " || CASE WHEN shared = 1 AND hidden_at IS NULL THEN ' s' || guild_id ELSE '' END AS scope,"
        " 'p' || hex(paper_id) AS paper, text FROM note"
    ),
    (
        "CREATE VIRTUAL TABLE note_text USING fts5(scope, paper, text, content='note_entry',"
        " content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3', columnsize=0)"
    ),
    (
        "CREATE TRIGGER note_added AFTER INSERT ON note BEGIN"
        " INSERT INTO note_text (rowid, scope, paper, text)"
        " SELECT id, scope, paper, text FROM note_entry WHERE id = new.id; END"
    ),
    (
        "CREATE TRIGGER note_gone BEFORE DELETE ON note BEGIN"
        " INSERT INTO note_text (note_text, rowid, scope, paper, text)"
        " SELECT 'delete', id, scope, paper, text FROM note_entry WHERE id = old.id; END"
    ),
    (
        "CREATE TRIGGER note_changes BEFORE UPDATE ON note BEGIN"
        " INSERT INTO note_text (note_text, rowid, scope, paper, text)"
        " SELECT 'delete', id, scope, paper, text FROM note_entry WHERE id = old.id; END"
    ),
    (
        "CREATE TRIGGER note_changed AFTER UPDATE ON note BEGIN"
        " INSERT INTO note_text (rowid, scope, paper, text)"
        " SELECT id, scope, paper, text FROM note_entry WHERE id = new.id; END"
    ),
)


def _create_search(_table: sa.Table, connection: sa.Connection, **_options: object) -> None:
    if connection.dialect.name == "sqlite":
        for statement in _NOTE_SEARCH:
            connection.exec_driver_sql(statement)


sa.event.listen(note, "after_create", _create_search)

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
