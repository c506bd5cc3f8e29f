"""The table of faults: how often readers see one reminder, by design and by instant of the fault."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from tests.faults.discord_there import DiscordThere
from tests.faults.rivals import RIVALS
from tests.faults.starts import IN_POST, OURS, POINTS, Start, ended, fork, make_database
from tests.faults.subjects import HELD, SESSION, SUBJECTS
from tests.storage.builders import NOW, query

# A second start soon after, while Discord remembers the nonce, or when it has forgotten it.
INSIDE, AFTER = timedelta(seconds=35), timedelta(minutes=5)
_LATER = timedelta(minutes=10)
_LEDGER = "SELECT state, reason, message_id FROM delivery ORDER BY id"


@dataclass(frozen=True, slots=True)
class Cell:
    """One design, hit by one fault on its way with ``subject`` and started again ``down`` later."""

    design: str
    fault: str
    down: timedelta
    subject: str = SESSION


def seen(there: DiscordThere, folder: Path, cell: Cell, empty: Path) -> int:
    """How many messages readers see after the fault and two starts more.

    Of our own design, the ledger has to say the same as the place where they look.
    """
    named = (cell.design, cell.subject, cell.fault, cell.down.seconds)
    place = folder / " ".join(map(str, named)).replace(",", "")
    shutil.copytree(empty, place)
    there.order(forget=True, now=NOW)
    subject = SUBJECTS[cell.subject]
    start = Start(cell.design, place, NOW, cell.fault, plans=subject.plans, wanted=subject.wanted)
    if subject.held:
        there.order(now=HELD)
        assert not ended(fork(there, replace(start, now=HELD, fault=None)))
        assert there.requests() == (0, 0), f"{cell}: sent in quiet hours"
        there.order(now=NOW)
    killed = ended(fork(there, start))
    expected = "kills" in IN_POST.get(cell.fault, {"kills": True})
    assert killed == expected, f"{cell}: the start was not hit"
    for now in (NOW + cell.down, NOW + cell.down + _LATER):
        there.order(now=now)
        assert not ended(fork(there, replace(start, now=now, fault=None)))
    messages = there.seen()
    if cell.design == OURS:
        rows = query(place / "club.sqlite3", _LEDGER)
        along = [("skipped", "merged", None)] * (len(subject.plans) - 1)
        expected_rows = [("sent", None, int(messages[0]["id"])), *along]
        assert rows == expected_rows, f"{cell}: {rows} {messages}"
        dest = (messages[0]["channel_id"], messages[0]["content"])
        assert dest == (str(subject.place), subject.told), f"{cell}: {messages}"
    return len(messages)


def cells(points: tuple[str, ...] = (*POINTS, *IN_POST)) -> list[Cell]:
    """Ours at every point, whatever it delivers; the others at those that they have."""
    theirs = {"plan done", "claim done", "mark done", "answered", "settle done", *IN_POST}
    return [
        Cell(design, fault, down, subject)
        for fault in points
        for design in (*RIVALS, OURS)
        for subject in SUBJECTS
        for down in (INSIDE, AFTER)
        if design == OURS or (fault in theirs and subject == SESSION)
    ]


def empty_database(folder: Path) -> Path:
    """A folder with a database that every cell begins with."""
    empty = folder / "empty"
    make_database(empty, NOW)
    return empty
