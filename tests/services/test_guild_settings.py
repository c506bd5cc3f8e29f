"""What organisers decide at the set-up, and what goes by it."""

from __future__ import annotations

import pytest

from bot.catalogue import read_zones
from bot.domain.guild import TARGET_READERS, GuildRules, RoleOfEverybody, Setup
from bot.domain.members import OrganisersOnly
from bot.domain.presets import Preset
from bot.domain.signups import LimitOutOfRange
from bot.domain.zones import ZoneUnknown
from bot.services.guild_settings import GuildSettings
from bot.services.organising import Organising
from bot.services.schedule_reading import ScheduleReading
from bot.settings import Settings
from bot.storage import audit
from tests.services.conftest import ANN, BOB, GUILD, OTHER_GUILD, Group, actor

ANN_MANAGES = actor(ANN, manages=True)
LIBRARIANS, HOME = 77, 88


def settings_of(group: Group) -> GuildSettings:
    return GuildSettings(group.work, read_zones(Settings().data_dir))


async def test_each_decision_is_kept_for_its_server_and_recorded(group: Group) -> None:
    settings = settings_of(group)
    assert await settings.setup(ANN_MANAGES) == Setup(GuildRules())
    await settings.set_home(ANN_MANAGES, HOME)
    await settings.set_organiser_role(ANN_MANAGES, LIBRARIANS)
    await settings.set_zone(ANN_MANAGES, "Asia/Tokyo")
    await settings.set_preset(ANN_MANAGES, Preset.BOOK)
    for _sent_as_it_was in range(2):
        await Organising(group.work, group.catalogues).set_limits(ANN_MANAGES, 4, 5, 3)
    assert await settings.rules(GUILD) == GuildRules(
        3, 4, 5, LIBRARIANS, HOME, "Asia/Tokyo", Preset.BOOK
    )
    assert await settings.rules(OTHER_GUILD) == GuildRules()
    async with group.work.read() as conn:
        lines = await audit.lines(conn, GUILD, None, 10)
        elsewhere = await audit.lines(conn, OTHER_GUILD, None, 10)
    assert [line.action for line in lines] == [
        "limits-set", "preset-set", "zone-set", "organiser-role-set", "home-channel-set",
    ]  # fmt: skip
    assert elsewhere == ()
    await settings.set_home(ANN_MANAGES, None)
    await settings.set_preset(ANN_MANAGES, None)
    assert await settings.rules(GUILD) == GuildRules(3, 4, 5, LIBRARIANS, None, "Asia/Tokyo", None)


async def test_only_organisers_decide_and_not_everybody_can_be_one(group: Group) -> None:
    settings = settings_of(group)
    for refused in (
        settings.setup(actor(BOB)),
        settings.set_home(actor(BOB), HOME),
        settings.set_organiser_role(actor(BOB), LIBRARIANS),
        settings.set_zone(actor(BOB), "Asia/Tokyo"),
        settings.set_preset(actor(BOB), Preset.BOOK),
        settings.record(actor(BOB), "newcomers-posted"),
    ):
        with pytest.raises(OrganisersOnly):
            await refused
    with pytest.raises(RoleOfEverybody):
        await settings.set_organiser_role(ANN_MANAGES, GUILD)
    with pytest.raises(ZoneUnknown):
        await settings.set_zone(ANN_MANAGES, "Europe/Berlim")
    organising = Organising(group.work, group.catalogues)
    for target in (TARGET_READERS[0] - 1, TARGET_READERS[-1] + 1):
        with pytest.raises(LimitOutOfRange):
            await organising.set_limits(ANN_MANAGES, 4, 5, target)
    assert await settings.rules(GUILD) == GuildRules()


async def test_clubs_meet_in_the_zone_of_the_server_first(group: Group) -> None:
    settings, zones = settings_of(group), read_zones(Settings().data_dir)
    reading = ScheduleReading(group.work, zones)
    assert await reading.usual_zone(ANN_MANAGES) is None
    await settings.set_zone(ANN_MANAGES, "Asia/Tokyo")
    assert await reading.usual_zone(ANN_MANAGES) == "Asia/Tokyo"
    await settings.set_preset(ANN_MANAGES, Preset.SEMINAR)
    words, when = (await reading.completions(ANN_MANAGES, ""))[0]
    assert words == "every 2 weeks on Tuesday 18:00 Asia/Tokyo"
    assert when.series.zone == "Asia/Tokyo"
