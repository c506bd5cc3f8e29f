"""Column types for what a clock or a calendar on the wall shows, without a zone."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class Day(TypeDecorator[date]):
    """A local day. DATE on PostgreSQL; on SQLite text (``2026-01-05``), which sorts as days do."""

    impl = sa.Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """TEXT on SQLite, which has no type for a day."""
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date | str | None:
        """What the database stores."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.isoformat()

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy's signature)
    ) -> date | None:
        """A day again."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class WallTime(TypeDecorator[time]):
    """A time of day to the minute. TIME on PostgreSQL; on SQLite text (``18:00``)."""

    impl = sa.Time
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """TEXT on SQLite, which has no type for a time of day."""
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.Time())

    def process_bind_param(self, value: time | None, dialect: Dialect) -> time | str | None:
        """What the database stores."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.isoformat(timespec="minutes")

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy's signature)
    ) -> time | None:
        """A time of day again."""
        return time.fromisoformat(value) if isinstance(value, str) else value


class WallMoment(TypeDecorator[datetime]):
    """A day and a time on it to the minute. TIMESTAMP on PostgreSQL; on SQLite text.

    An aware datetime is refused with ValueError: it is an instant, for which there is ``Instant``.
    """

    impl = sa.DateTime(timezone=False)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """TEXT on SQLite, which has no type for it."""
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """What the database stores (``2026-01-05T18:00``)."""
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError("what a clock on the wall shows has no zone")
        return value.isoformat(timespec="minutes") if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy's signature)
    ) -> datetime | None:
        """A day and a time again."""
        return datetime.fromisoformat(value) if isinstance(value, str) else value
