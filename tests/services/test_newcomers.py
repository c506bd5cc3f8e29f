"""What a newcomer says is kept whole or not at all."""

from __future__ import annotations

import pytest

from bot.catalogue import read_zones
from bot.domain.errors import NotFound
from bot.domain.members import SettingsChange, TagUnknown
from bot.domain.zones import ZoneUnknown
from bot.services.members import Members
from bot.services.newcomers import Newcomers
from bot.services.suggesting import Suggesting
from bot.settings import Settings
from tests.services.conftest import ANN, Group, actor

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
    offers = await newcomers.introduce(WHO, said, ())
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
