"""The tables as they are after the newest migration.

Nothing is created from here outside tests: a database is made by the migrations, and a test
holds the two against each other.
"""

from __future__ import annotations

from bot.storage.tables.announcements import club_news, paper_poll
from bot.storage.tables.clubs import (
    club,
    club_break,
    club_member,
    club_pause,
    club_plan_paper,
    club_series,
    club_volunteer,
)
from bot.storage.tables.community import (
    deployment,
    guild,
    health_seen,
    member,
    member_interest,
    member_tag,
)
from bot.storage.tables.deliveries import delivery, ledger_restore
from bot.storage.tables.entries import (
    catalogue_change,
    catalogue_edit,
    catalogue_entry,
    catalogue_proposal,
)
from bot.storage.tables.imports import import_draft, undo_step
from bot.storage.tables.metadata import metadata
from bot.storage.tables.notes import erasure, note, note_report
from bot.storage.tables.reading import (
    depth_change,
    explanation,
    explanation_request,
    introduction,
    reading,
    section_done,
    teach_offer,
)
from bot.storage.tables.reminders import club_mute, reminder_choice
from bot.storage.tables.rounds import (
    split_answer,
    split_draft,
    split_item,
    split_pair,
    split_round,
    split_wish,
)
from bot.storage.tables.sessions import (
    session,
    session_answer,
    session_attendance,
    session_card,
    session_event,
    session_part,
    session_presenting,
)
from bot.storage.tables.signups import audit, board, deadline, notice, paper_setting, signup

__all__ = [
    "audit",
    "board",
    "catalogue_change",
    "catalogue_edit",
    "catalogue_entry",
    "catalogue_proposal",
    "club",
    "club_break",
    "club_member",
    "club_mute",
    "club_news",
    "club_pause",
    "club_plan_paper",
    "club_series",
    "club_volunteer",
    "deadline",
    "delivery",
    "deployment",
    "depth_change",
    "erasure",
    "explanation",
    "explanation_request",
    "guild",
    "health_seen",
    "import_draft",
    "introduction",
    "ledger_restore",
    "member",
    "member_interest",
    "member_tag",
    "metadata",
    "note",
    "note_report",
    "notice",
    "paper_poll",
    "paper_setting",
    "reading",
    "reminder_choice",
    "section_done",
    "session",
    "session_answer",
    "session_attendance",
    "session_card",
    "session_event",
    "session_part",
    "session_presenting",
    "signup",
    "split_answer",
    "split_draft",
    "split_item",
    "split_pair",
    "split_round",
    "split_wish",
    "teach_offer",
    "undo_step",
]
