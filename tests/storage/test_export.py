"""What a member is given, and what is erased, is everything the schema can hold about them."""

from __future__ import annotations

import sqlalchemy as sa

from bot.render.member_privacy import section_titles
from bot.render.words import Words
from bot.storage.export import NOT_GIVEN, PARTS
from bot.storage.tables import metadata
from bot.storage.types import Snowflake

# Discord ids that are no member's.
NO_MEMBER = {
    "guild_id",
    "channel_id",
    "home_channel_id",
    "message_id",
    "organiser_role_id",
    "source_channel_id",
    "source_message_id",
    "interaction_id",
    "voice_channel_id",
    "thread_id",
    "event_id",
    # A channel, or the member whose row it is.
    "dest",
    "poll_id",
}
# Texts about a member stand in the rows of that member; these tables are about no member.
ABOUT_NOBODY = {
    "health_seen",
    "deployment",
    "guild",
    "paper_poll",
    "paper_setting",
    "deadline",
    "ledger_restore",
    "club_news",
    "club_series",
    "club_break",
    "club_pause",
    "club_plan_paper",
    "session_part",
    "session_card",
    "session_event",
    "split_item",
    "catalogue_entry",
    "catalogue_change",
    "undo_step",
}


def columns_that_name_a_member() -> set[str]:
    """Every column with Discord's ids that is not known to hold another kind of them."""
    named = {
        str(column)
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, Snowflake) and column.name not in NO_MEMBER
    }
    return named | {"deadline.subject_id"}


def test_every_column_that_can_name_a_member_is_given_or_left_out_on_purpose() -> None:
    given = {str(part.owner) for part in PARTS}
    assert columns_that_name_a_member() == given | NOT_GIVEN.keys()
    assert not given & NOT_GIVEN.keys()


def test_every_table_about_a_member_has_a_section() -> None:
    tables = {table.name for table in metadata.sorted_tables} - ABOUT_NOBODY
    assert tables == {part.table.name for part in PARTS}


def test_everything_in_a_members_own_rows_is_given() -> None:
    """Beside others' ids, given as names, and what would say who hid a note, who decided on a
    proposal, who wrote a quote, or that somebody said no.
    """
    for part in PARTS:
        if part.owner.name != "user_id":
            continue
        given = {c.name for c in part.columns} | {c.name for c in part.others}
        missing = {column.name for column in part.table.c} - given - {"guild_id", "user_id"}
        assert missing <= {"hidden_by", "source_author_id", "agreed", "decided_by"}, part.name


def test_no_id_of_another_member_is_given() -> None:
    for part in PARTS:
        for column in part.columns:
            assert str(column) not in columns_that_name_a_member(), part.name


def test_every_section_has_a_title() -> None:
    assert section_titles(Words()).keys() == {part.name for part in PARTS}


def test_a_new_column_of_this_kind_would_be_noticed() -> None:
    new = sa.Table("new", sa.MetaData(), sa.Column("friend_id", Snowflake))
    assert isinstance(new.c.friend_id.type, Snowflake)
    assert new.c.friend_id.name not in NO_MEMBER
