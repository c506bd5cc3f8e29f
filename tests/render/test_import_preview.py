"""The preview of an import tells every count, gives the reasons, and stays within its length."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot.domain.entries import Entry, Name
from bot.domain.imports import errors
from bot.domain.imports.comparison import Comparison, Known, Unplaced, compare
from bot.domain.imports.contents import Contents, Fault, Format, Located, Refused
from bot.domain.imports.errors import FileRefused
from bot.domain.imports.matching import Evidence
from bot.render.import_evidence import evidence_text
from bot.render.import_faults import fault_text, field_text
from bot.render.import_preview import (
    group_page,
    import_preview,
    outcome_line,
    refused_lines,
)
from bot.render.markdown import size
from bot.render.refusals import refusal
from bot.render.words import Words

WORDS = Words()
KNOWN = Entry("k", "A theory of *things*", (Name("Gu", "Mile"),), year=2020, arxiv="1805.06576")


def compared(*entries: Entry, refused: tuple[Refused, ...] = (), own: bool = True) -> Comparison:
    located = tuple(Located(entry, line) for line, entry in enumerate(entries, 1))
    return compare(Contents(Format.CSV, located, refused), [Known(KNOWN, own)])


def test_every_group_is_told_with_its_reasons() -> None:
    comparison = compared(
        Entry("n", "Something new", year=2021),
        Entry("c", KNOWN.title, arxiv=KNOWN.arxiv, year=2022),
        Entry("d", "Something new"),
        refused=(Refused("b@d", 9, Fault.NOT_A_DOI, "doi"),),
    )
    preview = import_preview(comparison, ("month", "x_y"), WORDS)
    assert preview.split("\n\n") == [
        "1 new · 1 changed · 1 twice in the file · 1 refused",
        "**New (1)**\n- Something new (2021)",
        "**Changed (1)**\n- A theory of \\*things\\* (2020): year",
        "**Twice in the file (1)**\n- Something new: line 3, first on line 1",
        "**Refused (1)**\n- line 9, b@\u200bd: DOI: that is not a DOI such as 10.1109/TPAMI.2022.3201490",
        "Not used: month, x\\_y",
    ]


def test_a_known_work_is_told_by_what_it_was_known() -> None:
    preview = import_preview(compared(KNOWN, own=False), (), WORDS)
    assert "(same arXiv number)" in preview
    assert "would change nothing" in preview


def test_a_long_preview_keeps_its_counts_and_its_length() -> None:
    entries = [Entry(f"k{n}", f"{n} " + "@everyone [x](https://e.vil) " * 9) for n in range(60)]
    refused = tuple(Refused("@here" * 40, n, Fault.NOT_A_NAME, "authors") for n in range(90))
    comparison = compared(*entries, refused=refused)
    for longest in (200, 900, 3500):
        preview = import_preview(comparison, ("_" * 99,) * 20, WORDS, longest)
        assert size(preview) <= longest
        assert "90 refused" in preview
    assert "@everyone" not in preview
    assert not re.search(r"(?<!\\)\]\(", preview)
    assert "- and 85 more" in preview


def test_all_refusals_can_be_had_as_lines() -> None:
    refused = [Refused("", 1, Fault.SYNTAX), Refused("k", 2, Fault.NO_TITLE, "title")]
    assert refused_lines(refused, WORDS) == (
        "line 1: it breaks off or a bracket, quotation mark or comma is missing\n"
        "line 2, k: title: it has no title\n"
    )


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_words(fault: Fault) -> None:
    assert fault_text(fault, "", WORDS)
    assert fault_text(fault, "year", WORDS).startswith("year: ")


@pytest.mark.parametrize("evidence", Evidence)
def test_every_evidence_has_words(evidence: Evidence) -> None:
    assert evidence_text(evidence, WORDS)


def test_every_field_that_can_change_has_a_name() -> None:
    names = {
        name for name in Entry.__dataclass_fields__ if name not in ("key", "depth", "kind_stated")
    }
    assert not [name for name in names if "_" in field_text(name, WORDS)]


def test_counts_of_what_there_is_are_told_on_one_line() -> None:
    new = compared(Entry("n", "Something new"), Entry("m", "Something else entirely"))
    assert outcome_line(new, WORDS) == "2 new"
    (one, two) = new.new
    unplaced = Comparison(unplaced=(Unplaced(one.located), Unplaced(two.located)))
    assert outcome_line(unplaced, WORDS) == "2 without a theory"
    assert "change nothing" not in import_preview(unplaced, (), WORDS)
    assert import_preview(Comparison(), (), WORDS) == "Importing this file would change nothing."


def test_a_group_is_turned_page_by_page_and_no_page_is_empty() -> None:
    members = compared(*(Entry(f"k{n}", f"{n} " + "long title " * 20) for n in range(30))).new
    pages = [group_page(members, "New", page, WORDS) for page in range(3)]
    assert [count for _, count in pages] == [3, 3, 3]
    assert "**New** · 25 to 30 of 30" in pages[2][0]
    assert sum(text.count("\n- ") for text, _ in pages) == 30
    assert all(size(text) < 3000 for text, _ in pages)
    assert group_page(members, "New", 99, WORDS) == pages[2]


def test_every_refusal_of_a_file_has_words_of_its_own_on_one_line() -> None:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, FileRefused)
    ]
    tree = ast.parse(Path(errors.__file__).read_text(encoding="utf-8"))
    assert len(kinds) == sum(isinstance(node, ast.ClassDef) for node in tree.body)
    made = {
        "FileTooLarge": (2**21, 2**20),
        "FileNotText": (3,),
        "FileBroken": (3,),
        "TooManyColumns": (99, 50),
    }
    made["TooManyEntries"] = (2000,)
    sentences = set()
    for kind in kinds:
        if kind is not FileRefused:
            sentence = refusal(kind(*made.get(kind.__name__, ())), WORDS)
            assert "\n" not in sentence
            sentences.add(sentence)
    assert len(sentences) == len(kinds) - 1
    assert refusal(errors.FileKindUnknown(), WORDS).startswith("I read BibTeX")
    assert "not possible right now" not in " ".join(sentences)
