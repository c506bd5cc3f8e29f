"""Sections: what is done of a paper, and which ones somebody means by "1-7, 9"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outline import Asking, Outline, SectionsUnclear
from bot.domain.papers import Section
from bot.domain.progress import Depth


def outline(count: int) -> Outline:
    return Outline(tuple(Section(f"s-{n}", f"Section {n}") for n in range(1, count + 1)))


outlines = st.integers(1, 60).map(outline)


@st.composite
def half_done(draw: st.DrawFn) -> tuple[Outline, frozenset[str]]:
    paper = draw(outlines)
    return paper, draw(st.frozensets(st.sampled_from([s.id for s in paper.sections])))


@pytest.mark.parametrize(
    ("count", "asking"),
    [(1, Asking.CHECKBOXES), (10, Asking.CHECKBOXES), (11, Asking.MENU), (25, Asking.MENU), (26, Asking.TEXT)],
)  # fmt: skip
def test_ten_sections_are_boxes_twenty_five_a_menu_and_more_are_written(
    count: int, asking: Asking
) -> None:
    assert outline(count).asking is asking


@given(half_done())
def test_what_is_written_is_read_back_as_the_same_sections(
    case: tuple[Outline, frozenset[str]],
) -> None:
    paper, done = case
    assert paper.parse(paper.written(done)) == done


@given(half_done())
def test_ids_are_understood_in_any_order_and_letter_case(
    case: tuple[Outline, frozenset[str]],
) -> None:
    paper, done = case
    assert paper.parse(" ;".join(sorted(done, reverse=True)).upper()) == done


@given(outlines, st.text(max_size=60))
def test_any_text_means_sections_of_the_paper_or_is_refused_in_words(
    paper: Outline, typed: str
) -> None:
    try:
        found = paper.parse(typed)
    except SectionsUnclear:
        return
    assert found <= {section.id for section in paper.sections}


def test_the_words_that_were_refused_stay_out_of_a_traceback() -> None:
    refused = SectionsUnclear("my secret", "secret", 6)
    assert (refused.typed, refused.part) == ("my secret", "secret")
    assert "secret" not in repr(refused)


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("1-3, 5", {1, 2, 3, 5}), ("3 – 1", {1, 2, 3}), ("1\n2;3", {1, 2, 3}), ("", set()),
        ("２", {2}), ("s-4", {4}), ("S-4, 4", {4}), ("1-1", {1}), (" , ", set()),
    ],
)  # fmt: skip
def test_positions_and_ranges_are_read_as_people_write_them(typed: str, places: set[int]) -> None:
    assert outline(6).parse(typed) == {f"s-{place}" for place in places}


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("1-7, x", "1-7"), ("1, x", "x"), ("0", "0"), ("7", "7"), ("-1", "-1"), ("1--3", "1--3"),
        ("9" * 5000, "9" * 5000), ("1-", "1-"), ("٣", "٣"), ("@everyone", "@everyone"),
    ],
)  # fmt: skip
def test_what_names_no_section_is_named_in_the_refusal(typed: str, part: str) -> None:
    with pytest.raises(SectionsUnclear) as caught:
        outline(6).parse(typed)
    assert caught.value.part == part
    assert caught.value.count == 6


@given(half_done())
def test_nothing_done_is_0_and_everything_100_and_nothing_else_is(
    case: tuple[Outline, frozenset[str]],
) -> None:
    paper, done = case
    percent = paper.percent(done)
    assert (percent == 0) == (not done)
    assert (percent == 100) == (len(done) == len(paper.sections)) == paper.is_complete(done)
    assert (paper.next_after(done) is None) == (percent == 100)


@given(half_done(), st.sampled_from([s.id for s in outline(60).sections]))
def test_one_section_more_never_lowers_the_percentage(
    case: tuple[Outline, frozenset[str]], more: str
) -> None:
    paper, done = case
    assert paper.percent(done | {more}) >= paper.percent(done)


@given(half_done(), st.frozensets(st.text(alphabet="qz", min_size=1), max_size=5))
def test_ids_that_the_paper_does_not_have_count_for_nothing(
    case: tuple[Outline, frozenset[str]], foreign: frozenset[str]
) -> None:
    paper, done = case
    assert paper.percent(done | foreign) == paper.percent(done)
    assert paper.written(done | foreign) == paper.written(done)
    assert paper.known(done | foreign) == done


@given(half_done(), st.sampled_from(Depth))
def test_a_paper_that_is_read_is_done_whatever_was_ticked(
    case: tuple[Outline, frozenset[str]], depth: Depth
) -> None:
    paper, done = case
    assert paper.percent(done, depth) == (100 if depth.is_reader else paper.percent(done))


def test_a_paper_without_sections_is_never_done_by_them() -> None:
    empty = Outline(())
    assert empty.percent(()) == 0
    assert not empty.is_complete(())
    assert empty.next_after(()) is None
