"""Rounds of splitting: what is split, who is in with which wishes, what was shown and published."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.living import MessageTrouble
from bot.domain.rounds import EACH, HOURS, WEEKS, RoundState, RoundUnit
from bot.storage.tables.metadata import (
    guild_column,
    guild_key,
    metadata,
    number_key,
    of_guild,
    of_member,
    user_column,
    user_key,
)
from bot.storage.types import Choice, Flag, Instant, one_of, within

_LIVE = "state IN ('collecting', 'published')"
_AMOUNTS = range(max(EACH[-1], HOURS[-1]) + 1)


def _of_round() -> sa.ForeignKeyConstraint:
    """The row belongs to a round and goes with it."""
    return sa.ForeignKeyConstraint(["round_id"], ["split_round.id"], ondelete="CASCADE")


def _round_key() -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("round_id", kind, primary_key=True, autoincrement=False)


# One round. At most one of a server's is live, which a unique index sees to.
split_round = sa.Table(
    "split_round",
    metadata,
    number_key(),
    guild_column(),
    sa.Column("state", Choice(RoundState), nullable=False),
    sa.Column("unit", Choice(RoundUnit), nullable=False),
    # Papers for each member, or hours a week: one of the two is null.
    sa.Column("each_papers", sa.Integer),
    sa.Column("hours_a_week", sa.Integer),
    sa.Column("weeks", sa.Integer, nullable=False),
    user_column("started_by", nullable=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("deadline_at", Instant, nullable=False),
    sa.Column("published_at", Instant),
    sa.Column("closed_at", Instant),
    # How much coverage may go to wishes, in percent; null until an organiser says.
    sa.Column("slack", sa.Integer),
    # Whether a change after publishing may move no promise at all.
    sa.Column("keeps", Flag, nullable=False, server_default=sa.true()),
    # Of the problem whose split was last shown to an organiser (split_draft holds its pairs).
    sa.Column("fingerprint", sa.Text),
    # The panel, a message that lives on as a board's does.
    user_column("channel_id"),
    user_column("message_id", nullable=True),
    sa.Column("posted_at", Instant),
    sa.Column("edited_at", Instant),
    sa.Column("shown", sa.Text),
    sa.Column("trouble", Choice(MessageTrouble)),
    of_guild(),
    sa.CheckConstraint(one_of("state", RoundState), name="state"),
    sa.CheckConstraint(one_of("unit", RoundUnit), name="unit"),
    sa.CheckConstraint("(each_papers IS NULL) <> (hours_a_week IS NULL)", name="measure"),
    sa.CheckConstraint(within("each_papers", EACH), name="each_papers"),
    sa.CheckConstraint(within("hours_a_week", HOURS), name="hours_a_week"),
    sa.CheckConstraint(within("weeks", WEEKS), name="weeks"),
    sa.CheckConstraint(within("slack", range(101)), name="slack"),
    sa.CheckConstraint(one_of("trouble", MessageTrouble), name="trouble"),
    sa.CheckConstraint("(closed_at IS NULL) = (state <> 'closed')", name="closed"),
    sa.Index(
        "uq_split_round_live",
        "guild_id",
        unique=True,
        sqlite_where=sa.text(_LIVE),
        postgresql_where=sa.text(_LIVE),
    ),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# A paper of a round; ``seats`` are more than it had, where an organiser raised them.
split_item = sa.Table(
    "split_item",
    metadata,
    guild_key(),
    _round_key(),
    sa.Column("paper_id", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("seats", sa.Integer),
    of_guild(),
    _of_round(),
    sqlite_strict=True,
)

# Somebody who is in. ``first_id`` and the wishes are ids of papers of the round.
split_answer = sa.Table(
    "split_answer",
    metadata,
    guild_key(),
    _round_key(),
    user_key(),
    sa.Column("amount", sa.Integer),
    # They found it too much: no more papers than that.
    sa.Column("most", sa.Integer),
    sa.Column("answered_at", Instant, nullable=False),
    of_member(),
    _of_round(),
    sa.CheckConstraint(within("amount", _AMOUNTS), name="amount"),
    sqlite_strict=True,
)

# One wish: 1 the first choice, 2 what is also wanted, 0 what they rather not read.
split_wish = sa.Table(
    "split_wish",
    metadata,
    guild_key(),
    _round_key(),
    user_key(),
    sa.Column("paper_id", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    of_member(),
    _of_round(),
    sa.CheckConstraint(within("place", range(3)), name="place"),
    sqlite_strict=True,
)

# The pairs of the split that was last shown to an organiser: the ones that publishing takes.
split_draft = sa.Table(
    "split_draft",
    metadata,
    guild_key(),
    _round_key(),
    user_key(),
    sa.Column("paper_id", sa.Text, primary_key=True),
    of_member(),
    _of_round(),
    sqlite_strict=True,
)

# A pair that was published. How far its reader has come, their sign-up and depth say.
split_pair = sa.Table(
    "split_pair",
    metadata,
    guild_key(),
    _round_key(),
    user_key(),
    sa.Column("paper_id", sa.Text, primary_key=True),
    sa.Column("published_at", Instant, nullable=False),
    sa.Column("accepted_at", Instant),
    sa.Column("dropped_at", Instant),
    of_member(),
    _of_round(),
    sqlite_strict=True,
)
