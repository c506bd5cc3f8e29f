"""Coverage on a real database: what is counted, kept, shown and to whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.members import OrganisersOnly
from bot.domain.progress import Depth
from bot.services.coverage import WEEKS, Coverage
from bot.storage import coverage, readings
from bot.storage.tables import depth_change, explanation, guild, member
from tests.services.conftest import ANN, BOB, CAT, DAN, GUILD, NAMES, OTHER_GUILD, Group, actor

SPLINE, CIRCUITS, PDLT = "spline-icml2018", "zoom-in-2020", "pdlt-book"


@pytest.fixture
def seen(group: Group) -> Coverage:
    return Coverage(group.work, group.catalogues)


async def read(
    group: Group, user: int, paper: str, depth: Depth = Depth.READ, guild_id: int = GUILD
) -> None:
    async with group.database.write() as conn:
        await readings.record_depth(conn, guild_id, user, NAMES[user], paper, depth, group.now)


async def change(group: Group, user: int, guild_id: int = GUILD, **values: object) -> None:
    """Sets columns of a member."""
    async with group.database.write() as conn:
        where = (member.c.guild_id == guild_id, member.c.user_id == user)
        await conn.execute(sa.update(member).where(*where).values(**values))


async def heard(group: Group, teacher: int, listener: int, step: str | None = None) -> None:
    async with group.database.write() as conn:
        await conn.execute(
            sa.insert(explanation).values(
                guild_id=GUILD, user_id=teacher, listener_id=listener, paper_id=SPLINE,
                heard_at=group.now, unclear_step=step,
            )
        )  # fmt: skip


async def known(seen: Coverage, guild_id: int = GUILD) -> int:
    return (await seen.look(actor(ANN, guild_id))).community.known


async def test_nothing_crosses_between_servers(group: Group, seen: Coverage) -> None:
    await read(group, ANN, SPLINE)
    await read(group, ANN, CIRCUITS, guild_id=OTHER_GUILD)
    await read(group, BOB, PDLT, Depth.UNDERSTOOD, guild_id=OTHER_GUILD)
    assert (await known(seen), await known(seen, OTHER_GUILD)) == (1, 2)
    here = (await seen.look(actor(ANN), with_trend=True)).weeks
    assert (here[-1].known, here[-1].covered) == (1, 0)


async def test_every_change_shows_at_once(group: Group, seen: Coverage) -> None:
    assert await known(seen) == 0
    await read(group, ANN, SPLINE)
    assert await known(seen) == 1
    await read(group, ANN, SPLINE, Depth.READING)
    assert await known(seen) == 0
    await read(group, ANN, SPLINE)
    async with group.database.write() as conn:
        await conn.execute(sa.update(guild).values(target_readers=1))
    assert (await seen.look(actor(ANN))).community.met == 1
    await change(group, ANN, departed_at=group.now)
    assert await known(seen) == 0
    await change(group, ANN, departed_at=None)
    assert await known(seen) == 1
    async with group.database.write() as conn:
        await conn.execute(sa.delete(member))
    assert await known(seen) == 0


async def test_only_clear_explanations_count_as_taught(group: Group, seen: Coverage) -> None:
    await read(group, ANN, SPLINE)
    await read(group, BOB, SPLINE)
    await heard(group, ANN, BOB, "the last step")
    assert (await seen.look(actor(ANN))).community.taught == 0
    async with group.database.write() as conn:
        await conn.execute(sa.update(explanation).values(unclear_step=None))
    assert (await seen.look(actor(ANN))).community.taught == 1


async def test_one_of_two_who_left_coming_back_is_noticed(group: Group, seen: Coverage) -> None:
    await read(group, ANN, SPLINE)
    await read(group, BOB, CIRCUITS)
    await change(group, ANN, departed_at=group.now - timedelta(days=1))
    await change(group, BOB, departed_at=group.now)
    assert await known(seen) == 0
    await change(group, ANN, departed_at=None)
    assert await known(seen) == 1


async def test_a_second_explanation_that_becomes_clear_is_noticed(
    group: Group, seen: Coverage
) -> None:
    for user in (ANN, BOB, CAT):
        await read(group, user, SPLINE)
    await heard(group, ANN, CAT)
    await heard(group, BOB, CAT, "a step")
    assert (await seen.look(actor(ANN))).community.theories[0].taught == 1
    async with group.database.write() as conn:
        await conn.execute(sa.update(explanation).values(unclear_step=None))
    assert (await seen.look(actor(ANN))).community.theories[0].taught == 2


async def test_an_unchanged_community_is_not_read_again(
    group: Group, seen: Coverage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await read(group, ANN, SPLINE)
    first = await seen.look(actor(ANN), with_trend=True)
    monkeypatch.setattr(coverage, "snapshot", None)
    monkeypatch.setattr(coverage, "depth_history", None)
    again = await seen.look(actor(BOB), with_trend=True)
    assert again.community is first.community
    assert again.weeks is first.weeks


async def test_the_trend_is_drawn_anew_on_another_day(group: Group, seen: Coverage) -> None:
    await read(group, ANN, SPLINE)
    before = (await seen.look(actor(ANN), with_trend=True)).weeks
    group.now += timedelta(weeks=2)
    after = (await seen.look(actor(ANN), with_trend=True)).weeks
    assert len(before) == len(after) == WEEKS
    assert after[-1].at == group.now
    assert sum(point.known for point in after) > sum(point.known for point in before)


async def test_the_trend_forgets_who_left_from_then_on(group: Group, seen: Coverage) -> None:
    await read(group, ANN, SPLINE)
    group.now += timedelta(weeks=4)
    await change(group, ANN, departed_at=group.now - timedelta(weeks=2))
    weeks = (await seen.look(actor(ANN), with_trend=True)).weeks
    assert [point.known for point in weeks][-6:] == [0, 1, 1, 0, 0, 0]


async def test_a_member_who_left_no_longer_counts(group: Group, seen: Coverage) -> None:
    await read(group, ANN, SPLINE, Depth.UNDERSTOOD)
    await read(group, BOB, SPLINE, Depth.UNDERSTOOD)
    await heard(group, BOB, ANN)
    await change(group, BOB, departed_at=group.now)
    here = (await seen.look(actor(ANN))).community
    assert (here.covered, here.taught, here.readers) == (0, 0, 1)


async def test_a_removed_history_is_noticed(group: Group, seen: Coverage) -> None:
    await read(group, ANN, SPLINE)
    await read(group, BOB, CIRCUITS)
    assert await known(seen) == 2
    async with group.database.write() as conn:
        await conn.execute(sa.delete(member).where(member.c.user_id == ANN))
        left = await conn.scalar(sa.select(sa.func.count()).select_from(depth_change))
    assert left == 1
    assert await known(seen) == 1


async def test_what_is_at_risk_is_for_organisers_of_this_server(
    group: Group, seen: Coverage
) -> None:
    await read(group, ANN, SPLINE, Depth.ALMOST)
    with pytest.raises(OrganisersOnly):
        await seen.at_risk(actor(ANN))
    _, risks = await seen.at_risk(actor(BOB, manages=True))
    assert [(risk.slug, risk.active) for risk in risks] == [("spline", 1)]
    assert (await seen.at_risk(actor(BOB, OTHER_GUILD, manages=True)))[1] == ()


async def test_the_organiser_role_is_looked_up(group: Group, seen: Coverage) -> None:
    await read(group, ANN, SPLINE, Depth.ALMOST)
    async with group.database.write() as conn:
        await conn.execute(sa.update(guild).values(organiser_role_id=77))
    who = actor(BOB).__class__(GUILD, BOB, "Bob", frozenset({77}))
    assert (await seen.look(who)).organises
    assert not (await seen.look(actor(BOB))).organises
    assert (await seen.at_risk(who))[1]


async def test_any_sign_of_life_counts_against_silence(group: Group, seen: Coverage) -> None:
    organiser = actor(DAN, manages=True)
    for user in (ANN, BOB):
        await read(group, user, SPLINE, Depth.ALMOST)
    group.now += timedelta(days=80)
    assert [risk.active for risk in (await seen.at_risk(organiser))[1]] == [0]
    await group.signups.sign_up(actor(ANN), CIRCUITS)
    assert [risk.active for risk in (await seen.at_risk(organiser))[1]] == [1]
    await heard(group, BOB, ANN)
    assert (await seen.at_risk(organiser))[1] == ()


async def test_only_who_agreed_to_be_seen_is_shown(group: Group, seen: Coverage) -> None:
    await read(group, ANN, SPLINE)
    for user in (BOB, CAT, DAN):
        await read(group, user, CIRCUITS, Depth.READ)
    assert (await seen.unlike(actor(ANN)))[1] == ()
    await change(group, BOB, visibility="server")
    await change(group, CAT, explains=True)
    await change(group, DAN, on_name_board=True)
    found = (await seen.unlike(actor(ANN)))[1]
    assert {one.display_name: set(one.brings) for one in found} == {
        "Bob": {"circuits"}, "Cat": set(), "Dan": set(),
    }  # fmt: skip
    await change(group, BOB, departed_at=group.now)
    assert "Bob" not in {one.display_name for one in (await seen.unlike(actor(ANN)))[1]}


async def test_indexes_serve_what_every_call_reads(group: Group) -> None:
    """An unchanged community costs no walk through other servers' rows."""
    async with group.database.read() as conn:
        for statement in (coverage._MARK, coverage._SNAPSHOT):
            sql = str(
                statement.params(guild_id=GUILD).compile(
                    dialect=conn.dialect, compile_kwargs={"literal_binds": True}
                )
            )
            plan = [str(row[-1]) for row in await conn.exec_driver_sql("EXPLAIN QUERY PLAN " + sql)]
            assert not [line for line in plan if re.match(r"SCAN (?!CONSTANT)", line)], plan
