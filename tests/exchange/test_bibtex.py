"""BibTeX as it is found in the wild, and what is wrong with some of it."""

from __future__ import annotations

import time

import pytest

from bot.domain.entries import ET_AL, Entry, Name
from bot.domain.imports.contents import Contents, Fault, Format
from bot.domain.papers import PaperType
from bot.exchange.bibtex_file import write_bibtex
from bot.exchange.bounded import read_file
from bot.exchange.keys import bibtex_keys
from tests.exchange.works import read

SCHOLAR = r"""
Some text that is none of an entry.
@article{balestriero2018mad,
  title={Mad max: Affine spline insights into deep learning},
  author={Balestriero, Randall and Baraniuk, Richard and others},
  journal={arXiv preprint arXiv:1805.06576},
  year={2018}
}
"""
ARXIV = r"""
@misc{olsson2022,
      title={In-context {L}earning and {I}nduction {H}eads},
      author={Catherine Olsson and Nelson {El Hage} and {Anthropic Team}},
      year={2022},
      eprint={2209.11895v1},
      archivePrefix={arXiv},
      primaryClass={cs.LG},
      url={https://arxiv.org/abs/2209.11895},
}
"""
JOURNAL = r"""
@string{prl = "Phys.\ Rev. " # "Lett."}
@comment{not read}
@ARTICLE(still2012,
  AUTHOR = "Susanne Still and Ludwig van Beethoven and Martin Luther King, Jr.",
  Title  = "Thermodynamics of {P}rediction --- a ``view''",
  journal = prl, volume = 109, number = "12", pages = {120604--120609},
  date = {2012-09-19}, doi = {https://doi.org/10.1103/PhysRevLett.109.120604},
  month = sep, keywords = {thermodynamics; information},
  isbn = "978-1-316-51933-2", howpublished = {\url{https://x.org/a_b}}
)
"""


def read_text(text: str) -> Contents:
    return read(Format.BIBTEX, text.encode())


def only(text: str) -> Entry:
    contents = read_text(text)
    assert contents.refused == ()
    (located,) = contents.entries
    return located.entry


def test_what_a_search_engine_gives_is_read() -> None:
    entry = only(SCHOLAR)
    assert entry.authors == (
        Name("Balestriero", "Randall"), Name("Baraniuk", "Richard"), Name(literal=ET_AL),
    )  # fmt: skip
    assert (entry.arxiv, entry.year, entry.kind) == ("1805.06576", 2018, PaperType.ARTICLE)
    assert read_text(SCHOLAR).entries[0].line == 3


def test_what_arxiv_gives_is_read() -> None:
    entry = only(ARXIV)
    assert entry.title == "In-context Learning and Induction Heads"
    assert entry.authors[1:] == (Name("El Hage", "Nelson"), Name(literal="Anthropic Team"))
    assert (entry.arxiv, entry.arxiv_version) == ("2209.11895", 1)
    assert (entry.kind, entry.kind_stated) == (PaperType.PREPRINT, False)


def test_what_a_physicist_writes_is_read() -> None:
    entry = only(JOURNAL)
    assert entry.title == "Thermodynamics of Prediction — a “view”"
    assert [name.shown for name in entry.authors][1] == "Ludwig van Beethoven"
    assert entry.authors[1] == Name("van Beethoven", "Ludwig")
    assert entry.venue == "Phys. Rev. Lett. 109(12)"
    assert (entry.year, entry.pages) == (2012, "120604–120609")
    assert entry.doi == "10.1103/PhysRevLett.109.120604"
    assert entry.tags == ("thermodynamics", "information")
    assert entry.isbn == "9781316519332"
    assert read_text(JOURNAL).unused == ("month",)


def test_an_old_number_of_arxiv_is_put_together() -> None:
    entry = only(
        "@misc{k, title={T}, eprint=9907176, archiveprefix={arXiv}, primaryclass={cond-mat}}"
    )
    assert entry.arxiv == "cond-mat/9907176"


def test_an_address_for_a_venue_is_a_link() -> None:
    entry = only(r"@misc{k, title={T}, howpublished={\url{https://x.org/a_b}}}")
    assert (entry.url, entry.venue, entry.kind) == (
        "https://x.org/a_b",
        None,
        PaperType.WEB_ARTICLE,
    )


