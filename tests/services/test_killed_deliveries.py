"""A selection of ``make faults``: real processes are killed, and readers see one message."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.storage.builders import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the starts are forked")
def test_one_message_whenever_the_process_is_killed() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults", "short"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "ours: 19 of 19 cells with exactly one message" in ended.stdout
