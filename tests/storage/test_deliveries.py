"""The ledger's rows: what a plan may change, who may settle, and what a long ledger costs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.reminders import DeliveryState, Planned, Reason, ReminderKind
from bot.storage import (
    deliveries,
    deliveries_figures,
    deliveries_plan,
    deliveries_settling,
    erasure,
)
from bot.storage.tables import delivery
from tests.services.reminding import ANN, GUILD, Club, club_at, planned
from tests.storage.builders import NOW, query

LEASE = timedelta(seconds=90)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def club(tmp_path: Path) -> AsyncIterator[Club]:
    async with club_at(tmp_path / "club.sqlite3") as opened:
        yield opened


async def plan(club: Club, *plans: Planned) -> None:
    async with club.database.write() as conn:
        await deliveries_plan.plan(conn, plans, NOW)


async def change(club: Club, **values: Any) -> None:
    async with club.database.write() as conn:
        await conn.execute(sa.update(delivery).values(**values))


OPEN = {"state": DeliveryState.CLAIMED}
DONE = {"state": DeliveryState.SENT, "first_post_at": NOW, "next_at": None}
FAILED = {"state": DeliveryState.FAILED, "reason": Reason.FORBIDDEN, "next_at": None}
UNDER_WAY = {"state": DeliveryState.SENDING, "first_post_at": NOW}


@pytest.mark.parametrize("begun", [OPEN, DONE, FAILED, UNDER_WAY])
async def test_planning_again_changes_nothing_that_was_begun(
    club: Club, begun: dict[str, Any]
) -> None:
    await plan(club, planned())
    await change(club, **begun)
    await plan(club, planned(due=LATER, version=2))
    assert await club.rows("due_at", "state", "version") == [(NOW, begun["state"], 1)]


async def test_planning_again_moves_what_is_only_planned(club: Club) -> None:
    await plan(club, planned())
    await plan(club, planned(due=LATER, version=2, dest=77))
    rows = await club.rows("due_at", "next_at", "version", "dest")
    assert rows == [(LATER, LATER, 2, 77)]


async def test_what_was_called_off_opens_again_when_it_is_planned_again(club: Club) -> None:
    await plan(club, planned())
    await change(club, state=DeliveryState.CANCELLED, next_at=None, attempts=3)
    await plan(club, planned())
    rows = await club.rows("state", "next_at", "attempts")
    assert rows == [(DeliveryState.PENDING, NOW, 0)]


async def test_one_row_for_each_reader_and_part(club: Club) -> None:
    one = planned()
    await plan(club, one, planned(reader=ANN), replace(one, part=1), replace(one, key="x"), one)
    assert len(await club.rows("id")) == 4


async def test_only_what_is_due_is_claimed_the_most_urgent_first(club: Club) -> None:
    kinds = (ReminderKind.DIGEST, ReminderKind.HOUR_BEFORE, ReminderKind.DAY_BEFORE)
    await plan(club, *(planned(kind) for kind in kinds), planned(due=LATER, key="later"))
    async with club.database.write() as conn:
        first = await deliveries.claim(conn, "me", NOW, LEASE, 2)
        rest = await deliveries.claim(conn, "me", NOW, LEASE, 9)
        assert await deliveries.next_due(conn) == NOW + LEASE
    assert {d.planned.kind for d in first} == set(kinds[1:])
    assert [d.planned.kind for d in rest] == [kinds[0]]
    assert {d.state for d in first} == {DeliveryState.CLAIMED}


async def test_a_claim_that_has_run_out_is_taken_over_and_its_first_holder_writes_nothing(
    club: Club,
) -> None:
    await plan(club, planned())
    async with club.database.write() as conn:
        (old,) = await deliveries.claim(conn, "one", NOW, LEASE, 9)
        (new,) = await deliveries.claim(conn, "two", NOW + LEASE, LEASE, 9)
        assert new.gen == old.gen + 1
        assert await deliveries_settling.mark_sending(conn, [old], NOW, LEASE) == frozenset()
        assert not await deliveries_settling.put_off(conn, old, LATER)
        assert not await deliveries_settling.hold(conn, old, LATER)
        failed = (DeliveryState.FAILED, Reason.GONE, NOW)
        assert not await deliveries_settling.close(conn, old, *failed)
        assert await deliveries_settling.mark_sending(conn, [new], NOW, LEASE) == {new.id}
        await deliveries_settling.settle_sent(conn, [deliveries_settling.Sent(old, 5)], NOW)
    assert await club.rows("state", "message_id") == [(DeliveryState.SENDING, None)]


async def test_the_first_moment_of_sending_stays(club: Club) -> None:
    await plan(club, planned())
    for hour in range(3):
        at = NOW + timedelta(hours=hour)
        async with club.database.write() as conn:
            claimed = await deliveries.claim(conn, "me", at, timedelta(), 9)
            await deliveries_settling.mark_sending(conn, claimed, at, timedelta())
    assert await club.rows("first_post_at", "attempts") == [(NOW, 3)]


async def test_a_place_that_fails_takes_along_only_what_is_planned_for_it(club: Club) -> None:
    await plan(club, planned(), planned(key="same"), planned(key="other", dest=99))
    async with club.database.write() as conn:
        (first, *_) = await deliveries.claim(conn, "me", NOW, LEASE, 1)
        assert await deliveries_settling.fail_others(conn, first, Reason.GONE, 10003, NOW) == 2
    states = await club.rows("key", "state")
    assert ("other", DeliveryState.PENDING) in states


async def test_after_a_restore_what_may_be_out_is_looked_for_and_the_rest_skipped(
    club: Club,
) -> None:
    over = planned(key="over", due=NOW - timedelta(days=2), useful=timedelta(hours=3))
    due, future = planned(key="due", due=NOW - timedelta(hours=1)), planned(key="f", due=LATER)
    await plan(club, over, due, future)
    async with club.database.write() as conn:
        await deliveries_plan.restored(conn, NOW - timedelta(days=3), NOW)
        # Planned since the backup, and delivered perhaps.
        learnt = planned(key="learnt", due=NOW - timedelta(hours=2))
        fresh = planned(key="fresh", due=NOW - timedelta(days=4), useful=timedelta(days=9))
        await deliveries_plan.plan(conn, [learnt, fresh], NOW)
    rows = {key: rest for key, *rest in await club.rows("key", "state", "reason", "first_post_at")}
    assert rows == {
        "over": [DeliveryState.SKIPPED, Reason.RESTORED, None],
        "due": [DeliveryState.SENDING, None, due.due],
        "f": [DeliveryState.PENDING, None, None],
        "learnt": [DeliveryState.SENDING, None, learnt.due],
        "fresh": [DeliveryState.PENDING, None, None],
    }


async def test_a_second_restore_remembers_the_older_backup(club: Club) -> None:
    days = [NOW - timedelta(days=n) for n in (5, 2, 9)]
    async with club.database.write() as conn:
        for day in days:
            await deliveries_plan.restored(conn, day, NOW)
    found = query(club_path(club), "SELECT backup_at FROM ledger_restore")
    assert found == [("2025-12-27T18:00:00.000000Z",)]


def club_path(club: Club) -> Path:
    url = club.database._writer.url.database
    assert url is not None
    return Path(url.removeprefix("file:").split("?", maxsplit=1)[0])


async def test_what_is_of_use_still_is_not_forgotten(club: Club) -> None:
    old, recent = planned(key="old"), planned(key="recent", due=LATER)
    await plan(club, old, recent, planned(key="open"))
    async with club.database.write() as conn:
        await conn.execute(sa.update(delivery).where(delivery.c.key != "open").values(**DONE))
        gone = await deliveries_figures.forget_closed(conn, old.deadline + timedelta(minutes=1), 9)
    assert gone == 1
    assert await club.rows("key") == ["recent", "open"]


async def test_a_member_who_is_erased_leaves_no_deliveries(club: Club) -> None:
    await plan(club, planned(), planned(reader=ANN))
    async with club.database.write() as conn:
        await erasure.erase_member(conn, GUILD, ANN, keep_notes=False)
    assert await club.rows("reader") == [0]


async def test_health_counts_what_stands_how(club: Club) -> None:
    await plan(club, planned(), planned(key="x"))
    async with club.database.write() as conn:
        await conn.execute(sa.update(delivery).where(delivery.c.key == "x").values(**FAILED))
    async with club.database.read() as conn:
        counted = await deliveries_figures.standing(conn, GUILD, NOW)
    assert counted == {
        (DeliveryState.PENDING, None): 1,
        (DeliveryState.FAILED, Reason.FORBIDDEN): 1,
    }


@pytest.mark.parametrize(
    "broken",
    [
        {"next_at": None},
        {"state": DeliveryState.SENT, "next_at": None},
        {"state": DeliveryState.SENT, "first_post_at": NOW},
        {"state": DeliveryState.SENDING},
        {"state": DeliveryState.FAILED, "next_at": None},
        {"first_post_at": NOW},
        {"reason": Reason.LATE},
        {"user_id": ANN},
        {"reader": ANN},
    ],
)
async def test_the_schema_refuses_what_cannot_be(club: Club, broken: dict[str, Any]) -> None:
    await plan(club, planned())
    with pytest.raises(IntegrityError):
        await change(club, **broken)


async def test_looking_for_what_is_due_reads_only_what_is_open(club: Club) -> None:
    statements = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    sa.event.listen(club.database._writer.sync_engine, "before_cursor_execute", note)
    async with club.database.write() as conn:
        await deliveries.next_due(conn)
        await deliveries.claim(conn, "me", NOW, LEASE, 25)
    for statement in statements[1:]:
        plans = query(
            club_path(club), f"EXPLAIN QUERY PLAN {statement}", *["x"] * statement.count("?")
        )
        told = " ".join(row[-1] for row in plans)
        assert "ix_delivery_open" in told, told
        assert "SCAN delivery" not in told.replace(
            "SCAN delivery USING COVERING INDEX ix_delivery_open", ""
        )
