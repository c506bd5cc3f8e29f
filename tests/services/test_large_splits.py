"""A round of five hundred: worked out in a process of its own, while the loop goes on."""

from __future__ import annotations

import asyncio
import random
import time

import sqlalchemy as sa

from bot.domain.rounds import Answer, Preview, RoundUnit, Terms, Wishes
from bot.storage import round_answers
from bot.storage.tables import member
from tests.services.conftest import GUILD, Group
from tests.services.rounds import Splitters, organiser

MEMBERS = 500


async def stalls() -> float:
    """The longest the event loop has stood still, in seconds, until it is cancelled."""
    longest = 0.0
    try:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            longest = max(longest, time.perf_counter() - before - 0.005)
    except asyncio.CancelledError:
        return longest


async def crowd(splitters: Splitters, members: int = MEMBERS) -> None:
    """So many who are in, with wishes of their own."""
    begun = await splitters.start(Terms(RoundUnit.PAPERS, each=2), seats=100)
    group, chance = splitters.group, random.Random(4)
    users = range(100_000, 100_000 + members)
    async with group.work.write() as unit:
        people = [
            {"guild_id": GUILD, "user_id": u, "display_name": f"m{u}", "first_seen_at": unit.now}
            for u in users
        ]
        await unit.conn.execute(sa.insert(member), people)
        for user_id in users:
            first, *also = chance.sample(begun.items, 3)
            answer = Answer(Wishes(first, tuple(also)))
            await round_answers.set_answer(unit.conn, GUILD, begun.id, user_id, answer, unit.now)


async def watched_preview(splitters: Splitters) -> tuple[Preview, float]:
    """A preview, and the longest the loop stood still meanwhile."""
    watch = asyncio.create_task(stalls())
    seen = await splitters.preview()
    watch.cancel()
    return seen, await watch


async def test_five_hundred_are_split_and_signed_up(group: Group) -> None:
    splitters = Splitters(group)
    await crowd(splitters)
    seen, stall = await watched_preview(splitters)
    assert len(seen.split.assignment) == 2 * MEMBERS
    assert stall < 1.0  # the figure itself is a bench's; a second would mean it ran on the loop
    changed = await splitters.splitting.publish(organiser(), splitters.round_id, seen.fingerprint)
    assert len(changed.added) == 2 * MEMBERS
