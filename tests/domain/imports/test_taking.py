"""What an import makes of a file, and that a server's works survive the way out and back in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import Catalogue
from bot.domain.entries import Entry
from bot.domain.exports import Selection, chapters, work_of
from bot.domain.imports.comparison import Comparison, Known, compare
from bot.domain.imports.completion import completed
from bot.domain.imports.contents import Contents, Format, Located
from bot.domain.imports.taking import changes_of
from bot.domain.overlay import overlay
from bot.domain.own_entries import EntryRef, OwnEntry, OwnPaper
from tests.domain.theories import founding_theories, vocabulary
from tests.exchange.works import WRITERS, entries, read

SHIPPED = Catalogue(founding_theories(), (), vocabulary())
IDS = frozenset(paper.id for theory in SHIPPED for paper in theory.papers)
SLUGS = [theory.slug for theory in SHIPPED]

Own = dict[EntryRef, OwnEntry]


def works_in(own: Own) -> dict[str, Entry]:
    return {each.work.key: each.work for each in own.values() if isinstance(each, OwnPaper)}


def exported(own: Own) -> list[Entry]:
    """The server's own works as its export has them."""
    found = chapters(overlay(SHIPPED, own.values()), Selection(), {}, works_in(own))
    return [e for chapter in found for e in chapter.entries if e.key not in IDS]


def against(contents: Contents, own: Own) -> Comparison:
    """As the server compares a file: with what it would export."""
    catalogue, works = overlay(SHIPPED, own.values()), works_in(own)
    known = [
        Known(work_of(paper, theory, works), own=paper.id not in IDS)
        for theory in catalogue
        for paper in theory.papers
    ]
    return compare(contents, known, set(SLUGS), into=SLUGS[0])


def taken(contents: Contents, own: Own) -> Own:
    changes = changes_of(against(contents, own), own, IDS)
    return own | {each.after.ref: each.after for each in changes if each.after is not None}


def file_of(works: Iterable[Entry]) -> Contents:
    return Contents(Format.CSV, tuple(Located(work, n) for n, work in enumerate(works, 1)))


@pytest.mark.parametrize("format_", list(Format))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(work=entries(), theory=st.sampled_from([None, *SLUGS]))
def test_any_work_comes_back_here_and_elsewhere_as_it_was(
    format_: Format, work: Entry, theory: str | None
) -> None:
    written = file_of([completed(replace(work, theory=theory))])
    # One of the identifiers is that of a shipped work.
    assume(against(written, {}).new)
    here = taken(written, {})
    (kept,) = works_in(here).values()
    assert kept.theory == (theory or SLUGS[0])
    assert kept.depth is None
    contents = read(format_, WRITERS[format_](exported(here)))
    assert contents.refused == ()
    again = against(contents, here)
    assert (again.is_idle, len(again.duplicates)) == (True, 1)
    assert exported(taken(contents, {})) == exported(here)


def test_a_new_work_gets_an_id_that_is_free_and_that_buttons_can_bear() -> None:
    known = next(iter(IDS))
    works = [Entry(key, f"{n} of quite another kind", theory=SLUGS[1], year=1900 + 7 * n)
             for n, key in enumerate([known, known.upper(), "Müller:2020/x", "ключ"])]  # fmt: skip
    own = taken(file_of(works), {})
    keys = [key for _, key in own]
    assert keys == [f"{known}-2", f"{known}-3", "muller-2020-x", "entry"]


def test_a_changed_work_keeps_its_id_and_whether_it_is_retired() -> None:
    own = taken(file_of([Entry("a", "Quite another kind", year=2000, doi="10.1/x")]), {})
    ((ref, kept),) = own.items()
    assert isinstance(kept, OwnPaper)
    retired: Own = {ref: replace(kept, retired=True)}
    more = file_of([Entry("b", "Quite another kind", year=2001, doi="10.1/x", theory=None)])
    comparison = compare(more, [Known(kept.work, own=True)], set(SLUGS))
    (change,) = changes_of(comparison, retired, IDS)
    assert change.before == retired[ref]
    assert isinstance(change.after, OwnPaper)
    assert (change.after.work.key, change.after.work.year, change.after.retired) == (
        "a",
        2001,
        True,
    )
