"""Full-text search over members' notes."""

from alembic import op
import sqlalchemy as sa

revision = "0003"
down_revision = "0002"

# Written out, not imported: a migration must mean the same when the program has moved on.
statements = (
    "CREATE VIEW note_entry AS SELECT id,"
    " CASE WHEN user_id IS NULL THEN '' ELSE 'u' || guild_id || 'x' || user_id END"
    " || CASE WHEN shared = 1 AND hidden_at IS NULL THEN ' s' || guild_id ELSE '' END AS scope,"
    " 'p' || hex(paper_id) AS paper, text FROM note",
    "CREATE VIRTUAL TABLE note_text USING fts5(scope, paper, text, content='note_entry',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3', columnsize=0)",
    "CREATE TRIGGER note_added AFTER INSERT ON note BEGIN"
    " INSERT INTO note_text (rowid, scope, paper, text)"
    " SELECT id, scope, paper, text FROM note_entry WHERE id = new.id; END",
    "CREATE TRIGGER note_gone BEFORE DELETE ON note BEGIN"
    " INSERT INTO note_text (note_text, rowid, scope, paper, text)"
    " SELECT 'delete', id, scope, paper, text FROM note_entry WHERE id = old.id; END",
    "CREATE TRIGGER note_changes BEFORE UPDATE ON note BEGIN"
    " INSERT INTO note_text (note_text, rowid, scope, paper, text)"
    " SELECT 'delete', id, scope, paper, text FROM note_entry WHERE id = old.id; END",
    "CREATE TRIGGER note_changed AFTER UPDATE ON note BEGIN"
    " INSERT INTO note_text (rowid, scope, paper, text)"
    " SELECT id, scope, paper, text FROM note_entry WHERE id = new.id; END",
)


def upgrade() -> None:
    op.create_index(
        op.f("ix_note_open"),
        "note",
        ["guild_id", "paper_id", "created_at"],
        sqlite_where=sa.text("shared = 1 AND hidden_at IS NULL"),
        postgresql_where=sa.text("shared AND hidden_at IS NULL"),
    )
    for statement in statements:
        op.execute(statement)
    op.execute("INSERT INTO note_text (note_text) VALUES ('rebuild')")
