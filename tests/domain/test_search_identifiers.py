"""Identifiers and links name one work, or nothing."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import Theory
from bot.domain.search import Reason, SearchIndex
from tests.domain.theories import paper, theory


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("2002.08838", "tropical"),
        ("2002.08838v2", "tropical"),
        ("arXiv:2002.08838", "tropical"),
        ("arxiv 2002.08838v3", "tropical"),
        ("[2002.08838]", "tropical"),
        ("https://arxiv.org/abs/2002.08838v1", "tropical"),
        ("http://www.arxiv.org/pdf/2002.08838v3.pdf", "tropical"),
        ("see https://arxiv.org/abs/2002.08838, please", "tropical"),
        ("https://doi.org/10.48550/arXiv.2002.08838", "tropical"),
        ("1805.06576", "spline"),
        ("10.23915/distill.00024.001", "circuits"),
        ("doi:10.23915/DISTILL.00024.001", "circuits"),
        ("https://dx.doi.org/10.1103/PhysRevLett.109.120604", "thermo-ml"),
        ("https://journals.aps.org/prl/pdf/10.1103/physrevlett.109.120604?x=1", "thermo-ml"),
        ("https://iopscience.iop.org/article/10.1088/1367-2630/ac4309/pdf", "thermo-ml"),
        ("10.1088%2F1367-2630%2Fac4309", "thermo-ml"),
        ("978-1-316-51933-2", "pdlt"),
        ("<https://distill.pub/2020/circuits/zoom-in/>", "circuits"),
        ("http://www.distill.pub/2020/circuits/zoom-in?from=x#claim", "circuits"),
        ("distill.pub/2020/circuits/zoom-in", "circuits"),
        ("https://proceedings.mlr.press/v80/balestriero18b", "spline"),
        ("https://youtu.be/BhpMsDbOI2c?t=90", "pdlt"),
        ("https://m.youtube.com/watch?t=3&v=-QF_jX8L0nw", "statmech"),
        ("tropical 2002.08838", "tropical"),
    ],
)
def test_a_work_is_found_however_its_identifier_is_written(
    index: SearchIndex, query: str, slug: str
) -> None:
    found = index.look_up(query)
    assert found.best is not None
    assert (found.best.slug, found.best.score) == (slug, 100.0)
    assert found.best.reason in {Reason.IDENTIFIER, Reason.LINK}
    assert found.alternatives == ()


def test_every_identifier_and_link_of_the_catalogue_lands(
    index: SearchIndex, founding_theories: tuple[Theory, ...]
) -> None:
    for entry in founding_theories:
        for work in entry.papers:
            named = [work.arxiv, work.doi, *(link.url for link in work.links)]
            for name in filter(None, named):
                best = index.look_up(name).best
                assert best is not None, name
                assert best.slug == entry.slug, name


@pytest.mark.parametrize(
    "query",
    [
        "2002.08839",
        "2002.08839v1",
        "arXiv:2002.88380",
        "10.23915/distill.00024.010",
        "https://doi.org/10.1109/TPAMI.2022.3201491",
        "https://www.youtube.com/watch?v=xxxxxxxxxxx&index=1",
        "https://distill.pub/2020/circuits/nothing-here/",
        "physics/0004057",
    ],
)
def test_an_unknown_identifier_is_near_nothing(index: SearchIndex, query: str) -> None:
    found = index.look_up(query)
    assert found.best is None
    assert len(found.nearest) == 3


def test_the_nearest_of_an_unknown_identifier_stand_next_to_it(index: SearchIndex) -> None:
    assert index.look_up("2002.08839").nearest[0].slug == "tropical"


def test_words_beside_an_unknown_identifier_still_count(index: SearchIndex) -> None:
    best = index.look_up("tropical geometry, arXiv:2002.08839").best
    assert best is not None
    assert best.slug == "tropical"
    assert best.score < 100


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ({"arxiv": "cond-mat/9907176"}, "https://arxiv.org/abs/cond-mat/9907176v2"),
        ({"arxiv": "math/0309136"}, "math.GT/0309136"),
        ({"doi": "10.1023/A:1010388907793"}, "10.1023/a:1010388907793"),
        ({"doi": "10.1002/(SICI)1097-0258(1)17:1"}, "https://doi.org/10.1002/(sici)1097-0258(1)17:1"),
        ({"links": ["https://openreview.net/forum?id=CNA6Z&x=1"]}, "openreview.net/forum?id=CNA6Z"),
        ({"links": ["http://jmlr.org/papers/v26/23-0058.html"]}, "https://jmlr.org/papers/v26/23-0058"),
    ],
)  # fmt: skip
def test_unusual_forms_are_understood(stored: dict[str, str], typed: str) -> None:
    work = paper("p", "A work", **stored)  # type: ignore[arg-type]  # fields differ by row
    index = SearchIndex.build([theory("other", order=1), theory("meant", work, order=2)])
    best = index.look_up(typed).best
    assert best is not None
    assert (best.slug, best.paper_id) == ("meant", "p")


def test_a_work_that_two_theories_read_offers_both() -> None:
    first = theory("a", paper("a1", "One", arxiv="2102.06701"), order=1)
    second = theory("b", paper("b1", "One", arxiv="2102.06701"), order=2)
    found = SearchIndex.build([first, second]).look_up("2102.06701")
    assert found.best is not None
    assert found.best.slug == "a"
    assert [hit.slug for hit in found.alternatives] == ["b"]


def test_a_year_is_no_identifier(index: SearchIndex) -> None:
    assert index.search("2020")[0].reason is Reason.YEAR
    assert index.look_up("1066").best is None
