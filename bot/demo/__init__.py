"""The demo: the very same bot in a local, token-free Discord in the browser.

``python -m bot demo`` makes an example server in SimCord's simulated Discord, starts the bot in
it, and serves a small page on loopback from which everything opens.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bot.app import open_bot
from bot.demo.serving import demo_served, listening
from bot.demo.stories import Story, begin, tell
from bot.demo.troubles import troubles_noticed
from bot.logs import logging_to_stderr
from bot.runner import start_failures_named
from bot.settings import Settings
from bot.signals import ended_by_signals
from bot.startup import ExitCode, StartRefused

__all__ = ["demo"]

log = logging.getLogger(__name__)

# The demo's clock stands still until it is moved, so there is nothing to look for.
_NAP = 3600


def demo(database: Path | None, *, story: str, port: int, open_browser: bool) -> int:
    """Run the demo until Ctrl-C. Raises StartRefused for every known way to fail.

    The example server begins with ``story``, one of the values of Story. It is kept in the file
    ``database``, or without one thrown away at the end.
    """
    with logging_to_stderr("WARNING"), _file_for(database) as file:
        try:
            with start_failures_named():
                return asyncio.run(_demo(file, Story(story), port, open_browser))
        except StartRefused:
            raise
        except Exception:
            log.exception("a fault of the demo; please report it with these lines")
            return ExitCode.SOFTWARE


@contextlib.contextmanager
def _file_for(database: Path | None) -> Iterator[Path]:
    if database is not None:
        yield database.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="theory-club-demo-", ignore_cleanup_errors=True) as at:
        yield Path(at) / "demo.db"


async def _demo(file: Path, story: Story, port: int, open_browser: bool) -> int:
    url = f"sqlite+aiosqlite:///{file}"
    with ended_by_signals(), troubles_noticed() as troubles, listening(port) as listener:
        async with (
            open_bot(Settings(database_url=url, nap=_NAP)) as bot,
            demo_served(
                bot, listener, troubles, partial(tell, story, bot, url), partial(begin, story)
            ) as address,
        ):
            print(f"Theory Club demo: {address}", flush=True)  # noqa: T201 - the one line one needs
            if open_browser:  # in a thread that need not end, for the browser may be a text one
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            await asyncio.Event().wait()
    return ExitCode.OK
