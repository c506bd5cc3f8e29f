"""Notes of any text fit Discord's limits wherever they are shown, and nothing in them is live."""

from __future__ import annotations

from datetime import UTC, datetime

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import Catalogue, Vocabulary
from bot.domain.errors import ClubError
from bot.domain.notes import (
    LONGEST_NOTE,
    NOTES_A_PAGE,
    NOTES_ON_CARD,
    OWN_NOTES_A_PAGE,
    Excerpt,
    FoundNotes,
    Note,
    NoteEmpty,
    NoteKind,
    NotesPage,
    NoteTooLong,
    NothingToFind,
    OpenNote,
    OwnNote,
    ReportedAlready,
    Source,
)
from bot.domain.notices import Notice, NoticeKind
from bot.render.found_notes import found_notes
from bot.render.markdown import escape_lines, size
from bot.render.notes import learnt, note_label, open_note, theory_notes_page
from bot.render.notices.notes import told
from bot.render.own_notes import own_notes_page
from bot.render.refusals.notes import refusal
from bot.render.words import Words
from tests.domain.theories import paper, theory

NOW = datetime(2026, 1, 5, tzinfo=UTC)
PAPER = paper("p", "A paper " * 24, ["Ada Lovelace"])
THEORY = theory("t", PAPER)
CATALOGUE = Catalogue((THEORY,), (), Vocabulary({}, {}, ()))
WORDS = Words()
# Any text; the worst are those whose every character is escaped or counts twice.
text = st.one_of(
    st.text(st.characters(), min_size=1, max_size=300),
    st.sampled_from(["[", "🦊", "a:", "@everyone ", "x", "\n", "\\"]).map(
        lambda unit: (unit * LONGEST_NOTE)[:LONGEST_NOTE]
    ),
)


def note(content: str, author: str | None = "Ada") -> Note:
    source = Source(2**63 - 1, 2**63 - 1, 2**63 - 1, author)
    return Note(
        10**17, 1, author, "p", NoteKind.EVIDENCE, content, True, NOW, NOW, source, True, 10**6
    )


def assert_fits(embed: discord.Embed) -> None:
    assert size(embed.title or "") <= 256
    assert size(embed.description or "") <= 4096
    assert all(1 <= size(str(field.value)) <= 1024 for field in embed.fields)
    assert len(embed.fields) <= 25
    parts = [embed.title, embed.description, embed.footer.text]
    parts += [part for field in embed.fields for part in (field.name, field.value)]
    assert sum(size(part) for part in parts if part) <= 6000


def assert_dead(shown: str) -> None:
    for live in ("@everyone", "@here", "<@", "</", "\u202e"):
        assert live not in shown


@given(text, text)
@settings(max_examples=60, deadline=None)
def test_any_note_fits_every_place_and_is_dead_in_it(content: str, name: str) -> None:
    one = note(content, name[:100])
    page = NotesPage((one,) * NOTES_A_PAGE, 0, True, 10**6, ("p",), frozenset({"p"}), True)
    mine = NotesPage((one,) * OWN_NOTES_A_PAGE, 0, True, 10**6)
    excerpt = Excerpt(one, ((content[:200], False), (content[:40], True), (content[:200], False)))
    found = FoundNotes((content[:40],) * 8, (excerpt,) * NOTES_A_PAGE, 0, True)
    shown = [
        theory_notes_page(THEORY, page, WORDS),
        own_notes_page(mine, CATALOGUE, 2**63 - 1, WORDS),
        found_notes(found, CATALOGUE, THEORY, 1, WORDS, can_turn=False),
        open_note(OpenNote(one, False, True), PAPER, 2**63 - 1, WORDS),
    ]
    for embed in shown:
        assert_fits(embed)
        assert_dead(str(embed.to_dict()))
    field = learnt([one] * NOTES_ON_CARD, WORDS)
    assert size(field) <= 1024
    assert_dead(field)
    assert 1 <= size(note_label(10**6, one, WORDS)) <= 100
    assert_dead(note_label(1, one, WORDS))


@given(st.lists(st.sampled_from(["word", "longer-word", "**bold**", "a:b"]), max_size=900))
def test_a_note_in_full_loses_no_word_of_ordinary_text(parts: list[str]) -> None:
    content = " ".join(parts)[:3500] or "x"
    embed = open_note(OpenNote(note(content), False, False), PAPER, 1, WORDS)
    pieces = [embed.description, *(field.value for field in embed.fields[:-1])]
    shown = " ".join(" ".join(str(piece) for piece in pieces).split())
    assert shown == escape_lines(content, LONGEST_NOTE)


def test_lines_are_kept_with_one_empty_line_between_them_at_most() -> None:
    assert escape_lines("a\n\n\n\nb  c\n# d", 100) == "a\n\nb c\n\\# d"


def test_every_refusal_says_what_to_do() -> None:
    errors: list[ClubError] = [
        NoteEmpty(), NoteTooLong(4001), NothingToFind(), OwnNote(), ReportedAlready(),
    ]  # fmt: skip
    sentences = [refusal(error, WORDS) for error in errors]
    assert all(sentences)
    assert len(set(sentences)) == len(errors)
    assert refusal(ClubError(), WORDS) is None


def notice(kind: NoticeKind, paper_id: str | None = "p") -> Notice:
    return Notice(1, 1, 1, kind, paper_id, None, None, None, NOW, None)


def test_an_author_is_told_which_paper_a_hidden_note_is_on() -> None:
    said = told(notice(NoticeKind.NOTE_HIDDEN), CATALOGUE, WORDS, {})
    assert said is not None
    assert PAPER.title[:50] in said.content
    gone = told(notice(NoticeKind.NOTE_HIDDEN, "gone"), CATALOGUE, WORDS, {})
    assert gone is not None
    assert "/note mine" in gone.content
    assert told(notice(NoticeKind.CHECK_IN), CATALOGUE, WORDS, {}) is None
