"""Identifiers are brought to one form, and what is none is not taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entries import Entry, link_to
from bot.domain.imports.completion import completed
from bot.domain.imports.identifiers import (
    arxiv_mentioned,
    arxiv_number,
    doi_name,
    isbn_number,
    openreview_id,
    openreview_linked,
    web_address,
)
from bot.domain.papers import Link

READERS = (
    arxiv_mentioned, arxiv_number, doi_name, isbn_number, openreview_id, openreview_linked, web_address,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1805.06576", ("1805.06576", None)),
        (" arXiv:1805.06576v2 [cs.LG] ", ("1805.06576", 2)),
        ("https://arxiv.org/abs/1805.06576v12", ("1805.06576", 12)),
        ("http://arxiv.org/pdf/1805.06576.pdf", ("1805.06576", None)),
        ("10.48550/arXiv.2210.13741", ("2210.13741", None)),
        ("https://doi.org/10.48550/ARXIV.2210.13741", ("2210.13741", None)),
        ("math.gt/0309136v1", ("math.GT/0309136", 1)),
        ("cond-mat/9907176", ("cond-mat/9907176", None)),
        ("1805", None), ("1813.06576", None), ("1805.06576v0", None), ("1805.065761234", None),
        ("x1805.06576", None), ("", None), ("٢٠٠٢.08838", None),
    ],
)  # fmt: skip
def test_arxiv_numbers(text: str, number: tuple[str, int | None] | None) -> None:
    assert arxiv_number(text) == number


def test_an_arxiv_number_in_a_venue_is_found_but_no_other_number() -> None:
    assert arxiv_mentioned("arXiv preprint arXiv:1805.06576v3") == ("1805.06576", 3)
    assert arxiv_mentioned("Nature 1805.06576") is None


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1109/TPAMI.2022.3201490", "10.1109/TPAMI.2022.3201490"),
        ("https://dx.doi.org/10.1002/(SICI)1097%3A4", "10.1002/(SICI)1097:4"),
        ("doi: 10.1000/x", "10.1000/x"),
        ("10.1000/100%25", "10.1000/100%25"),
        ("10.1000/a b", None), ("11.1000/x", None), ("https://doi.org/", None), ("10.1000/\u202ex", None),
    ],
)  # fmt: skip
def test_dois(text: str, doi: str | None) -> None:
    assert doi_name(text) == doi


def test_ids_of_openreview_keep_their_capitals() -> None:
    assert openreview_id("https://openreview.net/forum?id=rJxBa1HFvS&noteId=x") == "rJxBa1HFvS"
    assert openreview_id("openreview.net/pdf?id=rJxBa1HFvS") == "rJxBa1HFvS"
    assert openreview_id("rJxBa1HFvS") == "rJxBa1HFvS"
    assert openreview_id("https://openreview.net/group?x=1") is None
    assert openreview_linked("https://evil.org/openreview.net?id=abcde") is None


@pytest.mark.parametrize("text", ["978-1-316-51933-2", "ISBN: 9781316519332", "0-8044-2957-X"])
def test_isbns_lose_their_hyphens(text: str) -> None:
    assert isbn_number(text) in ("9781316519332", "080442957X")


@pytest.mark.parametrize(
    "text", ["9781316519333", "0804429570", "978131651933", "X804429570", "9" * 14]
)
def test_numbers_whose_check_digit_is_wrong_are_no_isbn(text: str) -> None:
    assert isbn_number(text) is None


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "ftp://x.org", "https://", "https://a b.org", "https://u:p@x.org/", "x.org",
     "https://[::1", "https://x.org/\u202etxt", "data:text/html,x", "https://.", "http://localhost/",
     "https://a..org", "https://a.org:x/", "https://-a.org/"],
)  # fmt: skip
def test_what_is_no_web_address(text: str) -> None:
    assert web_address(text) is None


@given(st.one_of(st.text(max_size=60), st.text("10.5/v:arXivdohtps?id=net %[]", max_size=60)))
def test_no_text_breaks_a_reader_and_what_is_read_reads_the_same(text: str) -> None:
    for reader in READERS:
        value = reader(text)
        if isinstance(value, str) and reader is not openreview_linked:
            assert reader(value) == value


def test_an_entry_is_completed_from_what_gives_its_identifiers_away() -> None:
    assert completed(Entry("k", "T", doi="10.48550/arXiv.2210.13741")).arxiv == "2210.13741"
    assert completed(Entry("k", "T", venue="arXiv preprint arXiv:1805.06576")).arxiv == "1805.06576"
    links = (
        Link("Code", "https://github.com/1805.06576", free=True),
        link_to("https://arxiv.org/abs/1805.06577v2"),
    )
    linked = completed(Entry("k", "T", links=links))
    assert (linked.arxiv, linked.arxiv_version) == ("1805.06577", 2)
    forum = link_to("https://openreview.net/forum?id=rJxBa1HFvS")
    assert completed(Entry("k", "T", links=(forum,))).openreview == "rJxBa1HFvS"


def test_what_an_entry_says_itself_is_not_replaced() -> None:
    entry = Entry(
        "k", "T", arxiv="1805.06576", doi="10.48550/arXiv.2210.13741", openreview="abcdef"
    )
    assert completed(entry) is entry
