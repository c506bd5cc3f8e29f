"""What reading promises about files that are sound, and about files that are anything at all."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.catalogue import fields, read_catalogue
from bot.domain.errors import CatalogueError
from tests.catalogue.builders import THEORY, replace, write_catalogue


@contextlib.contextmanager
def a_catalogue() -> Iterator[Path]:
    # Hypothesis runs a test many times, and each run needs a folder of its own.
    with tempfile.TemporaryDirectory() as folder:
        yield write_catalogue(Path(folder) / "data")


def test_a_paper_without_an_outline_is_read_by_the_neutral_sections(tmp_path: Path) -> None:
    theory = read_catalogue(write_catalogue(tmp_path)).get("alpha")
    assert theory is not None
    paper, talk = theory.papers
    assert ([s.id for s in paper.sections], paper.outlined) == (["s1", "s2"], True)
    assert ([s.id for s in talk.sections], talk.outlined) == (["u1", "u2"], False)


def test_a_relation_written_once_is_seen_from_both_ends(tmp_path: Path) -> None:
    catalogue = read_catalogue(write_catalogue(tmp_path))
    (there,), (back,) = catalogue.related("alpha"), catalogue.related("beta")
    assert (there.theory.slug, there.outgoing) == ("beta", True)
    assert (back.theory.slug, back.outgoing) == ("alpha", False)
    assert (there.kind, there.why) == (back.kind, back.why)


def test_prose_may_be_wrapped_in_the_file(tmp_path: Path) -> None:
    data_dir = write_catalogue(tmp_path)
    wrapped = '"""\n  Something\n  holds.\n"""'
    replace(data_dir / "theories" / "alpha.toml", '"Something holds."', wrapped)
    theory = read_catalogue(data_dir).get("alpha")
    assert theory is not None
    assert theory.claim == "Something holds."


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    data_dir = write_catalogue(tmp_path)
    path = data_dir / "theories" / "alpha.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_catalogue(data_dir)) == 2


@pytest.mark.parametrize("name", ["._alpha.toml", "alpha.toml~", "README.md", "alpha.toml.orig"])
def test_files_that_are_no_theory_are_left_alone(tmp_path: Path, name: str) -> None:
    data_dir = write_catalogue(tmp_path)
    (data_dir / "theories" / name).write_bytes(b"\xff not TOML")
    assert len(read_catalogue(data_dir)) == 2


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (fields.ArxivId, "1805.06576"),
        (fields.ArxivId, "0704.0001"),
        (fields.ArxivId, "physics/0004057"),
        (fields.ArxivId, "cond-mat/9907176"),
        (fields.ArxivId, "math.GT/0309136"),
        (fields.Doi, "10.1023/A:1010388907793"),
        (fields.Doi, "10.23915/distill.00024.001"),
        (fields.Isbn, "978-1-316-51933-2"),
        (fields.PartialDate, "2020"),
        (fields.PartialDate, "2020-02"),
        (fields.PartialDate, "2020-02-29"),
        (fields.Slug, "transformer-circuits"),
        (fields.SectionId, "app-A"),
    ],
)
def test_identifiers_of_every_style_are_accepted(kind: Any, value: str) -> None:
    assert TypeAdapter(kind).validate_python(value) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (fields.ArxivId, "1805.06576v2"),
        (fields.ArxivId, "arXiv:1805.06576"),
        (fields.ArxivId, "١٨٠٥.٠٦٥٧٦"),
        (fields.Doi, "10.12/short"),
        (fields.PartialDate, "2019-02-29"),
        (fields.PartialDate, "0000"),
        (fields.PartialDate, "2020-"),
        (fields.Slug, "two--hyphens"),
        (fields.Slug, "-front"),
        (fields.Url, "https://"),
        (fields.Url, "javascript:alert(1)"),
    ],
)
def test_identifiers_that_only_look_right_are_refused(kind: Any, value: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


@settings(max_examples=25, deadline=None)
@given(orders=st.permutations([1, 2, 3, 4]))
def test_theories_come_in_their_order_and_not_in_that_of_the_files(orders: list[int]) -> None:
    slugs = ["alpha", "beta", "gamma", "delta"]
    with a_catalogue() as data_dir:
        for slug, order in zip(slugs, orders, strict=True):
            text = THEORY.format(slug=slug, order=order)
            (data_dir / "theories" / f"{slug}.toml").write_text(text, encoding="utf-8")
        catalogue = read_catalogue(data_dir)
    assert [t.slug for t in catalogue] == [
        slug for _, slug in sorted(zip(orders, slugs, strict=True))
    ]


def test_reading_does_not_depend_on_how_the_folder_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = write_catalogue(tmp_path)
    before = read_catalogue(data_dir)
    listed = sorted((data_dir / "theories").iterdir(), reverse=True)
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(listed))
    assert read_catalogue(data_dir) == before


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200))
def test_arbitrary_bytes_raise_nothing_but_a_catalogue_error(content: bytes) -> None:
    with a_catalogue() as data_dir:
        (data_dir / "theories" / "beta.toml").write_bytes(content)
        with pytest.raises(CatalogueError) as caught:
            read_catalogue(data_dir)
    assert caught.value.file == "beta.toml"


# TOML values of every type, with the extremes that are most likely to be forgotten.
# fmt: off
VALUES = st.sampled_from([
    "0", "-1", "true", "inf", "nan", "1e400", "9" * 400, "2020-06-27", "07:32:00",
    "''", "'x'", "'é'", "'١'", "'https://['", '"\\u0000"', "[]", "[[]]", "[1]",
    "[{}]", "{}", "{a=1}",
])
KEYS = st.sampled_from([
    "slug", "order", "claim", "key_ideas", "prerequisites", "topic", "aliases", "prompts", "level",
    "typical", "low", "id", "role", "type", "title", "authors", "links", "sections",
    "first_public", "arxiv", "hours", "to", "kind", "why",
])
# fmt: on


@settings(max_examples=150, deadline=None)
@given(key=KEYS, value=VALUES)
def test_any_value_under_any_key_is_read_or_refused_by_name(key: str, value: str) -> None:
    with a_catalogue() as data_dir:
        path = data_dir / "theories" / "alpha.toml"
        lines = path.read_text(encoding="utf-8").splitlines()
        start = f"{key} = "
        changed = [f"{key} = {value}" if line.startswith(start) else line for line in lines]
        path.write_text("\n".join(changed), encoding="utf-8")
        with contextlib.suppress(CatalogueError):
            read_catalogue(data_dir)
