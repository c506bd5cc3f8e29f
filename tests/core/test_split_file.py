"""``python -m bot split FILE.json``: the answer as JSON, or one line and an exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.startup import ExitCode

INSTANCE = Path(__file__).parents[1] / "domain" / "split" / "instances" / "i02_hall.json"


def test_the_split_of_a_file_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["split", str(INSTANCE)]) == ExitCode.OK
    printed = json.loads(capsys.readouterr().out)
    assert (
        printed["levels"] == json.loads(INSTANCE.read_text(encoding="utf-8"))["optimal"]["vector"]
    )
    assert len(printed["assignment"]) == printed["metrics"]["seats"] == 9
    assert [each["reason"] for each in printed["unmet"]] == ["hall"]


def test_slack_is_given_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["split", str(INSTANCE), "--slack", "2"]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["slack"] == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "is not JSON: line 1"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"[" * 100_000, "is not JSON that can be read"),
        (b'{"items": []}', "members: missing; expected a list"),
        (
            b'{"members": [], "items": [{"id": "x", "effort": "long"}]}',
            "items[0].effort: wrong type",
        ),
        (b'{"members": [], "items": [], "groups": {"a\\nb": -1}}', "groups.a?b: out of range"),
        (b'{"members": [], "items": [], "seed": ' + b"9" * 5000 + b"}", "is not JSON that"),
    ],
)
def test_a_file_that_cannot_be_split_is_one_line_and_a_code(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "problem.json"
    file.write_bytes(content)
    assert main(["split", str(file)]) == ExitCode.DATA
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert said in printed.err


def test_a_file_that_is_not_there_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["split", str(tmp_path / "none.json")]) == ExitCode.DATA
    assert "No such file" in capsys.readouterr().err


def test_another_process_with_another_hash_seed_prints_the_same() -> None:
    """Sets of texts are walked in another order there; nothing may depend on it."""
    printed = {
        subprocess.run(
            [sys.executable, "-m", "bot", "split", str(INSTANCE)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
