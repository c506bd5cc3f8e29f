"""Which works an export holds, and whose depths it carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Catalogue
from bot.domain.errors import StaleControl, TopicUnknown
from bot.domain.exports import ExportScope, NothingRead, Selection, chapters, topics_in_use
from bot.domain.progress import Depth
from tests.domain.theories import founding_theories, paper, theory, vocabulary

CATALOGUE = Catalogue(founding_theories(), (), vocabulary())
PAPERS = [paper.id for theory in CATALOGUE for paper in theory.papers]
depths = st.dictionaries(st.sampled_from([*PAPERS, "retired"]), st.sampled_from(list(Depth)))


def keys(selection: Selection, own: dict[str, Depth] | None = None) -> list[str]:
    found = chapters(CATALOGUE, selection, own or {})
    return [entry.key for chapter in found for entry in chapter.entries]


@given(depths)
def test_the_whole_catalogue_is_every_work_in_its_order_and_no_depth(own: dict[str, Depth]) -> None:
    found = chapters(CATALOGUE, Selection(), own)
    assert [e.key for c in found for e in c.entries] == PAPERS
    assert not [e for c in found for e in c.entries if e.depth]


@given(depths)
def test_own_readings_are_exactly_those_that_were_taken_up(own: dict[str, Depth]) -> None:
    listed = {key: depth for key, depth in own.items() if key in PAPERS}
    if not listed:
        with pytest.raises(NothingRead):
            chapters(CATALOGUE, Selection(ExportScope.MINE), own)
        return
    found = chapters(CATALOGUE, Selection(ExportScope.MINE), own)
    assert {e.key: e.depth for c in found for e in c.entries} == listed
    assert all(chapter.entries for chapter in found)


@given(st.sampled_from(CATALOGUE.theories), depths)
def test_a_theory_is_its_works_alone_without_depths(theory: object, own: dict[str, Depth]) -> None:
    slug = theory.slug  # type: ignore[attr-defined]  # drawn from the catalogue
    (chapter,) = chapters(CATALOGUE, Selection(ExportScope.THEORY, slug), own)
    assert [e.key for e in chapter.entries] == [p.id for p in chapter.theory.papers]
    assert {e.theory for e in chapter.entries} == {slug}
    assert {e.depth for e in chapter.entries} == {None}


def test_a_topic_is_what_is_about_it_or_builds_on_it() -> None:
    about = [
        theory("a", paper("a1", "A"), topic="geometry"),
        theory("b", paper("b1", "B"), topic="other", prerequisites=("topology",)),
        theory("c", paper("c1", "C"), topic="other"),
    ]
    catalogue = Catalogue(tuple(about), (), vocabulary())
    for key, slugs in {"geometry": ["a"], "topology": ["b"], "other": ["b", "c"]}.items():
        found = chapters(catalogue, Selection(ExportScope.TOPIC, key), {})
        assert [chapter.theory.slug for chapter in found] == slugs


def test_each_work_says_its_theory_and_what_it_needs() -> None:
    (chapter,) = chapters(CATALOGUE, Selection(ExportScope.THEORY, "spline"), {})
    assert {entry.tags for entry in chapter.entries} == {chapter.theory.prerequisites}


def test_a_topic_that_no_theory_has_and_a_theory_that_is_gone_are_refused() -> None:
    with pytest.raises(TopicUnknown):
        keys(Selection(ExportScope.TOPIC, "alchemy"))
    for slug in ("gone", None):
        with pytest.raises(StaleControl):
            keys(Selection(ExportScope.THEORY, slug))


def test_topics_are_those_that_a_theory_is_about_or_builds_on() -> None:
    one = theory("b", paper("b1", "B"), topic="other", prerequisites=("topology",))
    catalogue = Catalogue((one,), (), vocabulary())
    titles = {"other": "Other", "geometry": "Geometry", "topology": "Topology"}
    assert topics_in_use(catalogue, titles) == {"other": "Other", "topology": "Topology"}
