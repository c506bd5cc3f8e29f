"""``make faults``: kills, drops and refusals at every named instant, and the table of what was seen.

With ``short`` a selection of the table only, for the tests of every day. Ends with 1 when a reader saw anything but one message from our own design, or when none of the
others loses and doubles: a table that cannot fail shows nothing.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.faults.discord_there import DiscordThere, discord_there
from tests.faults.matrix import AFTER, INSIDE, Cell, cells, empty_database, seen
from tests.faults.rivals import RIVALS
from tests.faults.scenarios import SCENARIOS
from tests.faults.starts import OURS, STEPS
from tests.faults.subjects import SESSION, SUBJECTS

_DESIGNS = (*RIVALS, OURS)


# One of each: what the others lose and double, and ours around every commit and in the request.
_SHORT = (
    Cell("delete, then send", "mark done", INSIDE),
    Cell("send, then update", "killed in POST, delivered", INSIDE),
    Cell("lease, no nonce", "answer dropped", INSIDE),
    Cell("lease and nonce, no look", "answered", AFTER),
    *(Cell(OURS, f"{step} {instant}", INSIDE) for step in STEPS for instant in ("unsaved", "done")),
    Cell(OURS, "answered", INSIDE),
    *(Cell(OURS, fault, AFTER) for fault in ("killed in POST, held back", "503 after delivery")),
    *(Cell(OURS, "killed in POST, delivered", down) for down in (INSIDE, AFTER)),
    Cell(OURS, "mark done", AFTER, "weekly digest"),
    Cell(OURS, "answer dropped", AFTER, "read by then, direct"),
    Cell(OURS, "claim done", INSIDE, "held and merged, direct"),
    Cell(OURS, "killed in POST, delivered", AFTER, "held and merged, direct"),
)


def main(chosen: str = "") -> int:
    """Run everything, or what is chosen; 1 when something is not as it must be."""
    began = time.monotonic()
    is_short = chosen == "short"
    with tempfile.TemporaryDirectory() as name, discord_there() as there:
        folder = Path(name)
        results = _matrix(folder, _SHORT if is_short else cells(), shares=1 if is_short else 2)
        print_matrix({cell: n for cell, n in results.items() if cell.subject == SESSION})
        print_matrix({cell: n for cell, n in results.items() if cell.design == OURS}, by="subject")
        good = is_short or _scenarios(there, folder)
    ours = [count for cell, count in results.items() if cell.design == OURS]
    doubled, lost = _failures(results)
    print(f"\nours: {ours.count(1)} of {len(ours)} cells with exactly one message")
    print(f"the others: {sum(doubled.values())} cells doubled, {sum(lost.values())} lost")
    print(f"{time.monotonic() - began:.0f} s")
    fewest = 1 if is_short else 4
    can_fail = lost["delete, then send"] and doubled["send, then update"] >= fewest
    return int(not (good and can_fail and ours == [1] * len(ours)))


def _matrix(folder: Path, wanted: Sequence[Cell], shares: int) -> dict[Cell, int]:
    """Each share in a process of its own, for a start waits more than it works."""
    empty, context = empty_database(folder), multiprocessing.get_context("fork")
    with ProcessPoolExecutor(shares, context) as workers:
        done = [
            workers.submit(_share, folder, empty, wanted[number::shares])
            for number in range(shares)
        ]
        found = dict(pair for share in done for pair in share.result().items())
    return {cell: found[cell] for cell in wanted}


def _share(folder: Path, empty: Path, wanted: Sequence[Cell]) -> dict[Cell, int]:
    with discord_there() as there:
        return {cell: seen(there, folder, cell, empty) for cell in wanted}


def _failures(results: dict[Cell, int]) -> tuple[Counter[str], Counter[str]]:
    doubled = Counter(cell.design for cell, count in results.items() if count > 1)
    lost = Counter(cell.design for cell, count in results.items() if count == 0)
    return doubled, lost


def print_matrix(results: dict[Cell, int], by: str = "design") -> None:
    """One line a fault: the messages seen, restarted inside and after the nonce window.

    A column for each design, or ``by`` the subject of our own.
    """
    columns = _DESIGNS if by == "design" else tuple(SUBJECTS)
    table: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for down in (INSIDE, AFTER):
        for cell, count in results.items():
            if cell.down == down:
                table[cell.fault][getattr(cell, by)].append(str(count))
    width = max(map(len, table))
    what = "of a session's reminder" if by == "design" else f"of each kind ({OURS})"
    print(f"\nmessages seen {what}, restarted inside / after the life of the nonce\n")
    print(" " * width, *(f"{column:>24}" for column in columns))
    for fault, row in table.items():
        shown = ("/".join(row[column]) if column in row else "-" for column in columns)
        print(f"{fault:{width}}", *(f"{one:>24}" for one in shown))


def _scenarios(there: DiscordThere, folder: Path) -> bool:
    print()
    good = True
    for name, scenario in SCENARIOS.items():
        place = folder / name.replace(" ", "-").replace("/", "-")
        place.mkdir()
        try:
            scenario(there, place)
        except AssertionError as error:
            good = False
            print(f"FAILED  {name}: {error}")
        else:
            print(f"ok      {name}")
    return good


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
