"""The installation, the servers it serves and the members of each."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.coverage import DEFAULT_TARGET
from bot.domain.event_answers import EventTrouble
from bot.domain.guild import TARGET_READERS
from bot.domain.members import HOURS_A_WEEK, DmConsent, NoteSharing, Visibility
from bot.domain.presets import Preset
from bot.domain.signups import DEFAULT_OPEN_LIMIT, DEFAULT_SEATS, OPEN_LIMITS, SEAT_LIMITS
from bot.storage.tables.metadata import guild_key, metadata, of_guild, of_member, user_key
from bot.storage.types import Choice, Flag, Instant, Snowflake, one_of, within

# One row, made with the database: which installation this is, and which commands it has
# told Discord about.
deployment = sa.Table(
    "deployment",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("uuid", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("command_fingerprint", sa.Text),
    sa.CheckConstraint("id = 1", name="single"),
    sqlite_strict=True,
)


def _count(name: str, default: int) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text(str(default)))


# A server. It keeps its row after the bot has left, until it is erased.
guild = sa.Table(
    "guild",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("joined_at", Instant, nullable=False),
    sa.Column("left_at", Instant),
    _count("target_readers", DEFAULT_TARGET),
    # How many sign-ups a member may have open, and how many readers a paper takes at a time.
    _count("open_limit", DEFAULT_OPEN_LIMIT),
    _count("seats", DEFAULT_SEATS),
    sa.Column("organiser_role_id", Snowflake),
    # What keeps the sessions of its clubs from being scheduled events.
    sa.Column(
        "events_trouble",
        Choice(EventTrouble),
        sa.CheckConstraint(one_of("events_trouble", EventTrouble), name="events_trouble"),
    ),
    # Where clubs, boards and splits go, and in which zone, when nobody says.
    sa.Column("home_channel_id", Snowflake),
    sa.Column("zone", sa.Text),
    sa.Column(
        "preset", Choice(Preset), sa.CheckConstraint(one_of("preset", Preset), name="preset")
    ),
    sa.CheckConstraint(within("target_readers", TARGET_READERS), name="target_readers"),
    sa.CheckConstraint(within("open_limit", OPEN_LIMITS), name="open_limit"),
    sa.CheckConstraint(within("seats", SEAT_LIMITS), name="seats"),
    sqlite_strict=True,
)

# Somebody in one server; the same person in another server is another member.
member = sa.Table(
    "member",
    metadata,
    guild_key(),
    user_key(),
    sa.Column("display_name", sa.Text, nullable=False),
    sa.Column("first_seen_at", Instant, nullable=False),
    # An IANA name; None until the member says one.
    sa.Column("zone", sa.Text),
    sa.Column("hours_a_week", sa.Integer),
    sa.Column(
        "visibility", Choice(Visibility), nullable=False, server_default=Visibility.PRIVATE.value
    ),
    sa.Column("explains", Flag, nullable=False, server_default=sa.false()),
    sa.Column("on_name_board", Flag, nullable=False, server_default=sa.false()),
    sa.Column(
        "note_sharing", Choice(NoteSharing), nullable=False, server_default=NoteSharing.ASK.value
    ),
    sa.Column("dm", Choice(DmConsent), nullable=False, server_default=DmConsent.UNASKED.value),
    # Both or none: while away, sign-ups pause.
    sa.Column("away_from", Instant),
    sa.Column("away_until", Instant),
    # Since when the member is known to have left the server; their sign-ups pause.
    sa.Column("departed_at", Instant),
    # When they last did something that is kept.
    sa.Column("acted_at", Instant),
    # Since when Discord takes no direct messages for them; until they allow them anew.
    sa.Column("dm_closed_at", Instant),
    of_guild(),
    sa.CheckConstraint(within("hours_a_week", HOURS_A_WEEK), name="hours_a_week"),
    sa.CheckConstraint(one_of("visibility", Visibility), name="visibility"),
    sa.CheckConstraint(one_of("note_sharing", NoteSharing), name="note_sharing"),
    sa.CheckConstraint(one_of("dm", DmConsent), name="dm"),
    sa.CheckConstraint(
        "(away_from IS NULL) = (away_until IS NULL)"
        " AND (away_from IS NULL OR away_from < away_until)",
        name="away",
    ),
    sqlite_strict=True,
)

# What a member knows already, in the catalogue's words for prerequisites.
member_tag = sa.Table(
    "member_tag",
    metadata,
    guild_key(),
    user_key(),
    sa.Column("tag", sa.Text, primary_key=True),
    of_member(),
    sqlite_strict=True,
)

# When an organiser of the server last said that they had seen what failed.
health_seen = sa.Table(
    "health_seen",
    metadata,
    guild_key(),
    sa.Column("seen_at", Instant, nullable=False),
    of_guild(),
    sqlite_strict=True,
)

# What a member would like to read about, in the catalogue's words for topics and prerequisites.
member_interest = sa.Table(
    "member_interest",
    metadata,
    guild_key(),
    user_key(),
    sa.Column("topic", sa.Text, primary_key=True),
    of_member(),
    sqlite_strict=True,
)
