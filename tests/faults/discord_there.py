"""The Discord of its own process, as its tests start, order and ask it."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tests.storage.builders import ROOT


class DiscordThere:
    """A Discord on a port of this machine."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}/api/v10"
        self.gateway = f"ws://127.0.0.1:{port}/gateway/"
        self._control = f"http://127.0.0.1:{port}/control"

    def order(self, **order: Any) -> None:
        """Set its ``now``, its ``rights``, ``faults`` to come; or let it ``forget``."""
        if isinstance(order.get("now"), datetime):
            order["now"] = order["now"].isoformat()
        request = urllib.request.Request(
            self._control, json.dumps(order).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=10).close()

    def seen(self) -> list[dict[str, Any]]:
        """The messages that readers see."""
        messages: list[dict[str, Any]] = self._told()["messages"]
        return messages

    def requests(self) -> tuple[int, int]:
        """How many messages were posted, and how often a channel was looked through."""
        told = self._told()
        return told["posts"], told["looks"]

    def _told(self) -> Any:
        with urllib.request.urlopen(self._control, timeout=10) as answer:
            return json.load(answer)


@contextmanager
def discord_there() -> Iterator[DiscordThere]:
    """Starts it, and ends it with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.discord_process"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield DiscordThere(int(process.stdout.readline()))
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
