"""Sessions, as far as they hold facts of their own: what is read, who comes, what is posted.

A session is known by its club and its original local day, whatever changes about its time. That
key is unique, so that no change of rule, zone or clock can make two of one.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.club_sessions import PresentingState, SessionStatus
from bot.domain.sessions import Answer
from bot.storage.tables.clubs import of_club
from bot.storage.tables.metadata import (
    guild_column,
    guild_key,
    metadata,
    number,
    number_key,
    of_member,
    user_column,
    user_key,
)
from bot.storage.types import Choice, Flag, Instant, Snowflake, one_of
from bot.storage.wall_types import Day, WallMoment


def of_session() -> sa.ForeignKeyConstraint:
    """The row belongs to a session of its own server and goes with it."""
    return sa.ForeignKeyConstraint(
        ["guild_id", "session_id"], ["session.guild_id", "session.id"], ondelete="CASCADE"
    )


def session_key() -> sa.Column[int]:
    """The session as a part of a table's key."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("session_id", kind, primary_key=True, autoincrement=False)


session = sa.Table(
    "session",
    metadata,
    number_key(),
    guild_column(),
    number("club_id"),
    # Null once the rule it came from holds no more; it stays until what was posted about it has
    # been taken down.
    sa.Column("original", Day),
    # What differs about its time: it is skipped, or moved to another wall-clock time.
    sa.Column("skipped", Flag, nullable=False, server_default=sa.false()),
    sa.Column("moved_to", WallMoment),
    # The instant it was last planned for: a cache, held against the zone at every start.
    sa.Column("starts_at", Instant),
    sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column(
        "status",
        Choice(SessionStatus),
        nullable=False,
        server_default=SessionStatus.PLANNED.value,
    ),
    sa.Column("paper_id", sa.Text),
    sa.Column("agenda", sa.Text),
    user_column("presenter_id", nullable=True),
    # Since when they are; it stays when they are erased.
    sa.Column("presenter_at", Instant),
    # Nobody is left to present: everybody gives a take in turn.
    sa.Column("takes", Flag, nullable=False, server_default=sa.false()),
    sa.Column("recap", sa.Text),
    sa.Column("thread_id", Snowflake),
    of_club(),
    sa.CheckConstraint("NOT (skipped AND moved_to IS NOT NULL)", name="change"),
    sa.CheckConstraint(one_of("status", SessionStatus), name="status"),
    sa.CheckConstraint("(original IS NULL) = (status = 'gone')", name="gone"),
    sa.CheckConstraint("presenter_id IS NULL OR presenter_at IS NOT NULL", name="presenter_at"),
    sa.UniqueConstraint("guild_id", "id"),
    sa.UniqueConstraint("guild_id", "club_id", "original"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# The sections to be read for a session, in their order.
session_part = sa.Table(
    "session_part",
    metadata,
    guild_key(),
    session_key(),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("paper_id", sa.Text, nullable=False),
    sa.Column("section_id", sa.Text, nullable=False),
    sa.Column("minutes", sa.Integer),
    # Which part of how many, where a section takes more than one session.
    sa.Column("number", sa.Integer, nullable=False, server_default=sa.text("1")),
    sa.Column("parts", sa.Integer, nullable=False, server_default=sa.text("1")),
    of_session(),
    sa.CheckConstraint("number BETWEEN 1 AND parts", name="number"),
    sa.CheckConstraint("minutes > 0", name="minutes"),
    sqlite_strict=True,
)

session_answer = sa.Table(
    "session_answer",
    metadata,
    guild_key(),
    session_key(),
    user_key(),
    sa.Column("answer", Choice(Answer), nullable=False),
    sa.Column("answered_at", Instant, nullable=False),
    of_session(),
    of_member(),
    sa.CheckConstraint(one_of("answer", Answer), name="answer"),
    sqlite_strict=True,
)

# Who said afterwards that they were there.
session_attendance = sa.Table(
    "session_attendance",
    metadata,
    guild_key(),
    session_key(),
    user_key(),
    sa.Column("noted_at", Instant, nullable=False),
    of_session(),
    of_member(),
    sqlite_strict=True,
)

# Who is asked to present (one at a time), and who cannot. Who agreed stands with the session.
session_presenting = sa.Table(
    "session_presenting",
    metadata,
    guild_key(),
    session_key(),
    user_key(),
    sa.Column("state", Choice(PresentingState), nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    of_session(),
    of_member(),
    sa.CheckConstraint(one_of("state", PresentingState), name="state"),
    sa.Index(
        "uq_session_presenting_asked",
        "guild_id",
        "session_id",
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    ),
    sqlite_strict=True,
)

# A message that shows the session. It is known for as long as it stands, so that a name that is
# erased goes from it.
session_card = sa.Table(
    "session_card",
    metadata,
    number_key(),
    guild_column(),
    number("session_id"),
    sa.Column("channel_id", Snowflake, nullable=False),
    sa.Column("message_id", Snowflake, nullable=False),
    # A digest of what it shows, so that an edit that changes nothing is not sent.
    sa.Column("shown", sa.Text),
    sa.Column("edited_at", Instant, nullable=False),
    of_session(),
    sa.UniqueConstraint("guild_id", "message_id"),
    sa.Index(None, "guild_id", "session_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# The native scheduled event that mirrors a session. It is known again by the tag at the end of
# its description, and by its id where somebody has edited the tag away.
session_event = sa.Table(
    "session_event",
    metadata,
    guild_key(),
    session_key(),
    sa.Column("tag", sa.Text, nullable=False),
    sa.Column("event_id", Snowflake, nullable=False),
    # How many said on the event that it interests them, when it was last looked at.
    sa.Column("interested", sa.Integer),
    of_session(),
    sa.UniqueConstraint("guild_id", "tag"),
    sqlite_strict=True,
)
