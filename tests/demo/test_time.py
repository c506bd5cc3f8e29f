"""The virtual time: today at the start, still until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.demo.conftest import Visitor


async def instant(visitor: Visitor) -> datetime:
    return datetime.fromisoformat((await visitor.look())["instant"])


async def test_it_begins_today(visitor: Visitor) -> None:
    assert abs(await instant(visitor) - datetime.now(UTC)) < timedelta(minutes=1)


async def test_it_stands_still_while_commands_run(visitor: Visitor) -> None:
    before = await instant(visitor)
    page = await visitor.preview()
    await page.run("theory", name="spline")
    assert await instant(visitor) == before


async def test_it_moves_by_an_hour_and_by_a_day(visitor: Visitor) -> None:
    before = await instant(visitor)
    await visitor.do("time", step="hour")
    assert await instant(visitor) == before + timedelta(hours=1)
    await visitor.do("time", step="day")
    assert await instant(visitor) == before + timedelta(days=1, hours=1)


async def test_an_open_page_shows_the_new_time(visitor: Visitor) -> None:
    page = await visitor.preview()
    before = (await page.read())["profile"]["presentationTime"]
    await visitor.do("time", step="day")
    assert (await page.read())["profile"]["presentationTime"] != before


async def test_nothing_is_due_where_the_bot_plans_nothing(planning: Visitor) -> None:
    await planning.do("time", step="day")
    assert (await planning.look())["due"] == ""
    status, state = await planning.post("time", step="due")
    assert status == 409
    assert state["said"] == "Nothing is due, so the clock stayed where it is."


async def test_it_moves_just_past_what_is_due(planning: Visitor) -> None:
    before = await instant(planning)
    due = before + timedelta(hours=3)
    assert f"{due:%H:%M} UTC" in (await planning.look())["due"]
    state = await planning.do("time", step="due")
    assert await instant(planning) == due + timedelta(seconds=1)
    assert state["due"] == ""


async def test_the_example_server_has_something_due(visitor: Visitor) -> None:
    before = await instant(visitor)
    assert (await visitor.look())["due"]
    await visitor.do("time", step="due")
    assert await instant(visitor) > before + timedelta(hours=1)


async def test_an_unknown_step_is_declined(visitor: Visitor) -> None:
    status, _state = await visitor.post("time", step="year")
    assert status == 409
