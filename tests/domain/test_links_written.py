"""What people write into the form of a paper, in every way they write it."""

from __future__ import annotations

import pytest

from bot.domain.paper_forms import Unread, WrittenPaper


def written(links: str) -> tuple[dict[str, str], bool]:
    """What is kept of a field, and whether something of it could not be read."""
    paper, unread = WrittenPaper("T", "", links, "", "").applied(theory="spline")
    work = paper.work
    kept = {"arxiv": work.arxiv, "doi": work.doi, "openreview": work.openreview, "url": work.url}
    return {name: value for name, value in kept.items() if value}, Unread.LINK in unread


@pytest.mark.parametrize(
    "links",
    [
        "2201.02177", "2201.02177.", "(2201.02177),", "arXiv : 2201.02177", "ARXIV:2201.02177v3 [cs.LG]",
        "https://arxiv.org/abs/2201.02177?context=cs.LG", "<http://export.arxiv.org/abs/2201.02177v1/>",
        "arxiv.org/pdf/2201.02177v2.pdf#page=3", "https://doi.org/10.48550/arXiv.2201.02177",
    ],
)  # fmt: skip
def test_an_arxiv_number(links: str) -> None:
    assert written(links) == ({"arxiv": "2201.02177"}, False)


def test_several_and_their_names() -> None:
    both = {"arxiv": "2201.02177", "doi": "10.1000/xyz"}
    assert written("arXiv: 2201.02177, DOI: 10.1000/xyz.") == (both, False)
    review = {"openreview": "rJxBa1HFvS"}
    assert written("openreview.net/forum?id=rJxBa1HFvS") == (review, False)


@pytest.mark.parametrize(
    "links",
    ["javascript:alert(1)", "https://user:word@x.org/", "https://.", "http://localhost/x", "https://a..b/",
     "https://[::1]/x", "https://a.org:99999/", "somewhere"],
)  # fmt: skip
def test_what_no_message_can_link_to_is_left_out_and_said(links: str) -> None:
    assert written(links) == ({}, True)


@pytest.mark.parametrize(
    ("facts", "year", "hours"),
    [("2022, 10.5 h", 2022, 10.5), ("0,75", None, 0.75), ("1500 h, 2020", 2020, None), ("2022", 2022, None),
     ("5 h", None, 5.0)],
)  # fmt: skip
def test_year_and_hours(facts: str, year: int | None, hours: float | None) -> None:
    paper, _ = WrittenPaper("T", "", "", facts, "").applied(theory="spline")
    assert (paper.work.year, paper.work.hours) == (year, hours)
