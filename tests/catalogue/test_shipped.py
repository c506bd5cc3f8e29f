"""The nine theories that ship: complete, consistent, and honest about what is not confirmed."""

from __future__ import annotations

import pytest

from bot.catalogue import read_catalogue
from bot.domain.catalogue import Catalogue, RelationKind, Theory
from bot.domain.papers import Paper, Role
from tests.founding import DATA, SLUGS

CATALOGUE = read_catalogue(DATA)
FOUNDING = [theory for theory in CATALOGUE if theory.slug in SLUGS]
PAPERS = [paper for theory in FOUNDING for paper in theory.papers]

each_theory = pytest.mark.parametrize("theory", FOUNDING, ids=lambda t: t.slug)
each_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.id)


def paper_of(paper_id: str) -> Paper:
    return next(paper for paper in PAPERS if paper.id == paper_id)


def test_the_nine_theories_stand_in_the_order_of_the_founding_list() -> None:
    assert [theory.slug for theory in FOUNDING] == list(SLUGS)
    assert [theory.order for theory in FOUNDING] == list(range(1, 10))


def test_every_file_of_the_folder_is_a_theory() -> None:
    slugs = {theory.slug for theory in CATALOGUE}
    assert {path.stem for path in (DATA / "theories").iterdir()} == slugs


def test_two_theories_are_the_baseline_everybody_knows() -> None:
    assert [t.slug for t in FOUNDING if t.baseline] == ["circuits", "transformer-circuits"]


@each_theory
def test_a_theory_is_complete(theory: Theory) -> None:
    assert all([theory.name, theory.short_name, theory.claim, theory.list_text])
    assert all([theory.safety_relevance, theory.aliases, theory.prerequisites])
    assert len(theory.key_ideas) >= 5
    assert len(theory.prompts) == 4
    assert CATALOGUE.related(theory.slug)


@each_theory
def test_a_theory_has_a_primary_paper_with_all_a_reader_needs(theory: Theory) -> None:
    assert theory.primary_papers
    for paper in theory.primary_papers:
        assert all([paper.authors, paper.years, paper.venue, paper.links, paper.sections])
        assert paper.hours


@each_theory
def test_the_hours_of_a_theory_are_those_of_its_primary_papers(theory: Theory) -> None:
    assert theory.hours.typical == sum(paper.hours or 0 for paper in theory.primary_papers)


@each_theory
def test_a_theory_is_found_under_its_own_slug(theory: Theory) -> None:
    names = {theory.short_name.casefold(), *(alias.casefold() for alias in theory.aliases)}
    assert theory.slug in names or theory.slug.replace("-", " ") in names


@each_theory
def test_no_sentence_is_used_twice(theory: Theory) -> None:
    texts = [theory.claim, theory.safety_relevance, *theory.key_ideas, *theory.prompts]
    assert len(set(texts)) == len(texts)


def test_every_word_of_the_vocabulary_has_a_meaning() -> None:
    words = CATALOGUE.vocabulary
    assert (len(words.prerequisites), len(words.topics)) == (24, 4)
    assert [section.id for section in words.neutral_sections] == ["u1", "u2", "u3", "u4"]


def test_every_topic_has_a_theory() -> None:
    assert {theory.topic for theory in CATALOGUE} == set(CATALOGUE.vocabulary.topics)


@each_paper
def test_links_lead_to_the_web_and_the_free_ones_come_first(paper: Paper) -> None:
    assert all(link.url.startswith(("https://", "http://")) for link in paper.links)
    free = [link.free for link in paper.links if link.free is not None]
    assert len(free) == len(paper.links), "of a shipped link it is known whether it is free"
    assert free == sorted(free, reverse=True)


@each_paper
def test_a_link_through_an_identifier_carries_the_identifier_of_its_paper(paper: Paper) -> None:
    for link in paper.links:
        if link.url.startswith("https://arxiv.org/abs/"):
            assert link.url == f"https://arxiv.org/abs/{paper.arxiv}"
        if link.url.startswith("https://doi.org/"):
            assert link.url == f"https://doi.org/{paper.doi}"


@each_paper
def test_an_unconfirmed_identifier_never_serves_as_a_confirmed_link(paper: Paper) -> None:
    urls = " ".join(link.url for link in paper.links)
    if "doi" in paper.unverified:
        assert f"doi.org/{paper.doi}" not in urls
    if "arxiv" in paper.unverified and f"arxiv.org/abs/{paper.arxiv}" in urls:
        assert "links" in paper.unverified