FAULTS = [
    ("@article{K, year={2020}}", Fault.NO_TITLE, "title"),
    ("@article{K, title={T}, year={20x0}}", Fault.NOT_A_YEAR, "year"),
    ("@article{K, title={T}, doi={nothing}}", Fault.NOT_A_DOI, "doi"),
    ("@article{K, title={T}, url={ftp://x.org}}", Fault.NOT_AN_ADDRESS, "url"),
    ("@article{K, title={T}, url={https://u:p@x.org/}}", Fault.NOT_AN_ADDRESS, "url"),
    ("@article{K, title={T}, eprint={x}, archiveprefix={arXiv}}", Fault.NOT_ARXIV, "arxiv"),
    ("@article{K, title=nowhere}", Fault.TEXT_UNDEFINED, "title"),
    ("@article{K, title={T} {U}}", Fault.SYNTAX, "title"),
    ("@article{K, title={T}, title={U}}", Fault.FIELD_TWICE, ""),
    ("@article{K, title={T}, Title={U}}", Fault.FIELD_TWICE, "title"),
    ("@article{K, title={T}, author={A, B, C, D}}", Fault.NOT_A_NAME, "authors"),
    ("@article{K, title={" + "{" * 60 + "T" + "}" * 60 + "}}", Fault.TOO_DEEP, "title"),
    ("@article{K, title={T}, abstract={" + "a" * 4001 + "}}", Fault.TOO_LONG, "abstract"),
    ("@article{K, title={T}, theory={No Theory}}", Fault.THEORY_UNKNOWN, "theory"),
    ("@article{K, title={T} year={2020}}", Fault.SYNTAX, "title"),
    ("@article{K, title={T}, year={2020}", Fault.SYNTAX, ""),
]


@pytest.mark.parametrize(("text", "fault", "field"), FAULTS)
def test_a_bad_entry_is_refused_with_its_place_and_the_next_is_read(
    text: str, fault: Fault, field: str
) -> None:
    contents = read_text(f"@misc{{a, title={{A}}}}\n\n{text}\n\n@misc{{z, title={{Z}}}}\n")
    (refused,) = contents.refused
    assert (refused.key, refused.line, refused.fault, refused.field) == ("K", 3, fault, field)
    assert [located.entry.key for located in contents.entries] == ["a", "z"]


def test_the_second_of_two_keys_is_refused() -> None:
    contents = read_text("@misc{a, title={A}}\n@misc{a, title={B}}\n")
    assert [located.entry.title for located in contents.entries] == ["A"]
    assert [(r.key, r.line, r.fault) for r in contents.refused] == [("a", 2, Fault.KEY_TWICE)]


def test_of_five_hundred_entries_the_thirty_bad_ones_are_refused_and_no_other() -> None:
    texts = write_bibtex(
        Entry(f"good{n}", f"On the number {n}", (Name("Noether", f"E. {n}"),), year=1900 + n % 120)
        for n in range(470)
    ).decode()
    blocks = [block for block in texts.split("\n\n\n") if block.strip()]
    assert len(blocks) == 470
    bad = {}
    for n in range(30):
        text, fault, field = FAULTS[n % len(FAULTS)]
        key = f"bad{n}"
        blocks.insert(n * 16, text.replace("{K,", f"{{{key},"))
        bad[key] = (fault, field)
    begun = time.monotonic()
    contents = read_file("\n\n".join(blocks).encode(), "list.bib")
    assert time.monotonic() - begun < 10
    assert {r.key: (r.fault, r.field) for r in contents.refused} == bad
    assert [e.entry.key for e in contents.entries] == [f"good{n}" for n in range(470)]
    lines = "\n\n".join(blocks).splitlines()
    assert all(r.key in lines[r.line - 1] for r in contents.refused)


@pytest.mark.parametrize(
    "name",
    [
        Name("Gu", "and"), Name("and", "Mile"), Name("Smith and Sons"), Name("others"), Name("a, b", "c"),
        Name("de la Croix", "Ann", "Jr."), Name("Plato"), Name(literal="Smith and Sons, Ltd."),
    ],
)  # fmt: skip
def test_a_name_that_looks_like_grammar_comes_back_between_others(name: Name) -> None:
    names = (Name("Noether", "Emmy"), name, Name("Gabrié", "Marylou"))
    assert only(write_bibtex([Entry("k", "T", names)]).decode()).authors == names


def test_keys_differ_even_for_who_does_not_tell_capitals() -> None:
    keys = bibtex_keys(["a", "A", "a b", "a-b", "{}", "ü", "A"])
    assert len({key.lower() for key in keys}) == len(keys)
    assert keys[0] == "a"
