"""A server's own theories and papers, every step that changed them, and what is proposed."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.living import MessageTrouble
from bot.domain.own_entries import EditKind, EntryKind
from bot.domain.proposals import ProposalState
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
from bot.storage.types import Choice, Instant, one_of

# One step: an entry, or all those of an import. Its id is how far a reader has read.
catalogue_edit = sa.Table(
    "catalogue_edit",
    metadata,
    number_key(),
    guild_column(),
    sa.Column("kind", Choice(EditKind), nullable=False),
    # Null where the member was erased.
    user_column("author_id", nullable=True),
    sa.Column("happened_at", Instant, nullable=False),
    # The step it takes back; once at most.
    sa.Column(
        "undoes",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.ForeignKey("catalogue_edit.id"),
        unique=True,
    ),
    # What the file of an import was called; it goes with the name of who imported it.
    sa.Column("file_name", sa.Text),
    of_guild(),
    sa.CheckConstraint(one_of("kind", EditKind), name="kind"),
    sa.CheckConstraint("(kind = 'undone') = (undoes IS NOT NULL)", name="undoes"),
    sa.Index(None, "guild_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)


# The entries as they are. What an entry holds is a document: nothing in it is searched for here.
catalogue_entry = sa.Table(
    "catalogue_entry",
    metadata,
    guild_key(),
    sa.Column("kind", Choice(EntryKind), primary_key=True),
    sa.Column("entry_key", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, nullable=False),
    # The last step that changed it, kept without a foreign key.
    number("edit_id"),
    of_guild(),
    sa.CheckConstraint(one_of("kind", EntryKind), name="kind"),
    sa.Index(None, "guild_id", "edit_id"),
    sqlite_strict=True,
)

# What a step did to each entry: as it was before and after, null where it was not there.
catalogue_change = sa.Table(
    "catalogue_change",
    metadata,
    guild_key(),
    sa.Column("kind", Choice(EntryKind), primary_key=True),
    sa.Column("entry_key", sa.Text, primary_key=True),
    sa.Column(
        "edit_id",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.ForeignKey("catalogue_edit.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    of_guild(),
    sa.CheckConstraint(one_of("kind", EntryKind), name="kind"),
    sa.CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name="something"),
    sa.Index(None, "edit_id"),
    sqlite_strict=True,
)

# What a member proposes for the catalogue, until organisers have decided. It goes with its member.
catalogue_proposal = sa.Table(
    "catalogue_proposal",
    metadata,
    number_key(),
    guild_column(),
    user_column(),
    # The entry as proposed, without an id.
    sa.Column("kind", Choice(EntryKind), nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("state", Choice(ProposalState), nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    # Where organisers see it: one message, kept up to date. Null while it is a draft.
    user_column("channel_id", nullable=True),
    user_column("message_id", nullable=True),
    sa.Column("posted_at", Instant),
    sa.Column("shown", sa.Text),
    sa.Column("trouble", Choice(MessageTrouble)),
    # What an organiser asked, and the last decision.
    sa.Column("question", sa.Text),
    user_column("decided_by", nullable=True),
    sa.Column("decided_at", Instant),
    of_member(),
    sa.CheckConstraint(one_of("kind", EntryKind), name="kind"),
    sa.CheckConstraint(one_of("state", ProposalState), name="state"),
    sa.CheckConstraint(one_of("trouble", MessageTrouble), name="trouble"),
    sa.CheckConstraint("state = 'draft' OR channel_id IS NOT NULL", name="place"),
    sa.Index(None, "guild_id", "user_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
