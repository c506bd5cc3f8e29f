"""What one table cannot show: refusals on a real connection, several processes, an old backup."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.domain.reminders import Planned, ReminderKind
from bot.storage import deliveries_plan
from bot.storage.engine import open_database
from bot.storage.schema import prepare_database
from tests.faults.discord_there import DiscordThere
from tests.faults.promotion import PROMOTION
from tests.faults.starts import OURS, Start, ended, fork, make_database
from tests.services.reminding import planned
from tests.storage.builders import NOW, query, url_of
from tests.storage.test_process_end import KILLED_WRITERS, run

Scenario = Callable[[DiscordThere, Path], None]

# Status, code, whether it came through Discord's gateway; then state, reason, requests.
_REFUSALS = (
    (403, 50013, True, "failed", "forbidden", 1),
    (403, 50001, True, "failed", "forbidden", 1),
    (404, 10003, True, "failed", "gone", 1),
    (403, 50007, True, "failed", "closed", 1),
    (403, 50278, True, "failed", "closed", 1),
    (400, 50035, True, "failed", "malformed", 1),
    (400, 200000, True, "failed", "blocked", 2),
    (400, 240000, True, "failed", "blocked", 2),
    (429, 0, False, "sending", None, 1),
)


def _ledger(folder: Path, columns: str = "state, reason") -> list[tuple[object, ...]]:
    return query(folder / "club.sqlite3", f"SELECT {columns} FROM delivery ORDER BY id")


def _refusal(
    there: DiscordThere, folder: Path, status: int, code: int, via: bool, state: str,
    reason: str | None, requests: int,
) -> None:  # fmt: skip
    make_database(folder, NOW)
    fault = {"kind": "refuse", "status": status, "code": code, "via": via}
    there.order(forget=True, now=NOW, faults=[fault] * 9)
    assert not ended(fork(there, Start(OURS, folder, NOW)))
    rows, posts = _ledger(folder), there.requests()[0]
    assert rows == [(state, reason)], rows
    assert posts == requests, f"{posts} requests"


def _unauthorised(there: DiscordThere, folder: Path) -> None:
    make_database(folder, NOW)
    fault = {"kind": "refuse", "status": 401, "code": 0}
    there.order(forget=True, now=NOW, faults=[fault] * 9)
    assert ended(fork(there, Start(OURS, folder, NOW))), "it went on"
    assert there.requests()[0] == 1


def _rate_limited(there: DiscordThere, folder: Path) -> None:
    """discord.py waits as long as Discord says, and sends it again with the same nonce."""
    make_database(folder, NOW)
    fault = {"kind": "refuse", "status": 429, "code": 0, "more": {"retry_after": 0.2}}
    there.order(forget=True, now=NOW, faults=[fault])
    assert not ended(fork(there, Start(OURS, folder, NOW)))
    assert _ledger(folder) == [("sent", None)]
    assert there.requests()[0] == 2


def _unreadable(there: DiscordThere, folder: Path) -> None:
    """Without the permission Discord shows an empty channel: nothing is sent again."""
    make_database(folder, NOW)
    there.order(forget=True, now=NOW)
    assert ended(fork(there, Start(OURS, folder, NOW, "killed in POST, delivered")))
    later = NOW + timedelta(minutes=5)
    there.order(now=later, rights=(1 << 10) | (1 << 11))
    assert not ended(fork(there, Start(OURS, folder, later)))
    assert _ledger(folder) == [("unknown", "unreadable")]
    assert len(there.seen()) == 1


def _three_processes(there: DiscordThere, folder: Path) -> None:
    """Leases run out while a message is still on its way; each process takes it over."""
    make_database(folder, NOW)
    there.order(forget=True, now=NOW)
    start = Start(OURS, folder, NOW, lease=timedelta(seconds=0.2), slow=0.6)
    for child in [fork(there, start) for _ in range(3)]:
        assert not ended(child)
    later = NOW + timedelta(minutes=5)
    there.order(now=later)
    assert not ended(fork(there, replace(start, now=later, slow=None)))
    assert len(there.seen()) == 1
    rows = _ledger(folder, "state, message_id")
    assert rows == [("sent", int(there.seen()[0]["id"]))], rows


def _two_processes_many(there: DiscordThere, folder: Path) -> None:
    """Sixty reminders between two processes: each is sent by one of them."""
    make_database(folder, NOW)
    there.order(forget=True, now=NOW)
    plans = [planned(key=str(n)) for n in range(60)]
    for child in [fork(there, Start(OURS, folder, NOW, plans=plans)) for _ in range(2)]:
        assert not ended(child)
    nonces = [message["nonce"] for message in there.seen()]
    assert len(nonces) == len(set(nonces)) == 60, len(nonces)
    assert there.requests()[0] == 60


def _copied_database(there: DiscordThere, folder: Path) -> None:
    """A twin on another host, with a copy of the database: Discord merges the two."""
    for name in ("one", "two"):
        (folder / name).mkdir()
    make_database(folder / "one", NOW)
    shutil.copytree(folder / "one", folder / "two", dirs_exist_ok=True)
    there.order(forget=True, now=NOW)
    for child in [fork(there, Start(OURS, folder / name, NOW)) for name in ("one", "two")]:
        assert not ended(child)
    assert len(there.seen()) == 1
    assert there.requests()[0] == 2


def _restored(there: DiscordThere, folder: Path) -> None:
    """Yesterday's backup: what its ledger does not know was sent is not sent again."""
    yesterday = NOW - timedelta(days=1)
    known = planned(ReminderKind.DAY_BEFORE, NOW - timedelta(hours=2))
    learnt = planned(ReminderKind.MOVED, NOW - timedelta(hours=1))
    unsent = planned(ReminderKind.DIGEST, NOW - timedelta(minutes=30), club_id=8)
    make_database(folder, yesterday)
    _plan(folder, [known, unsent])
    backup = shutil.copytree(folder, folder.with_name(folder.name + "-backup"))
    there.order(forget=True)
    for one in (known, learnt):
        there.order(now=one.due)
        assert not ended(fork(there, Start(OURS, folder, one.due, plans=[one])))
    assert [message["content"] for message in there.seen()] == ["day-before v1", "moved v1"]
    _restore(backup, yesterday)
    there.order(now=NOW)
    for now in (NOW, NOW + timedelta(minutes=5)):
        start = Start(OURS, backup, now, plans=[known, learnt, unsent])
        assert not ended(fork(there, start))
    texts = [message["content"] for message in there.seen()]
    assert texts == ["day-before v1", "moved v1", "digest v1"], texts
    assert _ledger(backup, "state") == [("sent",)] * 3, _ledger(backup)


