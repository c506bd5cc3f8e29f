"""``python -m bot export``: the catalogue on standard output or in a file, or one line and a code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.domain.imports.contents import Format
from bot.export_file import FORMATS
from bot.startup import ExitCode
from tests.exchange.works import read, shipped_entries

ROOT = Path(__file__).parents[2]
READABLE = {"bibtex": Format.BIBTEX, "csl-json": Format.CSL_JSON, "csv": Format.CSV}
KEYS = [entry.key for entry in shipped_entries()]


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder without settings: neither a token nor a database is needed or made."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "DATA_DIR", "DATABASE_URL", "BOT_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)


def keys(format_: Format, content: bytes) -> list[str]:
    contents = read(format_, content)
    assert contents.refused == ()
    return [located.entry.key for located in contents.entries]


@pytest.mark.parametrize("called", READABLE)
def test_the_whole_catalogue_is_printed(
    called: str, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    assert main(["export", "--format", called]) == ExitCode.OK
    printed = capsysbinary.readouterr()
    assert keys(READABLE[called], printed.out) == KEYS
    assert printed.err == b""
    assert not list(tmp_path.iterdir())


def test_bibtex_is_what_is_printed_when_nothing_is_said(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main(["export"]) == ExitCode.OK
    assert keys(Format.BIBTEX, capsysbinary.readouterr().out) == KEYS


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("list.bib", b"@"),
        ("list.json", b"[\n"),
        ("list.CSV", b'\xef\xbb\xbf"key"'),
        ("list.md", b"# The whole catalogue"),
        ("list.txt", b"@"),
        ("list", b"@"),
    ],
)
def test_the_ending_of_the_file_says_the_format(
    name: str, begins: bytes, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / name).write_bytes(b"what was there before" * 100_000)
    assert main(["export", "--output", name]) == ExitCode.OK
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert b"before" not in (tmp_path / name).read_bytes()[-100:]
    assert capsysbinary.readouterr().out == b""


def test_a_format_that_is_named_counts_more_than_the_ending(tmp_path: Path) -> None:
    assert main(["export", "--format", "csl-json", "--output", "list.bib"]) == ExitCode.OK
    assert keys(Format.CSL_JSON, (tmp_path / "list.bib").read_bytes()) == KEYS


@pytest.mark.parametrize("name", ["none/list.bib", "."])
def test_a_file_that_cannot_be_written_is_one_line_and_a_code(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--output", name]) == ExitCode.CANNOT_WRITE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert f"cannot write {name}" in printed.err


def test_a_data_file_that_is_wrong_leaves_the_file_there_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.bib").write_bytes(b"kept")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "none"))
    assert main(["export", "--output", "list.bib"]) == ExitCode.DATA
    assert capsys.readouterr().err.startswith("theory-club: ")
    assert (tmp_path / "list.bib").read_bytes() == b"kept"


def test_a_language_without_texts_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_LANGUAGE", "xx")
    assert main(["export"]) == ExitCode.DATA
    assert "BOT_LANGUAGE" in capsys.readouterr().err


def test_an_unknown_format_is_a_wrong_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "--format", "docx"])
    assert ended.value.code == ExitCode.USAGE
    said = capsys.readouterr().err
    assert all(called in said for called in FORMATS)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
@pytest.mark.parametrize(
    ("rest", "code"), [("| true; exit ${PIPESTATUS[0]}", 0), (">/dev/full", 73)]
)
def test_a_reader_that_has_seen_enough_and_a_full_disk(rest: str, code: int) -> None:
    if code and not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m bot export {rest}"],
        cwd=ROOT, env={**os.environ, "DATA_DIR": str(ROOT / "data")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == (1 if code else 0)
