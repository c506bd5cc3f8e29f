"""CSL-JSON is valid by its schema, and read as reference managers write it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.entries import Entry, Name
from bot.domain.imports.contents import Fault, Format, Refused
from bot.domain.papers import PaperType
from bot.exchange.csl_json import write_csl_json
from bot.exchange.kinds import CSL_TYPES
from tests.exchange.csl_schema import CSL_DATA
from tests.exchange.works import entries, read, shipped_entries

VALIDATOR = jsonschema_rs.Draft7Validator(CSL_DATA)


def read_items(*items: object) -> list[Entry]:
    contents = read(Format.CSL_JSON, json.dumps(items).encode())
    assert contents.refused == ()
    return [located.entry for located in contents.entries]


def refusals(*items: object) -> tuple[Refused, ...]:
    return read(Format.CSL_JSON, json.dumps(items, indent=1).encode()).refused


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entries())
def test_any_work_is_written_validly(entry: Entry) -> None:
    VALIDATOR.validate(json.loads(write_csl_json([entry])))


def test_the_shipped_catalogue_is_written_validly() -> None:
    VALIDATOR.validate(json.loads(write_csl_json(shipped_entries())))


def test_the_schema_would_object() -> None:
    with pytest.raises(jsonschema_rs.ValidationError):
        VALIDATOR.validate([{"id": "a", "type": "paper"}])
    with pytest.raises(jsonschema_rs.ValidationError):
        VALIDATOR.validate([{"id": "a", "type": "book", "hours": "3"}])


def test_every_kind_has_a_type() -> None:
    assert set(CSL_TYPES) == set(PaperType)


def test_an_item_of_a_reference_manager_is_read() -> None:
    item: dict[str, Any] = {
        "id": "http://zotero.org/users/1/items/AB",
        "type": "article-journal",
        "title": "Toward a theory of machine learning",
        "container-title": "Machine Learning: Science and Technology",
        "volume": "2",
        "issue": 3,
        "page": "035012",
        "DOI": "https://doi.org/10.1088/2632-2153/abe6d7",
        "URL": "https://arxiv.org/abs/2004.09280v2",
        "author": [
            {"family": "Vanchurin", "given": "Vitaly"},
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"literal": "A Group"},
        ],
        "issued": {"date-parts": [["2021", 4, 15]]},
        "accessed": {"date-parts": [[2024, 1, 1]]},
        "language": "en",
    }
    (entry,) = read_items(item)
    assert entry.authors == (
        Name("Vanchurin", "Vitaly"),
        Name("van Beethoven", "Ludwig"),
        Name(literal="A Group"),
    )
    assert (entry.year, entry.venue) == (2021, "Machine Learning: Science and Technology 2(3)")
    assert (entry.doi, entry.arxiv) == ("10.1088/2632-2153/abe6d7", "2004.09280")
    assert (entry.arxiv_version, entry.kind) == (2, PaperType.ARTICLE)
    unused = read(Format.CSL_JSON, json.dumps([item]).encode()).unused
    assert unused == ("accessed", "language")


def test_one_item_without_a_list_is_read() -> None:
    contents = read(Format.CSL_JSON, b'{"id": 7, "type": "book", "title": "T"}')
    assert contents.entries[0].entry.key == "7"


@pytest.mark.parametrize(
    ("item", "fault", "field"),
    [
        (7, Fault.NOT_AN_ENTRY, ""),
        ({"id": "a", "type": "book"}, Fault.NO_TITLE, "title"),
        ({"id": "a", "title": ["T"]}, Fault.NOT_AN_ENTRY, "title"),
        ({"id": "a", "title": "T", "issued": {"date-parts": [[]]}}, Fault.NOT_A_YEAR, "year"),
        ({"id": "a", "title": "T", "issued": {"raw": "soon"}}, Fault.NOT_A_YEAR, "year"),
        ({"id": "a", "title": "T", "author": "A. B."}, Fault.NOT_A_NAME, "authors"),
        ({"id": "a", "title": "T", "author": [["A"]]}, Fault.NOT_A_NAME, "authors"),
        ({"id": "a", "title": "T", "DOI": "here"}, Fault.NOT_A_DOI, "doi"),
        ({"id": "a", "title": "T", "URL": "javascript:alert(1)"}, Fault.NOT_AN_ADDRESS, "url"),
        ({"id": "a", "title": "T", "custom": {"hours": "-1"}}, Fault.NOT_A_NUMBER, "hours"),
        ({"id": "a", "title": "T", "custom": {"links": [["x"]]}}, Fault.NOT_A_LIST, "links"),
        # A form that asks for sections by such ids is none that Discord takes.
        (
            {"id": "a", "title": "T", "custom": {"sections": [["x", "One"], ["x", "Two"]]}},
            Fault.NOT_A_LIST,
            "sections",
        ),
        (
            {"id": "a", "title": "T", "custom": {"sections": [["x" * 51, "One"]]}},
            Fault.TOO_LONG,
            "sections",
        ),
        ({"id": "a", "title": "T", "custom": {"role": "king"}}, Fault.NOT_A_CHOICE, "role"),
        ({"id": "a", "title": "T", "ISBN": "9781316519333"}, Fault.NOT_ISBN, "isbn"),
        ({"id": "a", "title": "T" * 301}, Fault.TOO_LONG, "title"),
    ],
)
def test_a_bad_item_is_refused_with_its_place(item: object, fault: Fault, field: str) -> None:
    good = {"id": "g", "type": "book", "title": "Good"}
    (refused,) = refusals(good, item)
    assert (refused.fault, refused.field) == (fault, field)
    assert refused.line == 7
    assert refused.key == ("a" if isinstance(item, dict) else "")


def test_an_id_that_stands_before_is_refused() -> None:
    item = {"id": "a", "title": "T"}
    (refused,) = refusals(item, item)
    assert (refused.key, refused.fault) == ("a", Fault.KEY_TWICE)
