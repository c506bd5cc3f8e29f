"""Tables are safe in a spreadsheet, come back as they were, and are read as people make them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.entries import Entry, Name
from bot.domain.imports.contents import Contents, Fault, Format
from bot.exchange.csv import COLUMNS, write_csv
from tests.exchange.works import read

FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_rows(text: str) -> Contents:
    return read(Format.CSV, text.encode())


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "'", "''", "' "])
def test_no_cell_begins_like_a_formula_and_all_come_back(sign: str, before: str) -> None:
    text = f'{before}{sign}cmd|"/c calc"!A1, x'
    entry = Entry(text, text, note=text, tags=("=1",), authors=(Name(literal=text),))
    written = write_csv([entry])
    for cell in cells(written)[1]:
        assert not cell.lstrip().startswith(tuple(FORMULA_SIGNS))
    (located,) = read(Format.CSV, written).entries
    tidied = " ".join(text.split())
    assert (located.entry.key, located.entry.title, located.entry.note) == (tidied,) * 3
    assert located.entry.tags == ("=1",)


@given(
    st.lists(
        st.text(st.sampled_from('[]",;: {}a'), max_size=6).map(str.strip).filter(bool), max_size=3
    )
)
@example(["[["])
@example(["[[]]", "a"])
def test_names_that_look_like_another_notation_come_back(shown: list[str]) -> None:
    authors = tuple(Name(literal=name) for name in shown)
    (located,) = read(Format.CSV, write_csv([Entry("k", "t", authors=authors)])).entries
    assert [name.literal for name in located.entry.authors] == [" ".join(n.split()) for n in shown]


@given(
    st.text(st.sampled_from("'=+-@ \"a,;\n＝"), max_size=8)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)
def test_apostrophes_and_formulas_in_any_order_come_back(text: str) -> None:
    (located,) = read(Format.CSV, write_csv([Entry("k", text)])).entries
    assert located.entry.title == text


def test_a_table_opens_as_utf8_in_a_spreadsheet() -> None:
    written = write_csv([Entry("k", "Zürich 漢")])
    assert written.startswith(b"\xef\xbb\xbf")
    assert cells(written)[0] == list(COLUMNS)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_tables_of_other_makers_are_read(separator: str, ends: str) -> None:
    rows = [
        "Title|Author|Publication Year|URL|Extra",
        "A B|Ada Lovelace; Gu, Mile|2020|www.x.org/a|?",
    ]
    text = ends.join(row.replace("|", separator).replace("; ", "; ") for row in rows)
    text = (
        text
        if separator != ";"
        else text.replace("Ada Lovelace; Gu, Mile", '"Ada Lovelace; Gu, Mile"')
    )
    text = (
        text
        if separator != ","
        else text.replace("Ada Lovelace; Gu, Mile", '"Ada Lovelace; Gu, Mile"')
    )
    contents = read_rows(text)
    (located,) = contents.entries
    assert located.entry.authors == (Name("Lovelace", "Ada"), Name("Gu", "Mile"))
    assert (located.entry.year, located.entry.url) == (2020, "https://www.x.org/a")
    assert contents.unused == ("Extra",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_are_named_are_read(encoding: str) -> None:
    contents = read(Format.CSV, "title\nZürich 漢\n".encode(encoding))
    assert contents.entries[0].entry.title == "Zürich 漢"


def test_an_edited_address_wins_over_the_list_of_links() -> None:
    text = 'title,url,links\nT,https://a.org/new,"[[""L"", ""https://a.org/old"", true]]"\n'
    (located,) = read_rows(text).entries
    assert located.entry.url == "https://a.org/new"
    assert len(located.entry.links) == 2


@pytest.mark.parametrize(
    ("row", "fault", "field"),
    [
        ("k,T,x,,", Fault.NOT_A_YEAR, "year"),
        ("k,,2020,,", Fault.NO_TITLE, "title"),
        ("k,T,2020,,,,", Fault.TOO_MANY, ""),
        ("k,T,2020,A and B,", Fault.NOT_A_NAME, "authors"),
        ('k,T,2020,"[[1",', Fault.NOT_A_NAME, "authors"),
        ("k,T,2020,,many", Fault.NOT_A_NUMBER, "hours"),
        ("k,T,2020,,nan", Fault.NOT_A_NUMBER, "hours"),
        (f"k,{'T' * 301},2020,,", Fault.TOO_LONG, "title"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(row: str, fault: Fault, field: str) -> None:
    contents = read_rows(f'key,title,year,authors,hours\ng,"Go\nod",2020,,\n{row}\nh,Fine,,,\n')
    (refused,) = contents.refused
    assert (refused.key, refused.line, refused.fault, refused.field) == ("k", 4, fault, field)
    assert [located.entry.key for located in contents.entries] == ["g", "h"]
    assert [located.line for located in contents.entries] == [2, 5]
