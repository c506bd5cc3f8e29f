"""Everything the database holds about one member, for the member.

``MENTIONS`` says of every column that can hold a member's id what becomes of it: a column that
is in neither of its two lists fails a test, so that a new table cannot be forgotten here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.privacy import MemberFile, Section, Value
from bot.storage.members import display_names
from bot.storage.tables import (
    audit,
    board,
    catalogue_edit,
    catalogue_proposal,
    club,
    club_member,
    club_mute,
    club_volunteer,
    delivery,
    depth_change,
    erasure,
    explanation,
    explanation_request,
    import_draft,
    introduction,
    member,
    member_interest,
    member_tag,
    note,
    note_report,
    notice,
    reading,
    reminder_choice,
    section_done,
    session,
    session_answer,
    session_attendance,
    session_presenting,
    signup,
    split_answer,
    split_draft,
    split_pair,
    split_round,
    split_wish,
    teach_offer,
)
from bot.storage.types import instant_text


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the file: rows whose ``owner`` is the member, and what is given of them.

    ``others`` are columns with another member's id, given as their display name. ``withheld``
    are columns that are not given, ``only`` a further condition.
    """

    name: str
    owner: sa.Column[int]
    others: tuple[sa.Column[int], ...] = ()
    withheld: tuple[sa.Column[object] | sa.Column[int], ...] = ()

    @property
    def table(self) -> sa.Table:
        """The table of the section."""
        table = self.owner.table
        assert isinstance(table, sa.Table)
        return table

    @property
    def columns(self) -> tuple[sa.Column[object], ...]:
        """What is given, beside the names of others."""
        left_out = {self.owner.name, "guild_id", *(c.name for c in (*self.others, *self.withheld))}
        return tuple(column for column in self.table.c if column.name not in left_out)


PARTS = (
    Part("settings", member.c.user_id),
    Part("known_topics", member_tag.c.user_id),
    Part("interests", member_interest.c.user_id),
    Part("sign_ups", signup.c.user_id, others=(signup.c.assigned_by,)),
    Part("readings", reading.c.user_id),
    Part("sections", section_done.c.user_id),
    Part("history", depth_change.c.user_id),
    Part("notes", note.c.user_id, withheld=(note.c.hidden_by, note.c.source_author_id)),
    Part(
        "quoted_by_others",
        note.c.source_author_id,
        # Whose note it is, and what they made of it, is theirs.
        withheld=(
            note.c.user_id, note.c.text, note.c.interaction_id, note.c.hidden_by, note.c.kind,
        ),
    ),
    Part("reports", note_report.c.user_id),
    Part("offers_to_explain", teach_offer.c.user_id),
    Part("explanations_given", explanation.c.user_id, others=(explanation.c.listener_id,)),
    Part("explanations_heard", explanation.c.listener_id, others=(explanation.c.user_id,)),
    Part("explanations_asked_for", explanation_request.c.user_id,
         others=(explanation_request.c.asked_id,)),
    Part("asked_to_explain", explanation_request.c.asked_id,
         others=(explanation_request.c.user_id,)),
    # What the other said to it is theirs; and who asked is not named before both want it.
    Part("introductions_asked_for", introduction.c.user_id, others=(introduction.c.asked_id,),
         withheld=(introduction.c.agreed,)),
    Part("asked_to_be_introduced", introduction.c.asked_id,
         withheld=(introduction.c.user_id,)),
    Part("messages_waiting", notice.c.user_id, others=(notice.c.other_id,)),
    Part("reminders", delivery.c.user_id),
    Part("reminder_choices", reminder_choice.c.user_id),
    Part("clubs_muted", club_mute.c.user_id),
    Part("boards_posted", board.c.posted_by, withheld=(board.c.shown,)),
    Part("catalogue_steps", catalogue_edit.c.author_id),
    Part("catalogue_proposals", catalogue_proposal.c.user_id,
         withheld=(catalogue_proposal.c.decided_by,)),
    Part("imports_waiting", import_draft.c.user_id),
    Part("clubs_founded", club.c.created_by, withheld=(club.c.folded_name,)),
    Part("clubs_joined", club_member.c.user_id),
    Part("volunteered_to_present", club_volunteer.c.user_id),
    Part("sessions_presented", session.c.presenter_id),
    Part("answers_to_sessions", session_answer.c.user_id),
    Part("sessions_attended", session_attendance.c.user_id),
    Part("asked_to_present", session_presenting.c.user_id),
    Part("split_answers", split_answer.c.user_id),
    Part("split_wishes", split_wish.c.user_id),
    Part("split_drafts", split_draft.c.user_id),
    Part("split_papers", split_pair.c.user_id),
    Part("splits_started", split_round.c.started_by,
         withheld=(split_round.c.shown, split_round.c.fingerprint)),
    Part("organised", audit.c.actor_id, others=(audit.c.member_id,)),
    Part("organised_about_me", audit.c.member_id, withheld=(audit.c.actor_id,)),
    Part("erasure", erasure.c.user_id),
)  # fmt: skip

# Columns with a member's id that lead to no section of their own, and why.
NOT_GIVEN: Mapping[str, str] = {
    "signup.assigned_by": "another member's sign-up; the trail (organised) tells of it",
    "note.hidden_by": "another member's note; the trail (organised) tells of it",
    "catalogue_proposal.decided_by": "another member's proposal; the trail (organised) tells of it",
    "notice.other_id": "what another member is to be told",
    "deadline.subject_id": "the beginning and end of an absence, which stand under settings",
}


async def member_file(
    conn: AsyncConnection, guild_id: int, user_id: int, now: datetime
) -> MemberFile:
    """Everything kept about a member in one server; no other member's private things."""
    found = [(part, await _rows(conn, part, guild_id, user_id)) for part in PARTS]
    named = {row[c.name] for part, rows in found for row in rows for c in part.others}
    names = await display_names(conn, guild_id, named - {None})
    sections = (
        Section(part.name, tuple(_plain(part, row, names) for row in rows))
        for part, rows in found
        if rows
    )
    return MemberFile(guild_id, user_id, now, tuple(sections))


async def _rows(
    conn: AsyncConnection, part: Part, guild_id: int, user_id: int
) -> Sequence[sa.RowMapping]:
    rows = await conn.execute(
        sa.select(*part.columns, *part.others)
        .where(part.table.c.guild_id == guild_id, part.owner == user_id)
        .order_by(*part.table.primary_key)
    )
    return rows.mappings().all()


def _plain(part: Part, row: sa.RowMapping, names: Mapping[int, str]) -> dict[str, Value]:
    given = {column.name: _value(row[column.name]) for column in part.columns}
    for column in part.others:
        given[column.name.removesuffix("_id")] = names.get(row[column.name])
    return given


def _value(value: object) -> Value:
    match value:
        case datetime():
            return instant_text(value)
        case bool() | int() | None:
            return value
        case _:
            return str(value)
