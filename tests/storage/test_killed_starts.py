from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.builders import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the starts are forked")
@pytest.mark.parametrize("case", ["create", "update", "restored"])
def test_a_start_killed_at_any_instant_leaves_old_or_new(tmp_path: Path, case: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.storage.killed_starts", str(tmp_path), case],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 30
