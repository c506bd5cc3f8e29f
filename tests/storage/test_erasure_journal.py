"""The memory of erasures: whom, nobody can read; whether, the program can ask."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.privacy import ERASURES_REMEMBERED
from bot.storage.erasure_journal import ErasureJournal
from tests.storage.builders import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def journal(tmp_path: Path) -> ErasureJournal:
    return ErasureJournal(tmp_path / "club.db")


def test_it_recognises_whom_it_remembers_and_nobody_else(journal: ErasureJournal) -> None:
    journal.append(1, 11, NOW, keep_notes=True)
    seen = [(1, 11, NOW - HOUR), (1, 12, NOW - HOUR), (2, 11, NOW - HOUR), (11, 1, NOW - HOUR)]
    ((guild_id, user_id, entry),) = journal.erased(seen)
    assert (guild_id, user_id, entry.at, entry.keep_notes) == (1, 11, NOW, True)


def test_whoever_came_back_is_left_alone(journal: ErasureJournal) -> None:
    journal.append(1, 11, NOW, keep_notes=True)
    assert journal.erased([(1, 11, NOW), (1, 11, NOW + HOUR)]) == []


def test_the_last_erasure_of_somebody_counts(journal: ErasureJournal) -> None:
    journal.append(1, 11, NOW, keep_notes=True)
    journal.append(1, 11, NOW + 2 * HOUR, keep_notes=False)
    ((_, _, entry),) = journal.erased([(1, 11, NOW + HOUR)])
    assert entry.keep_notes is False


def test_a_server_is_not_taken_for_a_member(journal: ErasureJournal) -> None:
    journal.append(1, None, NOW, keep_notes=False)
    assert [
        found[:2] for found in journal.erased([(1, None, NOW - HOUR), (1, 11, NOW - HOUR)])
    ] == [(1, None)]


def test_no_id_stands_in_it_and_both_files_are_for_this_account_alone(
    journal: ErasureJournal, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        journal.append(123456789, 987654321, NOW, keep_notes=True)
    finally:
        os.umask(before)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["club.db.erasures", "club.db.erasures-key"]
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "123456789" not in file.read_text()
        assert "987654321" not in file.read_text()


def test_another_installation_has_another_key(tmp_path: Path) -> None:
    here, there = (ErasureJournal(tmp_path / name) for name in ("a.db", "b.db"))
    for journal in (here, there):
        journal.append(1, 11, NOW, keep_notes=True)
    assert here.entries()[0].digest != there.entries()[0].digest


def test_without_its_key_it_recognises_nobody_and_says_so(
    journal: ErasureJournal, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal.append(1, 11, NOW, keep_notes=True)
    (tmp_path / "club.db.erasures-key").unlink()
    assert journal.erased([(1, 11, NOW - HOUR)]) == []
    assert "key" in caplog.text


def test_a_line_that_a_crash_cut_short_hides_no_other(
    journal: ErasureJournal, tmp_path: Path
) -> None:
    journal.append(1, 11, NOW, keep_notes=True)
    with (tmp_path / "club.db.erasures").open("ab") as file:
        file.write(b'{"member": "ab\xff')
    journal.append(1, 12, NOW, keep_notes=True)
    assert len(journal.entries()) == 2


@pytest.mark.parametrize(
    "rubbish",
    [
        b"\0\0\0\n",
        b"[]\n",
        b"1\n",
        b'{"member": 1}\n',
        b'{"member": "a", "at": "then", "keep_notes": 1}\n',
    ],
)
def test_lines_that_are_none_are_passed_over(
    journal: ErasureJournal, tmp_path: Path, rubbish: bytes
) -> None:
    (tmp_path / "club.db.erasures").write_bytes(rubbish)
    assert journal.entries() == ()
    journal.append(1, 11, NOW, keep_notes=True)
    assert len(journal.entries()) == 1


def test_a_sweep_covers_whom_it_began_with_and_nobody_erased_meanwhile(
    journal: ErasureJournal,
) -> None:
    journal.append(1, 11, NOW, keep_notes=True)
    lines = journal.unswept()
    journal.append(1, 12, NOW, keep_notes=True)
    journal.mark_swept(lines)
    assert journal.unswept()
    journal.mark_swept(journal.unswept())
    assert not journal.unswept()


def test_what_no_backup_can_undo_is_forgotten(journal: ErasureJournal) -> None:
    journal.append(1, 11, NOW, keep_notes=True)
    journal.append(1, 12, NOW + HOUR, keep_notes=True)
    journal.mark_swept(journal.unswept())
    journal.prune(NOW + ERASURES_REMEMBERED)
    assert [entry.at for entry in journal.entries()] == [NOW + HOUR]
    journal.prune(NOW + 2 * ERASURES_REMEMBERED)
    assert journal.entries() == ()
    assert not journal.unswept()


def test_nothing_is_made_where_nobody_was_erased(journal: ErasureJournal, tmp_path: Path) -> None:
    journal.prune(NOW)
    journal.mark_swept(journal.unswept())
    assert journal.erased([(1, 11, NOW)]) == []
    assert list(tmp_path.iterdir()) == []
