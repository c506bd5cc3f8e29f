"""What all tables share: the naming of constraints and the columns and keys of every day."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.types import Snowflake

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def number_key(name: str = "id") -> sa.Column[int]:
    """A key the database counts up by itself and never gives twice.

    So an id in an old button can never come to mean something newer. The table needs
    ``sqlite_autoincrement=True``.
    """
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, sa.Identity(), primary_key=True)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """The key of a row in another table, kept without a foreign key."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=nullable)


def guild_key() -> sa.Column[int]:
    """The server as the first part of a table's key."""
    return sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False)


def user_key() -> sa.Column[int]:
    """The member as the second part of a table's key."""
    return sa.Column("user_id", Snowflake, primary_key=True, autoincrement=False)


def guild_column() -> sa.Column[int]:
    """The server a row with a key of its own belongs to."""
    return sa.Column("guild_id", Snowflake, nullable=False)


def user_column(name: str = "user_id", *, nullable: bool = False) -> sa.Column[int]:
    """The member a row with a key of its own is about."""
    return sa.Column(name, Snowflake, nullable=nullable)


def of_guild() -> sa.ForeignKeyConstraint:
    """The row belongs to a server and goes with it."""
    return sa.ForeignKeyConstraint(["guild_id"], ["guild.guild_id"], ondelete="CASCADE")


def of_member(column: str = "user_id") -> sa.ForeignKeyConstraint:
    """The row belongs to a member and goes with them (none, where the column is null)."""
    return sa.ForeignKeyConstraint(
        ["guild_id", column], ["member.guild_id", "member.user_id"], ondelete="CASCADE"
    )