def _edited(there: DiscordThere, folder: Path, point: str) -> None:
    """Killed while a session is moved of which the channel was reminded: told once that it is."""
    make_database(folder, NOW)
    first = planned()
    later = NOW + timedelta(hours=1)
    second = planned(due=first.due + timedelta(hours=3), version=2)
    change = planned(ReminderKind.MOVED, later, part=2, version=2)
    there.order(forget=True, now=NOW)
    assert not ended(fork(there, Start(OURS, folder, NOW, plans=[first])))
    there.order(now=later)
    start = Start(OURS, folder, later, point, plans=[second], edited=(second, change))
    assert ended(fork(there, start))
    # Whoever made the change does so again, and twice is as good as once.
    for hours in (2, 3, 5):
        now = NOW + timedelta(hours=hours)
        there.order(now=now)
        assert not ended(fork(there, replace(start, now=now, fault=None)))
    texts = [message["content"] for message in there.seen()]
    assert texts == ["day-before v1", "moved v2"], texts


def _out_of_step(there: DiscordThere, folder: Path, ahead: timedelta) -> None:
    """A clock that is not Discord's: nothing is sent before it is; then everything once."""
    make_database(folder, NOW)
    there.order(forget=True, now=NOW)
    plans = [planned(due=min(NOW, NOW + ahead))]
    assert not ended(fork(there, Start(OURS, folder, NOW + ahead, plans=plans)))
    assert there.requests() == (0, 0)
    for _ in range(2):
        there.order(now=NOW)
        assert not ended(fork(there, Start(OURS, folder, NOW, plans=plans)))
    assert len(there.seen()) == 1


def _plan(folder: Path, plans: list[Planned]) -> None:
    async def plan() -> None:
        url = url_of(folder / "club.sqlite3")
        async with open_database(url) as database, database.write() as conn:
            await deliveries_plan.plan(conn, plans, NOW)

    asyncio.run(plan())


def _restore(folder: Path, backup_at: object) -> None:
    async def restore() -> None:
        url = url_of(folder / "club.sqlite3")
        async with open_database(url) as database, database.write() as conn:
            await deliveries_plan.restored(conn, backup_at, NOW)  # type: ignore[arg-type]  # a moment

    asyncio.run(restore())


def _killed_writers(_there: DiscordThere, folder: Path) -> None:
    """Two hundred kills of a writer: nothing it called saved is lost, and no unit is half there."""
    path = folder / "club.sqlite3"
    prepare_database(url_of(path), NOW)
    done = run(KILLED_WRITERS, str(path), "200", patience=240)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 200


SCENARIOS: dict[str, Scenario] = {
    **PROMOTION,
    **{
        f"{status}/{code}{'' if via else ' not from Discord'}": partial(
            _refusal,
            status=status,
            code=code,
            via=via,
            state=state,
            reason=reason,
            requests=requests,
        )
        for status, code, via, state, reason, requests in _REFUSALS
    },
    "401 stops everything": _unauthorised,
    "429 from Discord": _rate_limited,
    "history that cannot be read": _unreadable,
    "three processes, short leases": _three_processes,
    "two processes, sixty reminders": _two_processes_many,
    "a twin with a copied database": _copied_database,
    "a backup restored": _restored,
    "two hundred kills of a writer": _killed_writers,
    **{
        f"killed at '{point}', a session moved": partial(_edited, point=point)
        for point in ("edit begun", "edit unsaved", "edit done", "mark unsaved", "answered")
    },
    **{
        f"a clock {ahead.total_seconds():+.0f} s from Discord's": partial(_out_of_step, ahead=ahead)
        for ahead in (
            timedelta(days=1),
            timedelta(hours=-1),
            timedelta(seconds=62),
            timedelta(seconds=-62),
        )
    },
}
