"""Column types that mean the same on SQLite (STRICT: INTEGER, TEXT) and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

E = TypeVar("E", bound=StrEnum)

_BIGGEST = 2**63 - 1


class Snowflake(TypeDecorator[int]):
    """A Discord id: a positive number of at most 63 bits. INTEGER, on PostgreSQL BIGINT."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """INTEGER on SQLite, where a STRICT table knows no BIGINT."""
        return dialect.type_descriptor(
            sa.Integer() if dialect.name == "sqlite" else sa.BigInteger()
        )

    def process_bind_param(
        self,
        value: int | None,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy's signature)
    ) -> int | None:
        """Refuses what cannot be an id (ValueError), before a driver fails on it obscurely."""
        if value is not None and not 0 < value <= _BIGGEST:
            raise ValueError("a Discord id lies between 1 and 2**63 - 1")
        return value


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. TIMESTAMPTZ on PostgreSQL; on SQLite text of a fixed width.

    The text (``2026-01-05T18:00:00.000000Z``) sorts as the moments do. A naive datetime is
    refused with ValueError: whose wall clock it stood on can no longer be known.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """TEXT on SQLite, which has no type for a moment."""
        return dialect.type_descriptor(
            sa.Text() if dialect.name == "sqlite" else sa.DateTime(timezone=True)
        )

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """An aware datetime as what the database stores."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a stored moment must be an aware datetime")
        moment = value.astimezone(UTC)
        return instant_text(moment) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy's signature)
    ) -> datetime | None:
        """The stored moment as an aware datetime in UTC."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


def instant_text(moment: datetime) -> str:
    """An aware datetime as fixed-width ISO text in UTC, to the microsecond."""
    naive = moment.astimezone(UTC).replace(tzinfo=None)
    return naive.isoformat(timespec="microseconds") + "Z"


class Choice(TypeDecorator[E], Generic[E]):
    """A word out of a StrEnum, stored as text; any other word is refused with ValueError.

    The table says the same with a CHECK, written by ``one_of``.
    """

    impl = sa.Text
    cache_ok = True

    def __init__(self, choices: type[E]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(
        self,
        value: E | None,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy's signature)
    ) -> str | None:
        """The word itself: drivers other than sqlite3 refuse a subclass of str."""
        return None if value is None else str(self.choices(value).value)

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy's signature)
    ) -> E | None:
        """The member of the enumeration."""
        return None if value is None else self.choices(value)


def one_of(column: str, choices: type[StrEnum]) -> str:
    """The text of a CHECK that holds a column to the words of an enumeration."""
    words = ", ".join(f"'{choice.value}'" for choice in choices)
    return f"{column} IN ({words})"


def within(column: str, numbers: range) -> str:
    """The text of a CHECK that holds a column between the ends of a range."""
    return f"{column} BETWEEN {numbers[0]} AND {numbers[-1]}"


class Flag(TypeDecorator[bool]):
    """Yes or no. BOOLEAN on PostgreSQL; on SQLite, whose STRICT tables know none, 0 or 1."""

    impl = sa.Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """INTEGER on SQLite."""
        return dialect.type_descriptor(sa.Integer() if dialect.name == "sqlite" else sa.Boolean())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> bool | int | None:
        """What the database stores."""
        if value is None:
            return None
        return int(value) if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy's signature)
    ) -> bool | None:
        """A bool again."""
        return None if value is None else bool(value)
