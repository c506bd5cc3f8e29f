"""The memory of erasures, beside the database: a restored backup must not bring anybody back.

Each erasure is a line in ``<database>.erasures``: a keyed hash of server and member, when, and
what was wished for the notes. Without the key in ``<database>.erasures-key`` nobody can tell who
it was; with it, the program can ask of every member it finds whether they were erased.

The order that survives a crash at any point: the line is on the disk before the transaction that
erases commits (a crash in between: the next start erases), and a line ``swept`` follows when the
bytes have been taken out of the file as well (a crash before: the next start does that).
Nothing is written about a wish that can still be taken back.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.domain.privacy import ERASURES_REMEMBERED, PastErasure
from bot.storage.disk import flush, make_file
from bot.storage.types import instant_text

log = logging.getLogger(__name__)

# The line that says: whoever stands above is gone from the files as well.
_SWEPT = '{"swept": true}'


class ErasureJournal:
    """The journal of one database. Its functions block; call them in a thread."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".erasures")
        self._key_path = database.with_name(database.name + ".erasures-key")

    def append(self, guild_id: int, user_id: int | None, at: datetime, *, keep_notes: bool) -> None:
        """Remembers the erasure of a member (or of a whole server, without one).

        It is on the disk when this returns. Raises OSError.
        """
        digest = _digest(self._made_key(), guild_id, user_id)
        self._write(_line(PastErasure(digest, at, keep_notes)))

    def unswept(self) -> int:
        """How many lines there are when somebody was erased since the last sweep, else 0."""
        lines = self._lines()
        return len(lines) if lines and lines[-1] is not None else 0

    def mark_swept(self, lines: int) -> None:
        """The bytes of whoever stands in the first ``lines`` are gone from the files.

        Whoever was erased meanwhile waits for a sweep of their own.
        """
        if lines and self.unswept() == lines:
            self._write(_SWEPT)

    def entries(self) -> tuple[PastErasure, ...]:
        """Every erasure that is remembered, oldest first."""
        return tuple(line for line in self._lines() if line is not None)

    def erased(
        self, seen: Iterable[tuple[int, int | None, datetime]]
    ) -> list[tuple[int, int | None, PastErasure]]:
        """Those of ``seen`` (server, member, there since) who had been erased when last known.

        Somebody who is there only since their erasure, or later, has returned and is left alone.
        """
        latest = {entry.digest: entry for entry in sorted(self.entries(), key=lambda e: e.at)}
        if not latest:
            return []
        key = self._read_key()
        if key is None:
            log.error("The key %s is gone: erasures cannot be applied again", self._key_path.name)
            return []
        found = []
        for guild_id, user_id, since in seen:
            entry = latest.get(_digest(key, guild_id, user_id))
            if entry is not None and since < entry.at:
                found.append((guild_id, user_id, entry))
        return found

    def prune(self, now: datetime) -> None:
        """Forgets erasures that no backup can undo any more. Raises OSError."""
        lines = self._lines()
        kept = [line for line in lines if line is None or line.at > now - ERASURES_REMEMBERED]
        if all(line is None for line in kept):
            kept = []
        if len(kept) == len(lines):
            return
        draft = self._path.with_name(self._path.name + ".new")
        draft.unlink(missing_ok=True)
        make_file(draft)
        draft.write_text("".join(f"{_line(line)}\n" for line in kept), encoding="ascii")
        flush(draft)
        draft.replace(self._path)
        flush(self._path.parent)

    def _write(self, line: str) -> None:
        if not self._path.exists():
            make_file(self._path)
            flush(self._path.parent)
        whole = not (text := self._path.read_bytes()) or text.endswith(b"\n")
        with self._path.open("ab") as file:
            # A line that a crash has cut short must not swallow this one.
            file.write(b"" if whole else b"\n")
            file.write(f"{line}\n".encode("ascii"))
            file.flush()
            os.fsync(file.fileno())

    def _lines(self) -> list[PastErasure | None]:
        """Every whole line, None for a mark; one that was cut short was never begun."""
        try:
            text = self._path.read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return []
        found: list[PastErasure | None] = []
        for line in text.splitlines():
            with suppress(ValueError, KeyError, TypeError):
                found.append(_read(line))
        return found

    def _read_key(self) -> bytes | None:
        try:
            return bytes.fromhex(self._key_path.read_text(encoding="ascii").strip()) or None
        except FileNotFoundError:
            return None

    def _made_key(self) -> bytes:
        key = self._read_key()
        if key is not None:
            return key
        draft = self._key_path.with_name(self._key_path.name + ".new")
        draft.unlink(missing_ok=True)
        make_file(draft)
        key = secrets.token_bytes(32)
        draft.write_text(f"{key.hex()}\n", encoding="ascii")
        flush(draft)
        draft.replace(self._key_path)
        flush(self._key_path.parent)
        return key


def _digest(key: bytes, guild_id: int, user_id: int | None) -> str:
    whom = f"{guild_id}" if user_id is None else f"{guild_id}:{user_id}"
    return hmac.digest(key, whom.encode("ascii"), "sha256").hex()


def _line(entry: PastErasure | None) -> str:
    if entry is None:
        return _SWEPT
    at = instant_text(entry.at)
    return json.dumps({"member": entry.digest, "at": at, "keep_notes": entry.keep_notes})


def _read(line: str) -> PastErasure | None:
    """Raises ValueError, KeyError or TypeError for a line that is not whole."""
    if line == _SWEPT:
        return None
    read = json.loads(line)
    at = datetime.fromisoformat(read["at"])
    return PastErasure(str(read["member"]), at, bool(read["keep_notes"]))
