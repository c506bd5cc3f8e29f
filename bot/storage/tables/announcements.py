"""What clubs announce of themselves: messages that outlive the change they tell of."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.living import MessageTrouble
from bot.storage.tables.clubs import of_club
from bot.storage.tables.metadata import guild_column, metadata, number, number_key
from bot.storage.types import Choice, Instant, Snowflake, one_of

club_news = sa.Table(
    "club_news",
    metadata,
    number_key(),
    guild_column(),
    number("club_id"),
    sa.Column("channel_id", Snowflake, nullable=False),
    # What of the club was changed, or the original day of the session that was.
    sa.Column("topic", sa.Text, nullable=False),
    # What was before, as JSON.
    sa.Column("was", sa.Text, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("message_id", Snowflake),
    sa.Column("posted_at", Instant),
    sa.Column("edited_at", Instant),
    # A digest of what the message shows, so that an edit that changes nothing is not sent.
    sa.Column("shown", sa.Text),
    sa.Column("trouble", Choice(MessageTrouble)),
    of_club(),
    sa.CheckConstraint(one_of("trouble", MessageTrouble), name="trouble"),
    sa.Index(None, "guild_id", "club_id", "topic"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# A poll for a club's next paper, until its result is said.
paper_poll = sa.Table(
    "paper_poll",
    metadata,
    number_key(),
    guild_column(),
    number("club_id"),
    sa.Column("channel_id", Snowflake, nullable=False),
    # The message that holds it.
    sa.Column("poll_id", Snowflake, nullable=False),
    sa.Column("ends_at", Instant, nullable=False),
    # When it was last attempted to say the result.
    sa.Column("posted_at", Instant),
    of_club(),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
