"""A reminder in a direct message: killed on its way, found again in the member's own channel."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.storage import members
from bot.storage.engine import open_database
from tests.faults.discord_process import DM
from tests.faults.discord_there import DiscordThere
from tests.faults.starts import IN_POST, OURS, Start, ended, fork, make_database
from tests.services.reminding import ANN, GUILD, planned
from tests.storage.builders import NOW, query, url_of

_LATER = timedelta(minutes=5)


def _direct(there: DiscordThere, folder: Path, fault: str, down: timedelta) -> None:
    make_database(folder, NOW)
    _know(folder)
    there.order(forget=True, now=NOW)
    start = Start(OURS, folder, NOW, fault, plans=[planned(reader=ANN)])
    assert ended(fork(there, start)) == ("kills" in IN_POST.get(fault, {"kills": True}))
    for now in (NOW + down, NOW + down + _LATER):
        there.order(now=now)
        assert not ended(fork(there, replace(start, now=now, fault=None)))
    seen = there.seen()
    assert [message["channel_id"] for message in seen] == [str(DM + ANN)], seen
    rows = query(folder / "club.sqlite3", "SELECT state, message_id FROM delivery")
    assert rows == [("sent", int(seen[0]["id"]))], rows


def _know(folder: Path) -> None:
    async def know() -> None:
        url = url_of(folder / "club.sqlite3")
        async with open_database(url) as database, database.write() as conn:
            await members.record_member(conn, GUILD, ANN, "Ann", NOW)

    asyncio.run(know())


DIRECT = {
    f"direct: {fault}, {down.total_seconds():.0f} s later": partial(_direct, fault=fault, down=down)
    for fault in ("mark done", "killed in POST, delivered", "answer dropped", "answered")
    for down in (timedelta(seconds=35), _LATER)
}
