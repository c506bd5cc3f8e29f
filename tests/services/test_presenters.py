"""Presenters who are not there any more make room for the next volunteer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.clubs import Club
from bot.domain.notices import NoticeKind
from bot.domain.presenting import Offer
from bot.services import member_steps
from bot.services.presenters import Presenters
from bot.storage import tables
from tests.services.clubs import AFTER, NEXT, ClubGroup, clubs_at, erase, organiser
from tests.services.conftest import BOB, CAT, DAN, GUILD, actor

Goes = Callable[[ClubGroup, Club, Path], Awaitable[None]]


@pytest.fixture
async def group(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[ClubGroup]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        yield opened


async def leaves_the_club(group: ClubGroup, club: Club, path: Path) -> None:
    assert await group.clubs.leave(actor(BOB), club.id)


async def leaves_the_server(group: ClubGroup, club: Club, path: Path) -> None:
    async with group.work.write() as unit:
        await member_steps.departed(unit, GUILD, BOB)


async def is_erased(group: ClubGroup, club: Club, path: Path) -> None:
    await erase(group, BOB, path)


@pytest.mark.parametrize("goes", [leaves_the_club, leaves_the_server, is_erased])
async def test_who_was_to_present_and_goes_is_followed_by_the_next_volunteer(
    group: ClubGroup, tmp_path: Path, goes: Goes
) -> None:
    club, other = await group.club(), await group.club(name="Writers")
    presenters = Presenters(group.work)
    for kept in (club, other):
        assert (await presenters.offer(actor(BOB), kept.id, NEXT))[1] is Offer.PRESENTS
    assert (await presenters.offer(actor(CAT), club.id, NEXT))[1] is Offer.TAKEN
    assert (await presenters.offer(actor(BOB), club.id, AFTER))[1] is Offer.WAITS
    await goes(group, club, tmp_path / "club.sqlite3")

    asked = await group.rows(tables.session_presenting, state="asked")
    originals = {row["id"]: row["original"] for row in await group.rows(tables.session)}
    assert sorted((originals[row["session_id"]], row["user_id"]) for row in asked) == [
        (NEXT, CAT), (AFTER, CAT),
    ]  # fmt: skip
    told = await group.rows(tables.notice, user_id=CAT, kind=NoticeKind.PRESENTER_ASKED)
    assert len({row["detail"] for row in told}) == 2
    facts = (await group.sessions.session(GUILD, club.id, NEXT)).facts
    assert facts is not None
    assert facts.presenter_id is None
    # Their other club goes on with them, unless they have gone from the server.
    elsewhere = (await group.sessions.session(GUILD, other.id, NEXT)).facts
    assert elsewhere is not None
    kept_on = BOB if goes is leaves_the_club else None
    assert (elsewhere.presenter_id, elsewhere.takes) == (kept_on, kept_on is None)


async def test_who_has_left_the_club_is_not_asked_to_present_in_it(group: ClubGroup) -> None:
    club = await group.club()
    presenters = Presenters(group.work)
    await group.session_organising.set_presenter(organiser(), club.id, NEXT, DAN, "Dan")
    await presenters.offer(actor(BOB), club.id, NEXT)
    assert await group.clubs.leave(actor(BOB), club.id)
    assert not await group.clubs.leave(actor(BOB), club.id)
    await presenters.decline(actor(DAN), club.id, NEXT)
    assert await group.rows(tables.session_presenting, state="asked") == []
