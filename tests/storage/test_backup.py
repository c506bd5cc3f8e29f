"""Old copies of the database are deleted, and nothing else is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.storage.backup import back_up, prune
from tests.storage.builders import NOW

DAY = timedelta(days=1)


def test_copies_from_before_a_moment_go_and_later_ones_stay(prepared: Path) -> None:
    old, older, new = (back_up(prepared, "0002", NOW + days * DAY) for days in (1, 0, 2))
    assert prune(prepared, NOW + 2 * DAY) == (older, old)
    assert list(old.parent.iterdir()) == [new]


def test_a_second_copy_of_the_same_moment_goes_as_well(prepared: Path) -> None:
    copies = [back_up(prepared, "0002", NOW) for _ in range(2)]
    assert prune(prepared, NOW + DAY) == tuple(sorted(copies))


def test_what_is_no_copy_of_this_database_is_left_alone(prepared: Path) -> None:
    folder = prepared.parent / "backups"
    folder.mkdir()
    names = [
        "notes.txt",
        "club-before-the-move.sqlite3",
        "other-20200101T000000Z-0001.sqlite3",
        "club-20200101T000000Z-0001.sqlite3.gz",
    ]
    for name in names:
        (folder / name).touch()
    assert prune(prepared, NOW) == ()
    assert sorted(file.name for file in folder.iterdir()) == sorted(names)


def test_without_any_copy_there_is_nothing_to_do(prepared: Path) -> None:
    assert prune(prepared, NOW) == ()
