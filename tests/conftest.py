"""For all tests: where everything must run, a skip is a failure."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# A busy machine is slow; speed is measured in tests/bench alone.
settings.register_profile("theory-club", deadline=None)
settings.load_profile("theory-club")

# The one thing that may be missing even there: Discord's description is not part of this project.
_MAY_SKIP = "DISCORD_OPENAPI"


def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are cores: the simulated Discord waits a good part of its time."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ``REQUIRE_ALL=1`` turn a skip into a failure that says why it was skipped."""
    report = yield
    if os.environ.get("REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr)
        if _MAY_SKIP not in reason:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped although REQUIRE_ALL=1: {reason}"
    return report
