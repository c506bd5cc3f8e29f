"""What the file of an import was called, so that the trail can say what came in."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("ALTER TABLE catalogue_edit ADD COLUMN file_name TEXT")