def test_no_two_papers_share_an_identifier() -> None:
    for values in ([p.arxiv for p in PAPERS], [p.doi for p in PAPERS]):
        given = [value for value in values if value]
        assert len(set(given)) == len(given)


# Every value that was not found in a source, and nothing else.
UNCONFIRMED = {
    "madmax-procieee2021": {"doi"},
    "circuits-thread": {"authors"},
    "toy-models-2022": {"authors", "doi"},
    "agisf-week": {"links"},
    "pdlt-transformers-talk": {"title", "authors"},
    "justinmath-notes": {"authors"},
    "vanchurin-tml": {"doi"},
    "thermo-evolution": {"arxiv", "authors", "doi", "links", "venue"},
    "induction-heads-2022": {"authors", "doi", "first_public", "first_public_where"},
    "ioi-2022": {"doi"},
    "nanda-walkthrough": {"title"},
    "overfitting-2024": {"doi"},
    "tqnn-2022": {"doi"},
    "qnn-tqft-2020": {"doi", "title_variants", "venue", "year"},
    "gabrie-2023": {"venue"},
    "mehta-2019": {"arxiv", "doi", "links", "title"},
    "zhang-icml2018": {"arxiv"},
    "brandenburg-2024": {"doi"},
}


@each_paper
def test_what_is_not_confirmed_is_marked_so(paper: Paper) -> None:
    assert paper.unverified == UNCONFIRMED.get(paper.id, set())


def test_only_papers_whose_headings_are_known_have_an_outline() -> None:
    outlined = {paper.id: len(paper.sections) for paper in PAPERS if paper.outlined}
    assert outlined == {
        "zoom-in-2020": 8,
        "circuits-thread": 9,
        "pdlt-book": 17,
        "framework-2021": 8,
    }
    neutral = CATALOGUE.vocabulary.neutral_sections
    assert all(paper.sections == neutral for paper in PAPERS if not paper.outlined)


def test_chapters_keep_signs_and_letters_in_their_ids() -> None:
    ids = [section.id for section in paper_of("pdlt-book").sections]
    assert ids[:2] == ["preface", "ch-0"]
    assert ids[-4:] == ["ch-inf", "ch-eps", "app-A", "app-B"]


@pytest.mark.parametrize(
    ("paper_id", "years"),
    [("bahri-2020", (2019, 2020, 2022)), ("alfarra-tpami", (2019, 2022, 2023))],
)
def test_a_year_only_the_founding_list_gives_stands_beside_the_real_ones(
    paper_id: str, years: tuple[int, ...]
) -> None:
    paper = paper_of(paper_id)
    assert paper.years == years
    assert paper.list_year == 2022
    assert paper.note
    assert "2022" in paper.note


def test_works_without_review_are_not_called_reviewed() -> None:
    assert paper_of("framework-2021").peer_reviewed is False
    assert paper_of("tqnn-2022").peer_reviewed is False
    assert paper_of("spline-icml2018").peer_reviewed is True


def test_reading_either_spline_paper_counts_for_the_theory() -> None:
    theory = CATALOGUE.get("spline")
    assert theory is not None
    assert [p.id for p in theory.primary_papers] == ["spline-icml2018", "geometry-neurips2019"]


def test_the_paper_easily_taken_for_the_listed_one_is_background() -> None:
    assert paper_of("qnn-tqft-2020").role is Role.BACKGROUND


@pytest.mark.parametrize("alias", ["balestreiro", "tropcal", "ε-machine", "marcianò", "boyd"])
def test_spellings_people_use_are_among_the_aliases(alias: str) -> None:
    assert any(alias in theory.aliases for theory in CATALOGUE)


def test_relations_read_the_same_from_both_ends() -> None:
    def seen(catalogue: Catalogue) -> set[tuple[frozenset[str], RelationKind, str]]:
        return {
            (frozenset({theory.slug, row.theory.slug}), row.kind, row.why)
            for theory in catalogue
            for row in catalogue.related(theory.slug)
        }

    assert len(CATALOGUE.relations) == len(seen(CATALOGUE)) == 13
    for theory in CATALOGUE:
        for row in CATALOGUE.related(theory.slug):
            back = [r for r in CATALOGUE.related(row.theory.slug) if r.theory is theory]
            assert [(r.kind, r.why, r.outgoing) for r in back] == [
                (row.kind, row.why, not row.outgoing)
            ]


def test_two_theories_extend_an_earlier_one() -> None:
    extends = [(r.source, r.target) for r in CATALOGUE.relations if r.kind is RelationKind.EXTENDS]
    assert extends == [("pdlt", "statmech"), ("transformer-circuits", "circuits")]
