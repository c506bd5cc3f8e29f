"""What an entry of the log does to a depth and to a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.logbook import LOGGABLE, LogEntry, clean, depth_after, kind_of_doubt, same_field
from bot.domain.notes import LONGEST_NOTE, NoteKind
from bot.domain.progress import Depth

maybe_depths = st.none() | st.sampled_from(Depth)


@given(maybe_depths, maybe_depths, st.booleans())
def test_who_changes_nothing_in_the_form_never_falls(
    stored: Depth | None, shown: Depth | None, any_done: bool
) -> None:
    for entry in (LogEntry(None, shown), LogEntry(shown, shown)):
        after = depth_after(stored, entry, any_done=any_done)
        assert stored is None or (after is not None and after >= stored)


@given(maybe_depths, st.sampled_from(LOGGABLE), maybe_depths, st.booleans())
def test_a_changed_choice_is_taken_deeper_or_shallower(
    stored: Depth | None, chosen: Depth, shown: Depth | None, any_done: bool
) -> None:
    if chosen is shown:
        return
    assert depth_after(stored, LogEntry(chosen, shown), any_done=any_done) is chosen


def test_signed_up_is_not_a_members_to_choose() -> None:
    entry = LogEntry(Depth.SIGNED_UP, Depth.READ)
    assert depth_after(Depth.READ, entry, any_done=False) is Depth.READ
    assert depth_after(None, entry, any_done=False) is None


@pytest.mark.parametrize("stored", [None, Depth.SIGNED_UP])
def test_who_has_done_a_section_is_reading(stored: Depth | None) -> None:
    assert depth_after(stored, LogEntry(), any_done=True) is Depth.READING


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Is it so?", "question"), ("Is it so? \n", "question"), ("?? no", "doubt"), ("", "doubt"), ("本当？", "question")],
)  # fmt: skip
def test_a_doubt_that_ends_like_a_question_is_one(text: str, kind: str) -> None:
    assert kind_of_doubt(text) == kind


def test_the_form_has_one_field_for_doubts_and_questions() -> None:
    pairs = [{a, b} for a in NoteKind for b in NoteKind if a != b and same_field(a, b)]
    assert pairs == [{NoteKind.DOUBT, NoteKind.QUESTION}] * 2


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_can_be_stored_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned
    assert len(clean(text * 2000)) <= LONGEST_NOTE
