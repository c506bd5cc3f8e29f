"""A plan lays papers over the sessions to come, and goes on with what is left of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.clubs import ClubEdit, ClubEnded
from bot.domain.errors import NotFound
from bot.domain.members import OrganisersOnly
from bot.domain.plan import HoursOutOfRange, NoSessionToPlan, Plan
from bot.services.club_plans import ClubPlans
from bot.storage import tables
from tests.services.catalogues import unsearched
from tests.services.clubs import AFTER, NEXT, WED, ClubGroup, clubs_at, organiser, rule
from tests.services.conftest import BOB, GUILD, OTHER_GUILD, actor

PAPER, SECOND = "spline-icml2018", "pdlt-book"
DAYS = [NEXT + timedelta(weeks=number) for number in range(12)]


@pytest.fixture
async def group(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[ClubGroup]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        yield opened


@pytest.fixture
def plans(group: ClubGroup, founding_catalogue: Catalogue) -> ClubPlans:
    return ClubPlans(group.work, unsearched(group.database, founding_catalogue))


def section_ids(catalogue: Catalogue, paper_id: str) -> list[str]:
    theory = catalogue.theory_of(paper_id)
    paper = None if theory is None else theory.paper(paper_id)
    assert paper is not None
    return [section.id for section in paper.sections]


async def laid(group: ClubGroup, club_id: int) -> dict[date, list[str]]:
    """The sections to be read, by session."""
    coming = await group.sessions.coming(GUILD, club_id, 30)
    return {
        s.occurrence.original: [part.section_id for part in s.facts.parts]
        for s in coming
        if s.facts is not None and s.facts.parts
    }


def in_order(plan: Plan) -> list[str]:
    """The sections in the order in which they are read, each once."""
    parts = (part.section_id for sitting in plan.sittings for part in sitting.parts)
    return list(dict.fromkeys(parts))


async def test_a_plan_is_laid_over_the_next_sessions_as_it_was_shown(
    group: ClubGroup, plans: ClubPlans, founding_catalogue: Catalogue
) -> None:
    club = await group.club()
    shown = await plans.preview(organiser(), club.id, [PAPER], 1)
    assert await laid(group, club.id) == {}
    stored = await plans.lay(organiser(), club.id, [PAPER], 1)
    assert stored.plan == shown.plan
    assert len(stored.plan.sittings) > 1
    assert await laid(group, club.id) == {
        sitting.session: [part.section_id for part in sitting.parts]
        for sitting in stored.plan.sittings
    }
    assert in_order(stored.plan) == section_ids(founding_catalogue, PAPER)
    assert [sitting.session for sitting in stored.plan.sittings] == DAYS[
        : len(stored.plan.sittings)
    ]
    assert await group.actions() == [
        ("club-created", f"club:{club.id}"), ("club-planned", f"club:{club.id}"),
    ]  # fmt: skip


async def test_skipped_sessions_and_those_in_a_pause_are_not_read_for(
    group: ClubGroup, plans: ClubPlans
) -> None:
    club = await group.club()
    await group.session_organising.skip(organiser(), club.id, NEXT)
    plan = (await plans.lay(organiser(), club.id, [PAPER], 1)).plan
    assert plan.sittings[0].session == AFTER
    await group.organising.pause(organiser(), club.id, None)
    with pytest.raises(NoSessionToPlan):
        await plans.lay(organiser(), club.id, [PAPER], 1)


async def test_another_plan_takes_the_place_of_the_first_and_leaves_what_was_chosen_by_hand(
    group: ClubGroup, plans: ClubPlans
) -> None:
    club = await group.club()
    by_hand = DAYS[10]
    await group.session_organising.set_paper(organiser(), club.id, by_hand, SECOND)
    await plans.lay(organiser(), club.id, [PAPER], 1)
    second = await plans.lay(organiser(), club.id, [PAPER], 20)
    assert len(second.plan.sittings) == 1
    assert second.shifts != ()
    assert list(await laid(group, club.id)) == [NEXT]
    papers = {row["original"]: row["paper_id"] for row in await group.rows(tables.session)}
    assert papers[by_hand] == SECOND
    assert papers[AFTER] is None


async def test_what_was_not_held_is_laid_anew_and_what_was_is_kept(
    group: ClubGroup, plans: ClubPlans, founding_catalogue: Catalogue
) -> None:
    club = await group.club()
    first = (await plans.lay(organiser(), club.id, [PAPER], 1)).plan
    group.now += timedelta(weeks=1)  # the first session has been
    await group.session_organising.skip(organiser(), club.id, AFTER)
    group.now += timedelta(weeks=1)  # the second has not
    again = await plans.lay_again(organiser(), club.id)
    assert again.plan.sittings[0] == first.sittings[0]
    assert again.plan.sittings[1].session == DAYS[2]
    assert again.plan.sittings[1].parts == first.sittings[1].parts
    assert in_order(again.plan) == section_ids(founding_catalogue, PAPER)
    rows = await group.rows(tables.session)
    kept = {row["original"] for row in rows if row["paper_id"] == PAPER}
    assert NEXT in kept
    assert AFTER not in kept


async def test_a_plan_goes_along_with_a_new_rule_and_can_be_laid_for_it(
    group: ClubGroup, plans: ClubPlans
) -> None:
    club = await group.club()
    before = (await plans.lay(organiser(), club.id, [PAPER], 1)).plan
    await group.organising.edit(organiser(), club.id, ClubEdit(recurrence=rule(WED)))
    moved = {day + timedelta(days=1): parts for day, parts in (
        (sitting.session, [part.section_id for part in sitting.parts]) for sitting in before.sittings
    )}  # fmt: skip
    assert await laid(group, club.id) == moved
    every_second = ClubEdit(recurrence=rule(WED, every=2))
    await group.organising.edit(organiser(), club.id, every_second)
    again = (await plans.lay_again(organiser(), club.id)).plan
    assert again.budget == 2 * before.budget
    assert len(again.sittings) < len(before.sittings)


async def test_two_papers_are_read_one_after_the_other(
    group: ClubGroup, plans: ClubPlans, founding_catalogue: Catalogue
) -> None:
    club = await group.club()
    plan = (await plans.lay(organiser(), club.id, [PAPER, SECOND], 20)).plan
    papers = [part.paper_id for sitting in plan.sittings for part in sitting.parts]
    assert list(dict.fromkeys(papers)) == [PAPER, SECOND]
    assert papers == sorted(papers, key=[PAPER, SECOND].index)


async def test_plans_are_laid_by_organisers_of_their_own_server_alone(
    group: ClubGroup, plans: ClubPlans
) -> None:
    club = await group.club()
    foreign = await group.club(OTHER_GUILD)
    for lay in (plans.lay, plans.preview):
        with pytest.raises(OrganisersOnly):
            await lay(actor(BOB), club.id, [PAPER], 1)
        with pytest.raises(NotFound):
            await lay(organiser(), foreign.id, [PAPER], 1)
        with pytest.raises(NotFound):
            await lay(organiser(), club.id, ["unknown"], 1)
        for hours in (0, -1, 61):
            with pytest.raises(HoursOutOfRange):
                await lay(organiser(), club.id, [PAPER], hours)
    with pytest.raises(NotFound):
        await plans.lay_again(organiser(), club.id)
    with pytest.raises(OrganisersOnly):
        await plans.lay_again(actor(BOB), club.id)
    await group.organising.end(organiser(), club.id)
    for lay in (plans.lay, plans.preview):
        with pytest.raises(ClubEnded):
            await lay(organiser(), club.id, [PAPER], 1)
    assert await group.rows(tables.club_plan_paper) == []
