"""The catalogue of a server: nothing shipped is ever lost, and nothing that somebody reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import read_catalogue
from bot.domain.overlay import overlay
from bot.domain.own_entries import (
    ChangedSince,
    EntryChange,
    EntryRef,
    OwnEntry,
    OwnPaper,
    OwnTheory,
    identifier_from,
    undone,
)
from bot.domain.search import SearchIndex
from bot.domain.search.own import OwnSearch
from tests.domain.own_entries import own_paper, own_theory
from tests.domain.theories import DATA

SHIPPED = read_catalogue(DATA)
INDEX = SearchIndex.build(SHIPPED, SHIPPED.vocabulary)

# Some ids are shipped ones: what a server calls so must stand aside.
slugs = st.sampled_from(["spline", "tropical", "grokking", "lottery", "ntk"])
keys = st.sampled_from(["spline-icml2018", "power2022", "frankle2019", "jacot2018", "x"])
names = st.sampled_from(["Grokking", "Lottery tickets", "Neural tangent kernel", "Élan vital"])
entries = st.one_of(
    st.builds(lambda s, n, r: own_theory(s, n, retired=r), slugs, names, st.booleans()),
    st.builds(
        lambda k, s, n, r: own_paper(k, s, f"{n} studied", retired=r),
        keys, slugs | st.just("nowhere"), names, st.booleans(),
    ),
)  # fmt: skip
PLAIN = 90.0

servers = st.lists(entries, max_size=8, unique_by=lambda e: e.ref)


@given(servers)
@settings(max_examples=60, deadline=None)
def test_nothing_shipped_is_lost_or_changed(own: list[OwnEntry]) -> None:
    here = overlay(SHIPPED, own)
    assert here.relations == SHIPPED.relations
    for theory in SHIPPED:
        seen = here.get(theory.slug)
        assert seen is not None
        shown = seen.papers[: len(theory.papers)]
        assert replace(seen, papers=shown, retired_papers=()) == theory
        assert all(here.theory_of(paper.id) is seen for paper in theory.papers)
    assert [t.slug for t in here][: len(SHIPPED)] == [t.slug for t in SHIPPED]


@given(servers)
@settings(max_examples=60, deadline=None)
def test_what_was_added_is_there_for_whoever_reads_it_and_listed_unless_retired(
    own: list[OwnEntry],
) -> None:
    here = overlay(SHIPPED, own)
    listed = {t.slug for t in here}
    for entry in own:
        if isinstance(entry, OwnTheory) and SHIPPED.get(entry.theory.slug) is None:
            assert here.get(entry.theory.slug) is not None
            assert (entry.theory.slug in listed) is not entry.retired
        if isinstance(entry, OwnPaper) and SHIPPED.theory_of(entry.work.key) is None:
            theory = here.theory_of(entry.work.key)
            assert (theory is None) == (here.get(entry.work.theory or "") is None)
            if theory is not None:
                paper = theory.paper(entry.work.key)
                assert paper is not None
                assert (paper in theory.papers) is not entry.retired
                assert paper.id in theory.counting_ids


@given(servers, st.data())
@settings(max_examples=40, deadline=None)
def test_retiring_and_restoring_leaves_everything_as_it_was(
    own: list[OwnEntry], data: st.DataObject
) -> None:
    before = overlay(SHIPPED, own)
    chosen = data.draw(st.sets(st.sampled_from(own))) if own else set()
    retired = [replace(e, retired=True) if e in chosen else e for e in own]
    overlay(SHIPPED, retired)
    back = [replace(e, retired=was.retired) for e, was in zip(retired, own, strict=True)]
    assert overlay(SHIPPED, back) == before


@given(servers, servers)
@settings(max_examples=25, deadline=None)
def test_an_amended_index_answers_as_one_prepared_anew(
    before: list[OwnEntry], after: list[OwnEntry]
) -> None:
    old, new = overlay(SHIPPED, before), overlay(SHIPPED, after)
    amended = OwnSearch.prepare(SHIPPED, old, before).amended(new, after).index
    anew = OwnSearch.prepare(SHIPPED, new, after).index
    for query in ("grokking", "lottery tickets studied", "elan vital", "spline", "tropcial"):
        # Each part weighs words by what is in it, so what answers only half may come or go.
        for one, other in ((amended, anew), (anew, amended)):
            plain = {hit.slug for hit in one.complete(query) if hit.score >= PLAIN}
            assert plain <= {hit.slug for hit in other.complete(query)}
        best = amended.look_up(query).best
        assert best is not None or anew.look_up(query).best is None
        for hit in amended.complete_works(query):
            theory = new.get(hit.slug)
            assert theory is not None
            assert hit.paper_id is None or theory.paper(hit.paper_id) in theory.papers


def test_own_entries_are_found_by_name_author_and_identifier() -> None:
    own = (
        own_theory("grokking", "Grokking", aliases=("delayed generalisation",)),
        own_paper(
            "power2022", "grokking", "Grokking: beyond overfitting on small data sets",
            authors=("Alethea Power",), arxiv="2201.02177",
        ),
        own_paper("weber2024", "spline", "A quilt of affine pieces", authors=("Ilse Weber",)),
    )  # fmt: skip
    here = overlay(SHIPPED, own)
    index = OwnSearch.prepare(SHIPPED, here, own).index
    found = {
        words: index.look_up(words).best
        for words in ("groking", "alethea power", "https://arxiv.org/abs/2201.02177v2", "quilt", "")
    }
    assert [hit and (hit.slug, hit.paper_id) for hit in found.values()] == [
        ("grokking", None),
        ("grokking", "power2022"),
        ("grokking", "power2022"),
        ("spline", "weber2024"),
        None,
    ]
    assert index.look_up("spline").best == INDEX.look_up("spline").best


def test_many_papers_of_one_theory_are_offered_each_for_itself() -> None:
    own = [own_paper(f"p{n}", "spline", f"Quilted nets, part {n}") for n in range(30)]
    index = OwnSearch.prepare(SHIPPED, overlay(SHIPPED, own), own).index
    works = index.complete_works("quilted nets")
    assert len({hit.paper_id for hit in works}) >= 20
    assert [hit.slug for hit in index.complete("quilted nets")] == ["spline"]


@given(st.text(max_size=80), st.sets(st.text("ab-1", max_size=4)))
def test_an_id_is_plain_short_and_free(words: str, taken: set[str]) -> None:
    made = identifier_from(words, taken)
    assert made not in taken
    assert 1 <= len(made) <= 50
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_taking_back_turns_every_change_round_unless_something_moved_on() -> None:
    old, new, other = own_paper("a", title="Old"), own_paper("a", title="New"), own_paper("b")
    changes: dict[EntryRef, EntryChange] = {
        new.ref: EntryChange(old, new),
        other.ref: EntryChange(None, other),
    }
    assert undone(changes, {new.ref: new, other.ref: other}) == (
        EntryChange(new, old),
        EntryChange(other, None),
    )
    with pytest.raises(ChangedSince):
        undone(changes, {new.ref: own_paper("a", title="Newer"), other.ref: other})
    with pytest.raises(ChangedSince):
        undone(changes, {new.ref: new})
