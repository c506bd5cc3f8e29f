"""Every entry of a file is new, changed, known, repeated or refused, for a reason that is told."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entries import Entry, Name, link_to
from bot.domain.imports.comparison import (
    ALL_FIELDS,
    Changed,
    Comparison,
    Duplicate,
    Known,
    changes,
    compare,
)
from bot.domain.imports.contents import Contents, Fault, Format, Located, Refused
from bot.domain.imports.matching import Evidence
from bot.domain.papers import Link, PaperType

VANCHURIN = Entry(
    key="vanchurin-tml",
    title="Toward a theory of machine learning",
    authors=(Name("Vanchurin", "Vitaly"),),
    title_variants=("Towards a theory of machine learning",),
    year=2021,
    first_public="2020-04-15",
    venue="Machine Learning: Science and Technology",
    arxiv="2004.09280",
    arxiv_version=2,
    doi="10.1088/2632-2153/abe6d7",
    isbn="9781316519332",
    openreview="rJxBa1HFvS",
    links=(Link("arXiv", "https://arxiv.org/abs/2004.09280", free=True),
           Link("Talk", "https://talks.org/watch?v=abc", free=True)),
)  # fmt: skip


def file_of(*entries: Entry, refused: tuple[Refused, ...] = ()) -> Contents:
    located = (Located(entry, line) for line, entry in enumerate(entries, 1))
    return Contents(Format.BIBTEX, tuple(located), refused)


def against(*entries: Entry, known: Entry = VANCHURIN, own: bool = True, **more: Any) -> Comparison:
    return compare(file_of(*entries), [Known(known, own)], **more)


def evidence(entry: Entry, known: Entry = VANCHURIN) -> Evidence | None:
    comparison = against(entry, known=known, own=False)
    return comparison.duplicates[0].by if comparison.duplicates else None


def other(**fields: Any) -> Entry:
    return Entry(**{"key": "x", "title": "Another title altogether", **fields})


@pytest.mark.parametrize(
    ("entry", "by"),
    [
        (other(doi="10.1088/2632-2153/ABE6D7"), Evidence.DOI),
        (other(links=(link_to("https://doi.org/10.1088/2632-2153/abe6d7"),)), Evidence.DOI),
        (other(arxiv="2004.09280", arxiv_version=2), Evidence.ARXIV_VERSION),
        (other(arxiv="2004.09280", arxiv_version=1), Evidence.ARXIV),
        (other(arxiv="2004.09280"), Evidence.ARXIV),
        (other(doi="10.48550/arXiv.2004.09280"), Evidence.ARXIV),
        (other(openreview="rJxBa1HFvS"), Evidence.OPENREVIEW),
        (other(isbn="9781316519332", title="Toward theories of machine learning"), Evidence.ISBN),
        (other(key="vanchurin-tml", title="A theory of machine learning"), Evidence.KEY),
        (other(links=(link_to("http://www.talks.org/watch?v=abc&t=3"),), title="Theory of machine learning"),
         Evidence.URL),
        (other(title="toward a Theory of machine-learning", year=2020), Evidence.TITLE),
        (other(title="Towards a theory of machine learning!"), Evidence.TITLE),
        (other(title="Toward a theorie of machine learning", year=2020), Evidence.TITLE),
    ],
)  # fmt: skip
def test_a_known_work_is_recognised_and_by_what(entry: Entry, by: Evidence) -> None:
    assert evidence(entry) is by


@pytest.mark.parametrize(
    "entry",
    [
        other(),
        other(openreview="rjxba1hfvs"),
        other(isbn="9781316519332"),
        other(key="vanchurin-tml"),
        other(links=(link_to("https://talks.org/watch?v=abc"),)),
        other(
            links=(link_to("https://talks.org/watch?v=abd"),), title="Theory of machines, learning"
        ),
        other(title=VANCHURIN.title, year=2017),
        other(title=VANCHURIN.title, authors=(Name("Gu", "Mile"),)),
        other(title=VANCHURIN.title, doi="10.1000/other"),
        other(title=VANCHURIN.title, arxiv="2004.09281"),
        other(title="Toward a theorie of machine learning"),
        other(title="Toward a theory of machine learning II", year=2021),
        other(title="Toward a theory of machine learning 2", year=2021),
    ],
)
def test_what_only_resembles_a_known_work_is_new(entry: Entry) -> None:
    assert evidence(entry) is None


def test_stronger_evidence_is_found_before_weaker() -> None:
    titled, numbered = other(key="a", title=VANCHURIN.title), other(key="b", arxiv="2004.09280")
    known = [Known(titled, own=False), Known(numbered, own=False)]
    (duplicate,) = compare(file_of(replace(VANCHURIN, doi=None)), known).duplicates
    assert (duplicate.known.entry.key, duplicate.by) == ("b", Evidence.ARXIV)


def test_what_a_file_says_anew_is_named_and_the_rest_stays() -> None:
    entry = other(arxiv="2004.09280", title=VANCHURIN.title, year=2022, hours=3.0)
    (changed,) = against(entry).changed
    assert changed.fields == ("year", "hours")
    assert changed.updated == replace(VANCHURIN, year=2022, hours=3.0)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Towards a theory of machine learning"},
        {"doi": "10.1088/2632-2153/ABE6D7"},
        {"arxiv_version": 1},
        {"authors": (Name("Vanchurin", "V."),)},
        {"kind": PaperType.BOOK, "kind_stated": False},
        {"links": (link_to("https://arxiv.org/abs/2004.09280"),)},
        {"key": "another"},
    ],
)
def test_what_says_the_same_in_other_words_changes_nothing(fields: dict[str, Any]) -> None:
    assert changes(VANCHURIN, replace(VANCHURIN, **fields)) == ((), VANCHURIN)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"arxiv_version": 3}, "arxiv_version"),
        ({"authors": (Name("Vanchurin", "Vladimir"),)}, "authors"),
        ({"authors": (*VANCHURIN.authors, Name("Gu", "Mile"))}, "authors"),
        ({"kind": PaperType.BOOK}, "kind"),
        ({"title": "A theory of machine learning"}, "title"),
        ({"peer_reviewed": False}, "peer_reviewed"),
    ],
)
def test_what_says_something_else_is_a_change(fields: dict[str, Any], name: str) -> None:
    names, updated = changes(VANCHURIN, replace(VANCHURIN, **fields))
    assert names == (name,)
    assert getattr(updated, name) == fields[name]


def test_links_and_tags_are_added_and_never_lost() -> None:
    known = replace(VANCHURIN, tags=("a", "b"))
    entry = other(
        tags=("b", "c"),
        links=(link_to("https://new.org/"), Link("Video", "https://talks.org/watch?v=abc", False)),
    )
    names, updated = changes(known, entry, ALL_FIELDS - {"title"})
    assert names == ("links", "tags")
    assert updated.tags == ("a", "b", "c")
    assert [link.label for link in updated.links] == ["arXiv", "Video", "new.org"]


def test_fields_that_are_not_kept_change_nothing() -> None:
    entry = replace(VANCHURIN, pages="1-9", abstract="A.")
    assert against(entry).changed
    assert against(entry, kept=ALL_FIELDS - {"pages", "abstract"}).duplicates


def test_what_ships_with_the_bot_is_never_changed() -> None:
    assert against(replace(VANCHURIN, year=1999), own=False).is_idle


def test_a_work_that_stands_twice_in_the_file_is_taken_once() -> None:
    new = other(doi="10.1/x", arxiv="1805.06576")
    comparison = against(
        new, replace(new, key="y", title="Again"), replace(VANCHURIN, year=2022), VANCHURIN
    )
    assert [each.located.line for each in comparison.new] == [1]
    assert [(r.located.line, r.first_line) for r in comparison.repeated] == [(2, 1), (4, 3)]
    assert len(comparison.changed) == 1


def test_a_theory_that_nobody_knows_refuses_the_entry_in_its_place() -> None:
    bad = Refused("b", 2, Fault.SYNTAX)
    contents = Contents(
        Format.CSV,
        (Located(other(theory="spline"), 1), Located(other(key="t", theory="no"), 3)),
        (bad,),
    )
    comparison = compare(contents, [], theories={"spline"})
    assert comparison.refused == (bad, Refused("t", 3, Fault.THEORY_UNKNOWN, "theory"))
    assert len(comparison.new) == 1


def test_a_new_work_that_names_no_theory_needs_one_to_go_into() -> None:
    contents = file_of(other(), replace(VANCHURIN, theory=None))
    known = [Known(VANCHURIN, own=True)]
    waiting = compare(contents, known, theories={"spline", "vanchurin"})
    assert [one.located.entry.key for one in waiting.unplaced] == [other().key]
    assert waiting.is_idle
    placed = compare(contents, known, theories={"spline", "vanchurin"}, into="spline")
    assert placed.new[0].located.entry.theory == "spline"
    assert placed.unplaced == ()
    assert placed.duplicates == waiting.duplicates != ()


def test_a_new_work_with_the_key_of_another_is_marked() -> None:
    assert against(other(key="vanchurin-tml")).new[0].key_taken
    assert not against(other()).new[0].key_taken


words = st.sampled_from(["spline", "theory", "of", "deep", "learning", "ii", "networks"])
some_entries = st.builds(
    Entry,
    key=st.sampled_from("abcd"),
    title=st.lists(words, min_size=1, max_size=5).map(" ".join),
    year=st.sampled_from([None, 2018, 2019, 2024]),
    arxiv=st.sampled_from([None, "1805.06576", "1805.07091"]),
    doi=st.sampled_from([None, "10.1000/a", "10.1000/b"]),
)


@given(st.lists(some_entries, max_size=6), st.lists(some_entries, max_size=6))
def test_every_entry_is_in_exactly_one_group_and_always_the_same(
    found: list[Entry], known: list[Entry]
) -> None:
    works = [Known(entry, n % 2 == 0) for n, entry in enumerate(known)]
    contents = file_of(*found)
    comparison = compare(contents, works)
    groups = (comparison.new, comparison.changed, comparison.duplicates, comparison.repeated)
    lines = sorted(each.located.line for group in groups for each in group)
    assert lines == [located.line for located in contents.entries]
    assert compare(contents, works) == comparison


@given(some_entries, some_entries)
def test_after_a_change_is_made_the_same_file_changes_nothing(known: Entry, entry: Entry) -> None:
    comparison = compare(file_of(entry), [Known(known, own=True)])
    for changed in comparison.changed:
        again = compare(file_of(entry), [Known(changed.updated, own=True)])
        assert not again.changed
        assert isinstance(changed, Changed)
    for duplicate in comparison.duplicates:
        assert isinstance(duplicate, Duplicate)


def test_five_hundred_entries_are_compared_with_ten_thousand_works_in_time() -> None:
    def work(n: int) -> Entry:
        title = f"On {n * 7919 % 10007} matters of {n * 104729 % 100003} kinds in theory {n % 977}"
        return Entry(f"k{n}", title, (Name(f"F{n % 331}", "A."),), year=1990 + n % 30)

    known = [Known(work(n), own=True) for n in range(10_000)]
    begun = time.monotonic()
    comparison = compare(file_of(*(work(n) for n in range(9_750, 10_250))), known)
    assert time.monotonic() - begun < 20
    assert (len(comparison.new), len(comparison.duplicates)) == (250, 250)


def test_ids_of_openreview_that_differ_in_capitals_are_two_works() -> None:
    known = other(key="k", title="Toward a theory of machine learning", openreview="rJxBa1HFvS")
    entry = other(title="Towards theories of machines that learn", openreview="rjxba1hfvs")
    assert evidence(entry, known) is None
    assert evidence(replace(entry, openreview="rJxBa1HFvS"), known) is Evidence.OPENREVIEW
