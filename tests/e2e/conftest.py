"""A browser, and the demo as a person starts it: in a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

_ROOT = Path(__file__).parents[2]
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
_SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it. Without one: skipped, or failed where REQUIRE_ALL=1."""
    found = next(filter(None, map(shutil.which, _CHROMIUMS)), None)
    if found is None:
        reason = f"no Chromium found (looked for {', '.join(_CHROMIUMS)})"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=30_000)  # a busy machine draws slowly
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(_SWITCHES))
        try:
            yield opened
        finally:
            opened.close()


@pytest.fixture(scope="module")
def demo_address() -> Iterator[str]:
    """The printed address of a demo that was started for these tests, and is ended with Ctrl-C."""
    with demo_running() as address:
        yield address


@pytest.fixture
def split_address() -> Iterator[str]:
    """The same for the new group that is about to split the list."""
    with demo_running("--story", "split") as address:
        yield address


@pytest.fixture
def club_address() -> Iterator[str]:
    """The same for the group whose clocks are about to change."""
    with demo_running("--story", "club") as address:
        yield address


@contextmanager
def demo_running(*arguments: str) -> Iterator[str]:
    """The demo in a process of its own."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo", *arguments],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            log.seek(0)
            assert line.startswith("Theory Club demo: "), log.read()
            yield line.removeprefix("Theory Club demo: ").strip()
        finally:
            process.terminate()
            try:
                process.communicate(timeout=30)  # a busy machine ends slowly
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # with whatever it started
                process.communicate()
                raise
        assert process.returncode == 0
