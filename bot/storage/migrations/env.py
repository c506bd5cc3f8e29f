"""Alembic's environment: runs on the connection, and so inside the transaction, it is given.

``bot.storage.migration`` hands the connection over and ends the transaction. There is no
ini file and nothing to run by hand.
"""

from __future__ import annotations

from alembic import context

# Batch mode: SQLite alters most things by rebuilding the table.
context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
