"""Until when a reminder to a member is held, because they want quiet."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("ALTER TABLE delivery ADD COLUMN held_until TEXT")
