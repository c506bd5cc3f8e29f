"""A seat that is given back, and the first who waits for it: killed while it is handed on."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.domain.signups import SignupState
from bot.services import signup_steps
from bot.storage import members, seats, signups, standings
from bot.storage.engine import open_database
from tests.faults.discord_there import DiscordThere
from tests.faults.starts import PointedWork, die, ended, make_database
from tests.services.reminding import ANN, BOB, GUILD
from tests.storage.builders import NOW, query, url_of

_PAPER = "spline-icml2018"
_STANDING = "SELECT user_id, state, seat IS NULL FROM signup ORDER BY id"


def _promoted(_there: DiscordThere, folder: Path, point: str) -> None:
    """Ann's seat is Bob's to take, and he is told so once, however often she gives it back."""
    make_database(folder, NOW)
    asyncio.run(_full(folder))
    assert ended(_give_back(folder, point))
    before = query(folder / "club.sqlite3", _STANDING)
    assert before in (
        [(ANN, "open", 0), (BOB, "waiting", 1)],
        [(ANN, "given-back", 1), (BOB, "offered", 0)],
    ), before
    for _ in range(2):
        assert not ended(_give_back(folder, None))
    after = query(folder / "club.sqlite3", _STANDING)
    assert after == [(ANN, "given-back", 1), (BOB, "offered", 0)], after
    told = query(folder / "club.sqlite3", "SELECT user_id, kind FROM notice")
    assert told == [(BOB, "seat-offered")], told


async def _full(folder: Path) -> None:
    url = url_of(folder / "club.sqlite3")
    async with open_database(url) as database, database.write() as conn:
        await members.record_member(conn, GUILD, BOB, "Bob", NOW)
        await standings.set_seats(conn, GUILD, _PAPER, 1)
        due = NOW + timedelta(days=21)
        await seats.open_signup(conn, GUILD, ANN, _PAPER, NOW, due, seats=1, slots=2)
        await signups.wait(conn, GUILD, BOB, _PAPER, NOW)


def _give_back(folder: Path, fault: str | None) -> int:
    """A process in which Ann gives the paper back, if she has it."""
    child = os.fork()
    if child:
        return child
    try:
        asyncio.run(_hand_on(folder, fault))
        os._exit(0)
    finally:
        os._exit(1)


async def _hand_on(folder: Path, fault: str | None) -> None:
    def point(name: str) -> None:
        if name == fault:
            die()

    async with open_database(url_of(folder / "club.sqlite3")) as database:
        work = PointedWork(point, database, lambda: NOW, lambda _at: None, steps=("promote",))
        async with work.write() as unit:
            found = await signups.live_signup(unit.conn, GUILD, ANN, _PAPER)
            if found is not None:
                await signup_steps.finish(unit, found, SignupState.GIVEN_BACK)


PROMOTION = {
    f"killed at '{point}', a seat handed on": partial(_promoted, point=point)
    for point in ("promote begun", "promote unsaved", "promote done")
}
