"""What is written and read again is the same: nothing is lost, whatever stands in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.entries import Entry, Name, paper_of
from bot.domain.entry_parts import WrittenRole
from bot.domain.imports.comparison import Known, compare
from bot.domain.imports.completion import completed
from bot.domain.imports.contents import Format
from bot.domain.paper_forms import WrittenPaper
from bot.domain.papers import PaperType, Role
from tests.exchange.works import WRITERS, entries, read, shipped, shipped_entries

each_format = pytest.mark.parametrize("format_", list(Format))
many = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@each_format
@many
@given(data=st.data())
def test_any_works_come_back_as_they_were(format_: Format, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 2))
    written = [data.draw(entries(key=f"-{n}")) for n in range(count)]
    contents = read(format_, WRITERS[format_](written))
    assert contents.refused == ()
    assert contents.unused == ()
    assert [located.entry for located in contents.entries] == [completed(e) for e in written]


@each_format
def test_the_shipped_catalogue_comes_back_as_it_was(format_: Format) -> None:
    contents = read(format_, WRITERS[format_](shipped_entries()))
    catalogue = shipped()
    papers = [paper for theory in catalogue for paper in theory.papers]
    neutral = catalogue.vocabulary.neutral_sections
    again = [paper_of(located.entry, neutral, Role.SECONDARY) for located in contents.entries]
    assert again == papers
    assert [e.entry.theory for e in contents.entries] == [e.theory for e in shipped_entries()]


@each_format
def test_what_the_forms_of_a_paper_hold_comes_back(format_: Format) -> None:
    written = WrittenPaper(
        "Beyond", "Ada Lovelace; Guido van Rossum",
        "2201.02177v2 10.1109/A.2022.1 ISBN:9781316519332 https://openreview.net/forum?id=rJxBa1HFvS https://x.org/a",
        "2022, 5.5 h", "Intro\nEnd",
    )  # fmt: skip
    paper, unread = written.applied(theory="spline", role=Role.SECONDARY)
    paper = WrittenRole(Role.FOLLOWUP, PaperType.TALK, "ICLR", reviewed=False).applied(paper)
    assert unread == ()
    (located,) = read(format_, WRITERS[format_]([paper.work])).entries
    assert replace(located.entry, key="") == paper.work


@each_format
def test_importing_an_export_changes_nothing(format_: Format) -> None:
    known = [Known(entry, own=True) for entry in shipped_entries()]
    comparison = compare(read(format_, WRITERS[format_](shipped_entries())), known)
    assert comparison.is_idle
    assert len(comparison.duplicates) == len(known)


@each_format
def test_a_work_of_a_thousand_authors_and_a_long_abstract_comes_back(format_: Format) -> None:
    crowd = tuple(Name(f"Öztürk{n}", "José") for n in range(1000))
    entry = Entry("k", "α" * 300, crowd, abstract="ü" * 4000, venue="{" * 300)
    contents = read(format_, WRITERS[format_]([entry]))
    assert contents.refused == ()
    assert contents.entries[0].entry == entry


@each_format
def test_an_empty_list_can_be_written(format_: Format) -> None:
    assert isinstance(WRITERS[format_]([]), bytes)


@each_format
def test_keys_that_bibtex_takes_for_one_stay_apart(format_: Format) -> None:
    keys = ["a", "A", "a b", "a-b", "a,b", "{}", "ü", "\\"]
    contents = read(format_, WRITERS[format_]([Entry(key, "T") for key in keys]))
    assert [located.entry.key for located in contents.entries] == keys


@each_format
def test_works_without_a_key_get_one_that_tells_what_they_are(format_: Format) -> None:
    work = Entry("", "The Art of Things", (Name("Müller", "A."),), year=2020)
    contents = read(format_, WRITERS[format_]([work, work]))
    assert [e.entry.key for e in contents.entries] == ["muller-2020-art", "muller-2020-art-2"]
