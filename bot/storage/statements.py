"""The one construct that SQLAlchemy leaves to each database: insert, or else update."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Upsert = sqlite.Insert | postgresql.Insert


def insert(conn: AsyncConnection, table: sa.Table) -> Upsert:
    """An INSERT into ``table`` that knows ON CONFLICT, for the database behind ``conn``."""
    if conn.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
