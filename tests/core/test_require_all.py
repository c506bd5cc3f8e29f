"""Where everything must run, a skip fails; elsewhere it is only said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SKIPPING = """
import pytest

@pytest.mark.skipif(True, reason="{reason}")
def test_that_skips(): ...
"""


@pytest.mark.parametrize(
    ("required", "reason", "code"),
    [
        ("1", "no Chromium found", 1),
        ("", "no Chromium found", 0),
        ("1", "DISCORD_OPENAPI names no file", 0),
    ],
)
def test_a_skip_fails_where_everything_is_required(
    tmp_path: Path, required: str, reason: str, code: int
) -> None:
    (tmp_path / "conftest.py").write_text(
        (ROOT / "tests" / "conftest.py").read_text("utf-8"), "utf-8"
    )
    (tmp_path / "test_it.py").write_text(SKIPPING.format(reason=reason), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "pytest", "-q", "-p", "no:simcord", str(tmp_path)],
        cwd=tmp_path, env={**os.environ, "REQUIRE_ALL": required}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout
