"""What a note may hold, and which words of a search count."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notes import (
    LONGEST_NOTE,
    LONGEST_WORD,
    MOST_WORDS,
    Note,
    NoteEmpty,
    NoteKind,
    NoteTooLong,
    NothingToFind,
    PaperNotes,
    Source,
    TheoryNotes,
    clean_text,
    page_within,
    search_words,
)

NOW = datetime(2026, 1, 5, tzinfo=UTC)
any_text = st.text(st.characters(), max_size=200)


def note(note_id: int = 1, **more: Any) -> Note:
    kept: dict[str, Any] = {"paper_id": "p", "source": None, **more}
    return Note(
        note_id, 1, "Ada", kept["paper_id"], NoteKind.CLAIM, "t", True, NOW, NOW, kept["source"]
    )


@given(any_text)
def test_what_is_kept_of_a_note_can_be_stored_and_is_kept_again_as_it_is(text: str) -> None:
    try:
        kept = clean_text(text)
    except NoteEmpty:
        return
    kept.encode()
    assert 1 <= len(kept) <= LONGEST_NOTE
    assert "\0" not in kept
    assert clean_text(kept) == kept


@pytest.mark.parametrize("text", ["", "  \n ", "\0\x07", "\u200b", "\ud800"])
def test_a_note_with_nothing_to_read_in_it_is_refused(text: str) -> None:
    with pytest.raises(NoteEmpty):
        clean_text(text)


@pytest.mark.parametrize("text", ["?!", "🦊", "∑", "Ünï"])
def test_signs_alone_are_a_note(text: str) -> None:
    assert clean_text(text) == text


def test_lines_stay_apart() -> None:
    assert clean_text(" first\r\nsecond\rthird ") == "first\nsecond\nthird"


def test_a_note_that_is_too_long_is_refused_and_not_cut() -> None:
    assert len(clean_text("x" * LONGEST_NOTE)) == LONGEST_NOTE
    with pytest.raises(NoteTooLong) as refused:
        clean_text("x" * (LONGEST_NOTE + 1))
    assert (refused.value.length, refused.value.limit) == (LONGEST_NOTE + 1, LONGEST_NOTE)


@given(st.text(st.characters(), max_size=900))
def test_words_of_a_search_are_few_short_and_fit_into_an_id(typed: str) -> None:
    try:
        words = search_words(typed)
    except NothingToFind:
        return
    assert 1 <= len(words) <= MOST_WORDS
    for word in words:
        assert 1 <= len(word) <= LONGEST_WORD
        assert not set(word) & {":", " ", "\n", "\0"}
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in word)
    assert search_words(" ".join(words)) == words


@pytest.mark.parametrize("typed", ["", " ", '"', "*", "🦊🦊", "-- ()", "\u202e", "\0"])
def test_a_search_without_a_letter_finds_nothing_and_says_so(typed: str) -> None:
    with pytest.raises(NothingToFind):
        search_words(typed)


def test_only_words_that_can_be_found_count() -> None:
    assert search_words("  what? -- max:affine 🦊 ") == ("what?", "max", "affine")


def test_saving_ones_own_message_is_no_quote() -> None:
    assert note(source=Source(1, 2, 3)).is_quote
    assert not note(source=Source(1, 2, 1)).is_quote
    assert not note().is_quote


def test_where_everybody_looks_on_nothing_of_a_paper_in_blind_mode_is_left() -> None:
    papers = {"open": PaperNotes(2), "blind": PaperNotes(3, is_blind=True, is_open=True)}
    hers = TheoryNotes(
        papers, (note(2, paper_id="blind"), note(1, paper_id="open")), (note(1, paper_id="open"),)
    )
    assert hers.total == 5
    public = hers.for_everybody()
    assert public.total == 2
    assert [one.paper_id for one in public.newest] == ["open"]
    assert public.for_everybody() == public


@given(st.integers(0, 10**6), st.integers(0, 1000), st.integers(1, 50))
def test_a_page_is_always_one_that_is_there(page: int, total: int, size: int) -> None:
    shown = page_within(page, total, size)
    assert 0 <= shown <= page
    assert shown == 0 or shown * size < total
