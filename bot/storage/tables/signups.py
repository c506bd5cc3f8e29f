"""Sign-ups, what is due and when, what members are still to be told, and boards.

Both limits are kept by unique keys: a reader of a paper holds one of its numbered seats, and
each open sign-up of a member one of the member's numbered slots. Nobody counts and then inserts.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.boards import BoardScope
from bot.domain.deadlines import DeadlineKind
from bot.domain.living import MessageTrouble
from bot.domain.notices import NoticeKind
from bot.domain.signups import OPEN_LIMITS, SEAT_LIMITS, SignupState
from bot.storage.tables.metadata import (
    guild_column,
    guild_key,
    metadata,
    number,
    number_key,
    of_guild,
    of_member,
    user_column,
)
from bot.storage.types import Choice, Flag, Instant, one_of, within

_LIVE = "state IN ('waiting', 'offered', 'open', 'paused')"

signup = sa.Table(
    "signup",
    metadata,
    number_key(),
    guild_column(),
    user_column(),
    sa.Column("paper_id", sa.Text, nullable=False),
    sa.Column("state", Choice(SignupState), nullable=False),
    # Which seat of the paper and which slot of the member it holds. An open sign-up without a
    # seat shares the paper with a co-reader, whose the seat is or may become.
    sa.Column("seat", sa.Integer),
    sa.Column("slot", sa.Integer),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("opened_at", Instant),
    sa.Column("due_at", Instant),
    sa.Column("shared_at", Instant),
    # When something was last logged for it, and when the reader last gave any sign of life.
    sa.Column("logged_at", Instant),
    sa.Column("active_at", Instant),
    # While paused: how much of the time to read is left, in seconds.
    sa.Column("seconds_left", sa.Integer),
    # The organiser who offered it, where it was not the waiting list.
    user_column("assigned_by", nullable=True),
    sa.Column("closed_at", Instant),
    of_member(),
    sa.CheckConstraint(one_of("state", SignupState), name="state"),
    sa.CheckConstraint(within("seat", SEAT_LIMITS), name="seat"),
    sa.CheckConstraint(within("slot", OPEN_LIMITS), name="slot"),
    sa.CheckConstraint(
        "CASE state WHEN 'open' THEN slot IS NOT NULL AND due_at IS NOT NULL"
        " AND (seat IS NOT NULL OR shared_at IS NOT NULL)"
        " WHEN 'offered' THEN seat IS NOT NULL AND slot IS NULL"
        " ELSE seat IS NULL AND slot IS NULL END",
        name="holds",
    ),
    sa.CheckConstraint("(state = 'paused') = (seconds_left IS NOT NULL)", name="seconds_left"),
    sa.CheckConstraint(f"(closed_at IS NULL) = ({_LIVE})", name="closed"),
    sa.UniqueConstraint("guild_id", "paper_id", "seat"),
    sa.UniqueConstraint("guild_id", "user_id", "slot"),
    sa.Index(
        "uq_signup_live",
        "guild_id",
        "user_id",
        "paper_id",
        unique=True,
        sqlite_where=sa.text(_LIVE),
        postgresql_where=sa.text(_LIVE),
    ),
    # The waiting list of a paper, in its order.
    sa.Index(None, "guild_id", "paper_id", "state", "id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# What a server decided about a paper; a paper without a row follows the server's defaults.
paper_setting = sa.Table(
    "paper_setting",
    metadata,
    guild_key(),
    sa.Column("paper_id", sa.Text, primary_key=True),
    sa.Column("seats", sa.Integer),
    # Others' notes open after one's own is in.
    sa.Column("blind", Flag, nullable=False, server_default=sa.false()),
    of_guild(),
    sa.CheckConstraint(within("seats", SEAT_LIMITS), name="seats"),
    sqlite_strict=True,
)

# What happens by itself, and when. ``subject_id`` is the key of the row it is about.
deadline = sa.Table(
    "deadline",
    metadata,
    number_key(),
    guild_column(),
    sa.Column("kind", Choice(DeadlineKind), nullable=False),
    number("subject_id"),
    sa.Column("due_at", Instant, nullable=False),
    of_guild(),
    sa.CheckConstraint(one_of("kind", DeadlineKind), name="kind"),
    sa.UniqueConstraint("guild_id", "kind", "subject_id"),
    sa.Index(None, "due_at"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# What a member is to be told privately: by DM after a yes, else at their next interaction.
notice = sa.Table(
    "notice",
    metadata,
    number_key(),
    guild_column(),
    user_column(),
    sa.Column("kind", Choice(NoticeKind), nullable=False),
    sa.Column("paper_id", sa.Text),
    number("signup_id", nullable=True),
    # Somebody else it speaks of.
    user_column("other_id", nullable=True),
    sa.Column("detail", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant),
    of_member(),
    of_member("other_id"),
    sa.CheckConstraint(one_of("kind", NoticeKind), name="kind"),
    sa.Index(None, "guild_id", "user_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# A living sign-up board: one message in one channel, kept up to date in place.
board = sa.Table(
    "board",
    metadata,
    number_key(),
    guild_column(),
    user_column("channel_id"),
    user_column("message_id", nullable=True),
    sa.Column("scope", Choice(BoardScope), nullable=False),
    # A theory's slug, or a topic or prerequisite; null for the whole list.
    sa.Column("subject", sa.Text),
    user_column("posted_by", nullable=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("posted_at", Instant),
    sa.Column("edited_at", Instant),
    # A digest of what the message shows, so that an edit that changes nothing is not sent.
    sa.Column("shown", sa.Text),
    sa.Column("trouble", Choice(MessageTrouble)),
    sa.Column("trouble_at", Instant),
    of_guild(),
    sa.CheckConstraint(one_of("scope", BoardScope), name="scope"),
    sa.CheckConstraint("(scope = 'all') = (subject IS NULL)", name="subject"),
    sa.CheckConstraint(one_of("trouble", MessageTrouble), name="trouble"),
    sa.CheckConstraint("(trouble IS NULL) = (trouble_at IS NULL)", name="trouble_at"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# Who did what for the whole server. Never what members wrote.
audit = sa.Table(
    "audit",
    metadata,
    number_key(),
    guild_column(),
    user_column("actor_id", nullable=True),
    sa.Column("action", sa.Text, nullable=False),
    # What it was done to, such as "paper:spline-icml2018" or "note:12".
    sa.Column("subject", sa.Text, nullable=False),
    user_column("member_id", nullable=True),
    sa.Column("happened_at", Instant, nullable=False),
    of_guild(),
    sa.Index(None, "guild_id", "happened_at"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
