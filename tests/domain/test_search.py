"""Whatever a member types leads to the theory they mean."""

from __future__ import annotations

import pytest

from bot.domain.papers import Role
from bot.domain.search import Reason, SearchIndex
from tests.domain.theories import paper, theory

LANDINGS = {
    "spline": "spline, splines, splin, balestreiro, max affine, max-affine, maxaffine, Mad Max, "
    "affine max, spilne, power diagrams, geometry of deep networks",
    "circuits": "olah, zoom in, circuit, circiuts, mechinterp, mech interp, zom in",
    "pdlt": "PDLT, pldt, principles of deep learning theory, roberts, yaida hanin 2021, dNTK",
    "vanchurin": "vanchurin, Vanchurin's, wanchurin, Towards a theory of machine learning, koonin",
    "transformer-circuits": "mathematical framework, elhage, olsson, nanda, residual stream, QK, "
    "transformer circuits, circuits transformer, framework, induction head",
    "thermo-ml": "thermodynamic, crutchfield, thermo ml, thermoml, J. P. Crutchfield, "
    "crutchfield jp, crutchfield j, gu, landauer, max work",
    "tqnn": "tqnn, TQNN, marciano, Marcianò, MARCIANO, quantum neural networks, spinnetworks",
    "statmech": "stat mech, statmech, bahri 2020, Bahri et al. (2020), 2020 bahri, ganguli, "
    "mechanics statistical, sohl dickstein, kaplan 2024, bahrireview",
    "tropical": "tropcial, hammoud, decision boundary, decisionboundaries, zonotope, alfarra 2022",
}


@pytest.mark.parametrize(
    ("query", "slug"),
    [(query.strip(), slug) for slug, row in LANDINGS.items() for query in row.split(",")],
)
def test_a_query_lands_on_its_theory(index: SearchIndex, query: str, slug: str) -> None:
    best = index.look_up(query).best
    assert best is not None
    assert best.slug == slug


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("tropical", Reason.SLUG),
        ("Tropical geometry", Reason.NAME),
        ("zonotope", Reason.ALIAS),
        ("Thread: Circuits", Reason.TITLE),
        ("gabrie", Reason.AUTHOR),
        ("2012", Reason.YEAR),
        ("topology", Reason.TAG),
        ("mechanisms", Reason.TOPIC),
    ],
)
def test_a_hit_says_what_kind_of_field_matched(
    index: SearchIndex, query: str, reason: Reason
) -> None:
    assert index.search(query)[0].reason is reason


def test_words_of_the_claim_find_the_theory(index: SearchIndex) -> None:
    found = index.search("ordinary deep networks remain")
    assert any(hit.slug == "tqnn" for hit in found)


def test_a_surname_with_a_year_names_the_paper(index: SearchIndex) -> None:
    assert index.search("balestriero 2019")[0].paper_id == "geometry-neurips2019"
    assert index.search("marciano 2020")[0].paper_id == "qnn-tqft-2020"


@pytest.mark.parametrize("query", ["spline", "tropical", "2002.08838", "Thread: Circuits"])
def test_what_is_named_in_full_has_no_alternatives(index: SearchIndex, query: str) -> None:
    assert index.look_up(query).alternatives == ()


@pytest.mark.parametrize(
    ("query", "also"),
    [
        ("decision boundary", "spline"),
        ("geometry", "spline"),
        ("circuit", "transformer-circuits"),
        ("olah", "transformer-circuits"),
        ("elhage", "circuits"),
        ("kaplan", "statmech"),
        ("ganguli", "transformer-circuits"),
        ("thermodynamic", "vanchurin"),
        ("cnn", "circuits"),
    ],
)
def test_what_may_mean_two_theories_offers_the_other(
    index: SearchIndex, query: str, also: str
) -> None:
    assert also in {hit.slug for hit in index.look_up(query).alternatives}


def test_at_most_four_alternatives_are_offered(index: SearchIndex) -> None:
    assert len(index.look_up("deep learning").alternatives) <= 4


@pytest.mark.parametrize("query", ["", " ", "🎉🎉", "?!", "quantum knitting society", "x" * 6000])
def test_when_nothing_is_near_the_three_nearest_are_named(index: SearchIndex, query: str) -> None:
    found = index.look_up(query)
    assert found.best is None
    assert found.alternatives == ()
    assert len({hit.slug for hit in found.nearest}) == 3


def test_the_nearest_begin_with_the_best(index: SearchIndex) -> None:
    found = index.look_up("spline")
    assert found.nearest[0] == found.best
    assert len(found.nearest) == 3


def test_a_smaller_catalogue_names_as_many_as_it_has() -> None:
    assert len(SearchIndex.build([theory("one")]).look_up("🎉").nearest) == 1
    assert SearchIndex.build([]).look_up("one").nearest == ()


def test_an_ambiguous_alias_yields_to_an_exact_slug() -> None:
    index = SearchIndex.build([theory("a", order=1, aliases=("gu",)), theory("gu", order=2)])
    assert [hit.slug for hit in index.search("gu")] == ["gu", "a"]


@pytest.mark.parametrize("query", ["cirkuit", "ol", "framewrok", "thermoo", "MIT"])
def test_an_ambiguous_alias_is_found_as_a_whole_word_only(query: str) -> None:
    aliases = ("circuit", "ola", "framework", "thermo", "MI")
    index = SearchIndex.build([theory("zzz", aliases=aliases)])
    assert index.look_up(query).best is None


def test_the_singular_and_the_plural_are_told_apart() -> None:
    index = SearchIndex.build([theory("circuits", order=1), theory("circuit", order=2)])
    assert [hit.slug for hit in index.search("circuit")] == ["circuit", "circuits"]
    assert [hit.slug for hit in index.search("circuits")] == ["circuits", "circuit"]


def test_the_author_of_a_primary_paper_comes_before_that_of_another() -> None:
    first = theory("a", paper("a1", "One", ["Ada Quill"], role=Role.BACKGROUND), order=1)
    second = theory("b", paper("b1", "Two", ["Ada Quill"]), order=2)
    assert [hit.slug for hit in SearchIndex.build([first, second]).search("quill")] == ["b", "a"]


def test_initials_of_a_name_find_it() -> None:
    index = SearchIndex.build([theory("s", name="Singular learning theory"), theory("other")])
    assert index.search("SLT")[0].slug == "s"


def test_equals_stand_in_catalogue_order() -> None:
    twins = [theory(slug, order=order, aliases=("twin star",)) for order, slug in enumerate("cab")]
    assert [hit.slug for hit in SearchIndex.build(twins).search("twin star")] == ["c", "a", "b"]


def test_no_more_than_the_limit_is_listed(index: SearchIndex) -> None:
    assert len(index.search("deep learning", limit=2)) == 2
    assert index.search("deep learning", limit=0) == ()
    assert index.search("deep learning", limit=-1) == ()
