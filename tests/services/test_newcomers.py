"""What a newcomer says is kept whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from bot.catalogue import read_zones
from bot.domain.errors import NotFound
from bot.domain.members import SettingsChange, TagUnknown
from bot.domain.zones import ZoneUnknown
from bot.services.clubs_organising import ClubOrganising
from bot.services.members import Members
from bot.services.newcomers import Newcomers
from bot.services.suggesting import Suggesting
from bot.settings import Settings
from tests.services.clubs import draft
from tests.services.conftest import ANN, BOB, CAT, Group, actor

WHO = actor(ANN)


async def test_what_is_said_is_kept_whole_or_not_at_all(group: Group) -> None:
    zones = read_zones(Settings().data_dir)
    suggesting = Suggesting(group.work, group.catalogues)
    newcomers = Newcomers(group.work, group.catalogues, suggesting, zones)
    members = Members(group.work, group.catalogue, zones)
    four = frozenset(list(group.catalogue.vocabulary.prerequisites)[:4])
    for change, clubs, error in (
        (SettingsChange(zone="nowhere", hours_a_week=3), (), ZoneUnknown),
        (SettingsChange(hours_a_week=3, interests=frozenset({"astrology"})), (), TagUnknown),
        (SettingsChange(hours_a_week=3, interests=four), (), TagUnknown),
        (SettingsChange(hours_a_week=3), (99,), NotFound),
    ):
        with pytest.raises(error):
            await newcomers.introduce(WHO, change, clubs)
    assert await newcomers.is_new(WHO)
    said = SettingsChange(zone="Asia/Tokyo", hours_a_week=3, interests=frozenset({"topology"}))
    offers = (await newcomers.introduce(WHO, said, ())).offers
    assert offers
    assert all(offer.suggested.hours <= 9 for offer in offers)
    suggestions = (await suggesting.suggest(WHO, hours=100.0)).chosen
    assert suggestions[0].liked == ("topology",)
    assert not await newcomers.is_new(WHO)
    kept = await members.settings(WHO)
    assert (kept.zone, kept.hours_a_week, kept.interests) == (
        "Asia/Tokyo",
        3,
        frozenset({"topology"}),
    )
    # Said anew it takes the place of what was said before.
    await newcomers.introduce(WHO, SettingsChange(hours_a_week=1, interests=frozenset()), ())
    kept = await members.settings(WHO)
    assert (kept.zone, kept.hours_a_week, kept.interests) == ("Asia/Tokyo", 1, frozenset())


async def test_a_club_that_is_not_chosen_again_is_not_left_and_that_is_told(
    group: Group,
) -> None:
    zones = read_zones(Settings().data_dir)
    suggesting = Suggesting(group.work, group.catalogues)
    newcomers = Newcomers(group.work, group.catalogues, suggesting, zones)
    organising = ClubOrganising(group.work, zones, "2026f")
    boss = actor(BOB, manages=True)
    start = date(2027, 1, 5)
    readers, _, painters = [
        await organising.create(boss, draft(name, start=start))
        for name in ("Readers", "Writers", "Painters")
    ]
    said = SettingsChange(hours_a_week=3)
    first = await newcomers.introduce(WHO, said, [readers.id, painters.id])
    assert first.kept == ()
    again = await newcomers.introduce(WHO, said, [painters.id])
    assert [club.name for club in again.kept] == ["Readers"]
    assert (await newcomers.asked(WHO)).joined == {readers.id, painters.id}
    assert (await newcomers.introduce(actor(CAT), said, [])).kept == ()
