"""Whatever a member attaches, there is an answer in time, and the bot itself is no larger for it."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import time

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.imports.contents import Contents, Format
from bot.domain.imports.errors import (
    FileBroken,
    FileColumnsMissing,
    FileEmpty,
    FileKindUnknown,
    FileNotText,
    FileRefused,
    FileTooCostly,
    FileTooDeep,
    FileTooLarge,
    TooManyColumns,
    TooManyEntries,
)
from bot.exchange.bounded import ReaderFailed, check_file, read_file
from bot.exchange.limits import (
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_MEMORY,
    MOST_PROCESSOR_SECONDS,
)
from tests.exchange.works import read

MIB = 1024 * 1024
each_format = pytest.mark.parametrize("format_", list(Format))


def doubling() -> bytes:
    """Abbreviations of which each is the one before, ten times over: a hundred million letters."""
    lines = ["@string{a0 = {billions}}"]
    lines += [f"@string{{a{n} = {' # '.join([f'a{n - 1}'] * 10)}}}" for n in range(1, 8)]
    return "\n".join([*lines, "@article{k, title = a7}"]).encode()


def many_uses() -> bytes:
    """A long abbreviation that very many entries use."""
    use = "@article{k%d, title={T}, abstract=a, note=a, pages={1}}\n"
    return b"@string{a={" + b"x" * 3900 + b"}}\n" + b"".join(use.encode() % n for n in range(1900))


def long_latex() -> bytes:
    """The most expensive commands, as many as a file may hold."""
    entry = "@article{k%d, title={T}, abstract={%s}}\n"
    abstract = r"\unheard{\frac{a}{b}} $\alpha_{x}$ " * 110
    return "".join(entry % (n, abstract) for n in range(260)).encode()[:MIB]


BOMBS: list[tuple[str, bytes, type[FileRefused] | None]] = [
    ("a.bib", doubling(), None),
    ("a.bib", many_uses(), FileTooCostly),
    ("a.bib", b"@a{" * 50_000, FileRefused),
    ("a.bib", b"@a{\n" * 50_000, TooManyEntries),
    ("a.bib", b"@a{x,t=" + b"{" * 150_000, None),
    ("a.bib", b"@a{x,title={" + b"{" * 300_000 + b"}" * 300_000 + b"}}", None),
    ("a.bib", b'@a{x,title="' + b"a" * (MIB - 50), None),
    ("a.bib", b"@a{x,author={" + b"A and " * 170_000 + b"B}, title={T}}", None),
    ("a.bib", b"@a{x,title={" + b"\\'" * 45_000 + b"}}", None),
    ("a.json", b"[" * 100_000, FileTooDeep),
    ("a.json", b'[{"id":1,"title":' + b"[" * 100_000, FileTooDeep),
    ("a.json", b'[{"id": ' + b"9" * 5000 + b"}]", FileBroken),
    ("a.json", b"[" + b"{}," * 300_000 + b"{}]", TooManyEntries),
    ("a.json", b"[" + b"1,\n" * 300_000, FileRefused),
    ("a.json", b'[{"id":"a","title":"' + b"a" * (MIB - 50) + b'"}]', None),
    ("a.csv", b"title," + b"," * 1_000_000, TooManyColumns),
    ("a.csv", b"title\na" + b"," * 1_000_000, None),
    ("a.csv", b"title\n" + b"a" * 200_000, None),
    ("a.csv", b'title\n"' + b"a,b\n" * 1000, FileBroken),
    ("a.csv", b"title\n" + b"a\n" * 500_000, TooManyEntries),
    ("a.csv", b"\0" * MIB, FileNotText),
    ("a.csv", b"title\nA\0B\n", FileNotText),
    ("a.bib", b"@article{k, title={\xff\xfe}}", FileNotText),
    ("a.bib", b"PK\x03\x04\xff" * 1000, FileNotText),
    ("a.json", "[]".encode("utf-32"), FileNotText),
    ("a.csv", b"", FileEmpty),
    ("a.json", b"[]", FileEmpty),
    ("a.bib", b"Dear all, this is no bibliography.", FileEmpty),
    ("a.json", b'[{"id": 1, "title": "T"}', FileBroken),
    ("a.json", b'[{"id": NaN}]', FileBroken),
    ("a.csv", b"name,year\nA,2020\n", FileColumnsMissing),
]  # fmt: skip


each_bomb = pytest.mark.parametrize(
    ("name", "content", "error"), BOMBS, ids=[f"{n}-{bomb[0]}" for n, bomb in enumerate(BOMBS)]
)


@each_bomb
def test_a_bomb_is_answered_in_time_and_in_bounds(
    name: str, content: bytes, error: type[FileRefused] | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    process = psutil.Process()
    before, begun = process.memory_info().rss, time.monotonic()
    outcome = attempt(name, content)
    assert time.monotonic() - begun < 12
    assert process.memory_info().rss - before < 50 * MIB
    assert len(caplog.records) <= 20
    # On a busy machine any of them may take more than its time, which is an answer too.
    assert isinstance(outcome, (error or Contents, FileTooCostly))


@each_bomb
def test_a_bomb_is_taken_for_what_it_is(
    name: str, content: bytes, error: type[FileRefused] | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    format_ = check_file(name, len(content))
    if error is None:
        contents = read(format_, content)
        assert contents.entries or contents.refused
    else:
        with pytest.raises(error):
            read(format_, content)
    assert len(caplog.records) <= 20


def attempt(name: str, content: bytes) -> Contents | FileRefused:
    try:
        return read_file(content, name)
    except FileRefused as error:
        return error


def test_one_byte_more_than_a_mebibyte_is_refused_before_anything_is_read() -> None:
    with pytest.raises(FileTooLarge) as refused:
        read_file(b" " * (MOST_BYTES + 1), "a.bib")
    assert (refused.value.size, refused.value.limit) == (MOST_BYTES + 1, MOST_BYTES)
    assert check_file("LIST.BIB", MOST_BYTES) is Format.BIBTEX


@pytest.mark.parametrize(
    "name", ["a.xlsx", "a.zip", "a.bib.gz", "bib", "", "a.", "../a", "a.csv\0"]
)
def test_other_kinds_of_files_are_refused_by_name(name: str) -> None:
    with pytest.raises(FileKindUnknown):
        check_file(name, 1)


@pytest.mark.parametrize("sign", ["\u2028", "\x85"])
def test_what_unicode_takes_for_the_end_of_a_line_does_not_end_ours(sign: str) -> None:
    contents = read_file(f'[{{"id": "k", "title": "A{sign}B"}}]'.encode(), "a.json")
    assert [located.entry.title for located in contents.entries] == ["A B"]


@pytest.mark.parametrize(
    ("name", "content", "format_"),
    [
        ("a.csv", b"\xef\xbb\xbf\n@article{k, title={T}}", Format.BIBTEX),
        ("a.bib", b' [{"id": "k", "title": "T"}]', Format.CSL_JSON),
        ("a.bib", b"% Encoding: UTF-8\n@article{k, title={T}}", Format.BIBTEX),
        ("a.csv", b"title\nT", Format.CSV),
    ],
)
def test_a_file_is_read_as_what_it_is_whatever_it_is_called(
    name: str, content: bytes, format_: Format
) -> None:
    contents = read_file(content, name)
    assert contents.format is format_
    assert [located.entry.title for located in contents.entries] == ["T"]


def test_a_reader_that_does_not_end_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(FileTooCostly):
        read_file(long_latex(), "a.bib", seconds=0.2)
    assert time.monotonic() - begun < 2
    assert not psutil.Process().children()


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits for processes")
def test_a_reader_that_wants_too_much_memory_is_refused_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # The same program, with a greedy parser in the place of the real one.
    greedy = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from bot.exchange import child; "
        "child._read = lambda *_: [' ' * 2**30]; child.main()"
    )
    monkeypatch.setattr("bot.exchange.bounded._START", greedy)
    with pytest.raises(FileTooCostly):
        read_file(b"@a{k, title={T}}", "a.bib")


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits for processes")
def test_the_reader_holds_itself_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    told = (
        "import json, resource, sys; sys.path.insert(0, sys.argv[1]); "
        "from bot.exchange.child import _limit; _limit(); "
        "names = ('RLIMIT_AS', 'RLIMIT_CPU', 'RLIMIT_FSIZE', 'RLIMIT_CORE'); "
        "limits = [resource.getrlimit(getattr(resource, name)) for name in names]; "
        "print(json.dumps({'key': 'k', 'line': 1, 'authors': [], 'texts': {'title': str(limits)}}))"
    )
    monkeypatch.setattr("bot.exchange.bounded._START", told)
    memory, seconds = MOST_MEMORY, MOST_PROCESSOR_SECONDS
    assert read_file(b"x", "a.bib").entries[0].entry.title == str(
        [(memory, memory), (seconds, seconds), (0, 0), (0, 0)]
    )


@pytest.mark.skipif(sys.platform == "win32", reason="has no signals")
def test_a_reader_that_a_limit_ends_makes_the_file_too_costly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    monkeypatch.setattr("bot.exchange.bounded._START", ended)
    with pytest.raises(FileTooCostly):
        read_file(b"x", "a.bib")


def test_a_mistake_of_the_reader_is_not_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.exchange.bounded._START", "raise KeyError('secret')")
    with pytest.raises(ReaderFailed) as failed:
        read_file(b"x", "a.bib")
    assert "secret" not in str(failed.value)


def test_the_reader_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", "secret")
    spying = (
        "import os, json; print(json.dumps({'key': 'k', 'line': 1, 'authors': [],"
        " 'texts': {'title': str('PLANTED' in os.environ)}}))"
    )
    monkeypatch.setattr("bot.exchange.bounded._START", spying)
    assert read_file(b"x", "a.bib").entries[0].entry.title == "False"


@each_format
@settings(max_examples=150, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=200), st.text(max_size=100).map(lambda t: t.encode("utf-8", "replace"))
    )
)
def test_any_bytes_are_read_or_refused(format_: Format, content: bytes) -> None:
    try:
        contents = read(format_, content)
    except FileRefused:
        return
    assert contents.entries or contents.refused


_BIBTEX = st.lists(
    st.sampled_from(
        ["@article", "@string", "@comment", "{", "}", "(", ")", ",", "=", '"', "#", "k", "title",
         "author", "A and B", ", ", "year", "2020", "\n", "\\", "\\'e", "$", "{x}", "eprint", "url",
         "@", " and ", "doi", "links", "[[", "%", "\\frac", "\\sqrt", "\\href"]
    ),
    max_size=25,
).map("".join)  # fmt: skip
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["id", "type", "title", "author", "issued", "date-parts", "family", "custom",
                 "links", "sections", "DOI", "number", "archive", "keyword", "hours", "raw"]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)  # fmt: skip
_CSV = st.lists(
    st.lists(
        st.sampled_from(["title", "authors", '"', "[[1]]", "a, b", ";", "'=x", "year", "\r"]),
        max_size=5,
    ).map(",".join),
    max_size=5,
).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(
    st.tuples(st.just(Format.BIBTEX), _BIBTEX),
    st.tuples(st.just(Format.CSL_JSON), st.lists(_JSON, max_size=3).map(json.dumps)),
    st.tuples(st.just(Format.CSV), _CSV.map("title,authors,links\n".__add__)),
))  # fmt: skip
def test_what_nearly_is_a_file_is_read_or_refused(case: tuple[Format, str]) -> None:
    format_, text = case
    with contextlib.suppress(FileRefused):
        read(format_, text.encode())


@each_format
def test_as_many_entries_as_are_allowed_are_read(format_: Format) -> None:
    rows = {
        Format.BIBTEX: "".join(f"@misc{{k{n}, title={{T}}}}\n" for n in range(MOST_ENTRIES)),
        Format.CSL_JSON: json.dumps([{"id": n, "title": "T"} for n in range(MOST_ENTRIES)]),
        Format.CSV: "title\n" + "T\n" * MOST_ENTRIES,
    }
    assert len(read(format_, rows[format_].encode()).entries) == MOST_ENTRIES
