"""Settings of one member in one server, and absences that pause and resume at their time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.members import (
    AbsenceBackwards,
    AbsenceIncomplete,
    AbsenceOver,
    AbsenceTooLong,
    DateUnclear,
    DmConsent,
    MemberSettings,
    NoteSharing,
    SettingsChange,
    TagUnknown,
    Visibility,
)
from bot.domain.zones import ZoneUnknown
from bot.services import member_steps
from bot.storage import tables
from tests.services.driven import ALICE, BOB, GUILD, OTHER_GUILD, START, Driven, driven, someone

EVERYTHING = SettingsChange(
    zone="Europe/Berlin",
    hours_a_week=6,
    visibility=Visibility.SERVER,
    explains=True,
    on_name_board=True,
    note_sharing=NoteSharing.SHARED,
    dm=DmConsent.YES,
    tags=frozenset({"topology", "calculus"}),
)
HOUR = timedelta(hours=1)


@pytest.fixture
async def club(tmp_path: Path) -> AsyncIterator[Driven]:
    async with driven(tmp_path / "club.db") as made:
        yield made


async def test_looking_at_ones_settings_stores_nothing(club: Driven) -> None:
    assert await club.members.settings(someone()) == MemberSettings()
    assert await club.rows(tables.member) == []
    assert await club.rows(tables.guild) == []


async def test_everything_that_can_be_set_is_read_back(club: Driven) -> None:
    changed = await club.members.change(someone(), EVERYTHING)
    assert changed == await club.members.settings(someone())
    for name in ("zone", "hours_a_week", "visibility", "explains", "on_name_board", "tags", "dm"):
        assert getattr(changed, name) == getattr(EVERYTHING, name), name
    assert changed.note_sharing is NoteSharing.SHARED


async def test_what_is_not_given_stays(club: Driven) -> None:
    await club.members.change(someone(), EVERYTHING)
    changed = await club.members.change(someone(), SettingsChange(explains=False, hours_a_week=0))
    assert changed.zone == "Europe/Berlin"
    assert changed.tags == {"topology", "calculus"}
    assert (changed.explains, changed.hours_a_week) == (False, 0)


async def test_settings_hold_in_one_server_and_for_one_member(club: Driven) -> None:
    await club.members.change(someone(), EVERYTHING)
    assert await club.members.settings(someone(guild_id=OTHER_GUILD)) == MemberSettings()
    assert await club.members.settings(someone(BOB)) == MemberSettings()


async def test_tags_of_another_menu_stay(club: Driven) -> None:
    await club.members.change(someone(), SettingsChange(tags=frozenset({"topology"})))
    among = frozenset({"calculus", "probability"})
    changed = await club.members.change_tags(someone(), among, frozenset({"calculus"}))
    assert changed.tags == {"topology", "calculus"}
    changed = await club.members.change_tags(someone(), among, frozenset())
    assert changed.tags == {"topology"}


async def test_tags_that_are_not_in_the_catalogue_or_the_menu_are_refused(club: Driven) -> None:
    with pytest.raises(TagUnknown):
        await club.members.change(someone(), SettingsChange(tags=frozenset({"astrology"})))
    with pytest.raises(TagUnknown):
        await club.members.change_tags(someone(), frozenset({"calculus"}), frozenset({"topology"}))
    assert await club.rows(tables.member) == []


async def test_a_zone_that_is_none_is_refused_and_nothing_changes(club: Driven) -> None:
    with pytest.raises(ZoneUnknown):
        await club.members.change(someone(), SettingsChange(zone="../../etc/passwd", explains=True))
    assert await club.rows(tables.member) == []


async def test_dates_are_read_in_the_members_zone(club: Driven) -> None:
    await club.members.change(someone(), SettingsChange(zone="America/New_York"))
    planned = await club.members.plan_absence(someone(), "24.12.", "2027-01-06")
    assert planned.zone == "America/New_York"
    assert planned.absence.begins == datetime(2026, 12, 24, 5, tzinfo=UTC)
    assert planned.absence.ends == datetime(2027, 1, 7, 5, tzinfo=UTC)


async def test_without_a_zone_dates_are_read_in_utc(club: Driven) -> None:
    planned = await club.members.plan_absence(someone(), "tomorrow", "in 2 weeks")
    assert planned.zone is None
    assert planned.absence.begins == datetime(2026, 11, 24, tzinfo=UTC)
    assert planned.absence.ends == datetime(2026, 12, 8, tzinfo=UTC)
    assert await club.rows(tables.member) == []


async def test_an_absence_from_today_begins_now(club: Driven) -> None:
    planned = await club.members.plan_absence(someone(), "today", "tomorrow")
    assert planned.absence.begins == START


@pytest.mark.parametrize(
    ("begins", "ends", "error"),
    [
        ("banana", "tomorrow", DateUnclear),
        ("tomorrow", "@everyone", DateUnclear),
        ("tomorrow", "9999-12-31", DateUnclear),
        ("x" * 4000, "tomorrow", DateUnclear),
        ("", "tomorrow", AbsenceIncomplete),
        ("tomorrow", "  ", AbsenceIncomplete),
        ("in 3 weeks", "in 2 weeks", AbsenceBackwards),
        ("2020-01-01", "2020-01-02", AbsenceOver),
        ("tomorrow", "2029-01-01", AbsenceTooLong),
        ("2028-06-01", "2028-06-02", AbsenceTooLong),
    ],
)
async def test_an_absence_that_cannot_be_is_refused(
    club: Driven, begins: str, ends: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await club.members.plan_absence(someone(), begins, ends)


async def test_sign_ups_pause_when_the_absence_begins_and_go_on_when_it_ends(club: Driven) -> None:
    alice, bob = someone(), someone(BOB)
    for who in (alice, bob, someone(guild_id=OTHER_GUILD)):
        await club.sign_up(who)
    begins, ends = START + 24 * HOUR, START + 96 * HOUR
    await club.members.go_away(alice, begins, ends)
    await club.until(begins - timedelta(seconds=1))
    assert await club.states(alice) == ["open"]
    await club.until(begins)
    assert await club.states(alice) == ["paused"]
    await club.until(ends - timedelta(seconds=1))
    assert await club.states(alice) == ["paused"]
    await club.until(ends)
    assert await club.states(alice) == ["open"]
    assert (await club.members.settings(alice)).absence is None
    assert await club.states(bob) == await club.states(someone(guild_id=OTHER_GUILD)) == ["open"]


async def test_away_now_pauses_at_once_and_twice_is_once(club: Driven) -> None:
    await club.sign_up(someone())
    for _ in range(2):
        await club.members.go_away(someone(), START, START + 24 * HOUR)
        assert await club.states(someone()) == ["paused"]
    assert await club.away_due() == ["away-ends"]


async def test_there_is_one_absence_and_the_last_one_said_holds(club: Driven) -> None:
    await club.sign_up(someone())
    await club.members.go_away(someone(), START, START + 24 * HOUR)
    later = await club.members.go_away(someone(), START + 48 * HOUR, START + 72 * HOUR)
    assert await club.states(someone()) == ["open"]
    assert (await club.members.settings(someone())).absence == later
    await club.until(START + 30 * HOUR)
    assert await club.states(someone()) == ["open"]
    await club.until(START + 50 * HOUR)
    assert await club.states(someone()) == ["paused"]


async def test_coming_back_early_goes_on_at_once(club: Driven) -> None:
    await club.sign_up(someone())
    await club.members.go_away(someone(), START, START + 24 * HOUR)
    assert await club.members.come_back(someone())
    assert await club.states(someone()) == ["open"]
    assert await club.away_due() == []
    assert not await club.members.come_back(someone())


async def test_an_absence_confirmed_too_late_is_refused(club: Driven) -> None:
    with pytest.raises(AbsenceOver):
        await club.members.go_away(someone(), START - 48 * HOUR, START - HOUR)
    assert await club.rows(tables.member) == []


async def test_a_start_after_the_whole_absence_changes_nothing_for_the_member(
    club: Driven,
) -> None:
    await club.sign_up(someone())
    await club.members.go_away(someone(), START + HOUR, START + 2 * HOUR)
    club.now = START + 5 * HOUR
    await club.meet_due()
    assert await club.states(someone()) == ["open"]
    assert (await club.members.settings(someone())).absence is None


async def test_a_member_who_has_left_pauses_and_goes_on_when_they_act_again(club: Driven) -> None:
    await club.sign_up(someone())
    await club.sign_up(someone(guild_id=OTHER_GUILD))
    for _ in range(2):
        async with club.work.write() as unit:
            await member_steps.departed(unit, GUILD, ALICE)
    assert await club.states(someone()) == ["paused"]
    assert await club.states(someone(guild_id=OTHER_GUILD)) == ["open"]
    async with club.work.write() as unit:
        await unit.arrive(someone())
    assert await club.states(someone()) == ["open"]
    (row,) = await club.rows(tables.member, guild_id=GUILD)
    assert row["departed_at"] is None


async def test_whoever_is_both_gone_and_away_goes_on_when_neither_holds(club: Driven) -> None:
    await club.sign_up(someone())
    await club.members.go_away(someone(), START, START + 24 * HOUR)
    async with club.work.write() as unit:
        await member_steps.departed(unit, GUILD, ALICE)
        await unit.arrive(someone())
    assert await club.states(someone()) == ["paused"]
    async with club.work.write() as unit:
        await member_steps.departed(unit, GUILD, ALICE)
    await club.until(START + 30 * HOUR)
    assert await club.states(someone()) == ["paused"]
    async with club.work.write() as unit:
        await unit.arrive(someone())
    assert await club.states(someone()) == ["open"]


async def test_nothing_is_stored_about_somebody_unknown_who_left(club: Driven) -> None:
    async with club.work.write() as unit:
        await member_steps.departed(unit, GUILD, ALICE)
    assert await club.rows(tables.member) == []
