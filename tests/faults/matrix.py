"""The table of faults: how often readers see one reminder, by design and by instant of the fault."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.faults.discord_there import DiscordThere
from tests.faults.rivals import RIVALS
from tests.faults.starts import IN_POST, OURS, POINTS, Start, ended, fork, make_database
from tests.storage.builders import NOW, query

# A second start soon after, while Discord remembers the nonce, or when it has forgotten it.
INSIDE, AFTER = timedelta(seconds=35), timedelta(minutes=5)
_LATER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Cell:
    """One design, hit by one fault and started again ``down`` later."""

    design: str
    fault: str
    down: timedelta


def seen(there: DiscordThere, folder: Path, cell: Cell, empty: Path) -> int:
    """How many messages readers see after the fault and two starts more.

    Of our own design, the ledger has to say the same as the channel.
    """
    place = folder / f"{cell.design} {cell.fault} {cell.down.seconds}".replace(",", "")
    shutil.copytree(empty, place)
    there.order(forget=True, now=NOW)
    killed = ended(fork(there, Start(cell.design, place, NOW, cell.fault)))
    expected = "kills" in IN_POST.get(cell.fault, {"kills": True})
    assert killed == expected, f"{cell}: the start was not hit"
    for now in (NOW + cell.down, NOW + cell.down + _LATER):
        there.order(now=now)
        assert not ended(fork(there, Start(cell.design, place, now)))
    messages = there.seen()
    if cell.design == OURS:
        rows = query(place / "club.sqlite3", "SELECT state, message_id FROM delivery")
        assert rows == [("sent", int(messages[0]["id"]))], f"{cell}: {rows} {messages}"
    return len(messages)


def cells(points: tuple[str, ...] = (*POINTS, *IN_POST)) -> list[Cell]:
    """Ours at every point; the others at those that they have."""
    theirs = {"plan done", "claim done", "mark done", "answered", "settle done", *IN_POST}
    return [
        Cell(design, fault, down)
        for fault in points
        for design in (*RIVALS, OURS)
        for down in (INSIDE, AFTER)
        if design == OURS or fault in theirs
    ]


def empty_database(folder: Path) -> Path:
    """A folder with a database that every cell begins with."""
    empty = folder / "empty"
    make_database(empty, NOW)
    return empty
