"""How others remind, each with the same Discord library and killed at the same points.

They show that the harness can fail: what loses or doubles elsewhere loses or doubles here.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.reminders import Meaning, Outgoing, Said, Told
from bot.ui.reminder_sender import DiscordSender
from tests.services.reminding import planned

LEASE = timedelta(seconds=30)

Point = Callable[[str], None]
Clock = Callable[[], datetime]
Rival = Callable[[sqlite3.Connection, DiscordSender, Clock, Point], Awaitable[None]]


def _message(nonce: str) -> Outgoing:
    one = planned()
    return Outgoing(nonce, (Told(one, Said("rival")),))


def _random() -> str:
    return secrets.token_hex(12)


async def delete_then_send(
    db: sqlite3.Connection, sender: DiscordSender, _now: Clock, point: Point
) -> None:
    """The row goes first: what dies with it is lost."""
    row = db.execute("SELECT id FROM job").fetchone()
    if row is None:
        return
    point("claim done")
    db.execute("DELETE FROM job")
    point("mark done")
    await sender.send(_message(_random()))
    point("answered")
    point("settle done")


async def send_then_update(
    db: sqlite3.Connection, sender: DiscordSender, _now: Clock, point: Point
) -> None:
    """The row goes last: what dies before it is sent again."""
    if db.execute("SELECT id FROM job WHERE done = 0").fetchone() is None:
        return
    point("claim done")
    point("mark done")
    answer = await sender.send(_message(_random()))
    point("answered")
    if answer.meaning is Meaning.SENT:
        db.execute("UPDATE job SET done = 1")
        point("settle done")


async def lease(db: sqlite3.Connection, sender: DiscordSender, now: Clock, point: Point) -> None:
    """A claim that runs out, and a message of which nobody knows whether it arrived."""
    await _leased(db, sender, now, point, _random())


async def lease_and_nonce(
    db: sqlite3.Connection, sender: DiscordSender, now: Clock, point: Point
) -> None:
    """The same with a nonce that stays the same, and no look when it holds no more."""
    await _leased(db, sender, now, point, "the-same-every-time")


async def _leased(
    db: sqlite3.Connection, sender: DiscordSender, now: Clock, point: Point, nonce: str
) -> None:
    until = (now() + LEASE).isoformat()
    claimed = db.execute(
        "UPDATE job SET lease = ? WHERE done = 0 AND coalesce(lease, '') < ? RETURNING id",
        (until, now().isoformat()),
    ).fetchall()
    if not claimed:
        return
    point("claim done")
    point("mark done")
    answer = await sender.send(_message(nonce))
    point("answered")
    if answer.meaning is Meaning.SENT:
        db.execute("UPDATE job SET done = 1")
        point("settle done")


RIVALS: dict[str, Rival] = {
    "delete, then send": delete_then_send,
    "send, then update": send_then_update,
    "lease, no nonce": lease,
    "lease and nonce, no look": lease_and_nonce,
}


async def run_rival(
    name: str, folder: Path, sender: DiscordSender, now: Clock, point: Point
) -> None:
    """One start of a rival, on its own little database."""
    path = folder / "rival.sqlite3"
    is_new = not path.exists()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        if is_new:
            db.execute("CREATE TABLE job (id INTEGER PRIMARY KEY, done INT, lease TEXT)")
            db.execute("INSERT INTO job VALUES (1, 0, NULL)")
            point("plan done")
        await RIVALS[name](db, sender, now, point)
