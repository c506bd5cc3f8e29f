"""Whatever is done at once is done in turn: no error, no dead page, and a quick end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from tests.demo.conftest import Visitor, add_extras, demo_open

LARGEST = "/fonts/noto-sans-sc-v2.004.ttf"


async def test_time_moved_twice_at_once_is_moved_twice(visitor: Visitor) -> None:
    before = datetime.fromisoformat((await visitor.look())["instant"])
    await asyncio.gather(*(visitor.do("time", step="hour") for _ in range(2)))
    after = datetime.fromisoformat((await visitor.look())["instant"])
    assert after == before + timedelta(hours=2)


async def test_a_click_while_time_moves_is_answered(richer: Visitor) -> None:
    page = await richer.preview()
    slow, moved, quick = await asyncio.gather(
        page.run("slow"), richer.post("time", step="day"), (await richer.preview()).run("help")
    )
    assert moved[0] == 200
    assert (slow["settlement"], quick["settlement"]) == ("settled", "settled")
    assert slow["rejected"] is quick["rejected"] is False


async def test_a_click_that_waited_out_a_refresh_is_not_refused(richer: Visitor) -> None:
    page, other = await richer.preview(), await richer.preview()
    await page.read()
    working = asyncio.create_task(other.run("slow"))
    await asyncio.sleep(0.05)
    moving = asyncio.create_task(richer.do("time", step="hour"))
    await asyncio.sleep(0.05)
    receipt = await page.act("send_message", content="Still here?")
    await asyncio.gather(working, moving)
    assert receipt["settlement"] == "settled"


async def test_two_tabs_of_the_preview_both_work(visitor: Visitor) -> None:
    pages = [await visitor.preview() for _ in range(2)]
    receipts = await asyncio.gather(*(page.run("theory", name="spline") for page in pages))
    assert [receipt["settlement"] for receipt in receipts] == ["settled", "settled"]


async def test_going_elsewhere_during_a_click_lets_the_click_end(richer: Visitor) -> None:
    page = await richer.preview()
    working = asyncio.create_task(page.run("slow"))
    await asyncio.sleep(0.05)
    await richer.go("#general", "Kofi")
    assert (await working)["settlement"] == "settled"
    assert (await (await richer.preview()).read())["channel"]["name"] == "general"


@asynccontextmanager
async def somebody_who_does_not_read(visitor: Visitor) -> AsyncIterator[None]:
    """A page that asks for the largest file there is, and takes none of it in."""
    host, port = (await visitor.look())["origin"].removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1)
    writer.write(f"GET {LARGEST} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    assert await reader.read(1) == b"H"
    try:
        yield
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def test_a_page_that_stopped_reading_holds_nobody_up(tmp_path: Path) -> None:
    async with AsyncExitStack() as last:
        async with demo_open(tmp_path / "demo.db") as visitor:
            async with asyncio.timeout(10), somebody_who_does_not_read(visitor):
                await visitor.go("#general", "Kofi")
            await last.enter_async_context(somebody_who_does_not_read(visitor))
            start = time.monotonic()
        assert time.monotonic() - start < 5


async def test_everything_at_once_leaves_a_living_page(richer: Visitor) -> None:
    state = await richer.look()
    places, members = state["places"], state["members"]
    moves = [richer.post("time", step="hour") for _ in range(3)]
    opens = [
        richer.post("open", place=p["id"], member=m["id"], keep="place")
        for p, m in zip(places, members, strict=False)
    ]
    menus = [
        richer.post("context", name="Their readings", kind="member", target=members[0]["id"])
        for _ in range(3)
    ]
    answers = await asyncio.gather(*moves, *opens, *menus)
    assert {status for status, _ in answers} <= {200, 409}
    assert (await richer.look())["trouble"] == ""
    await richer.go("#reading-club", "Priya")
    assert (await (await richer.preview()).run("help"))["settlement"] == "settled"


async def test_the_end_does_not_wait_for_a_slow_command(tmp_path: Path) -> None:
    async with demo_open(tmp_path / "demo.db", add_extras) as visitor:
        page = await visitor.preview()
        asked = asyncio.create_task(page.run("slow"))
        await asyncio.sleep(0.05)
        ending = time.perf_counter()
    await asyncio.gather(asked, return_exceptions=True)
    assert time.perf_counter() - ending < 2
