"""``/me`` and *Reading profile*, by members who press real buttons."""

from __future__ import annotations

import json
import re
from typing import Any

import discord
import pytest
import simcord
import sqlalchemy as sa

from bot.app import open_bot
from bot.demo.simcord_internals import start_patiently
from bot.settings import Settings
from bot.storage import tables
from tests.cogs.conftest import PATIENCE, Club
from tests.cogs.test_presses import post_button
from tests.cogs.test_theory import read

HOSTILE = "@everyone <@1> [x](https://evil.example) \u202e`" + "y" * 4000


def text_of(result: simcord.InteractionResult) -> str:
    assert result.response is not None, result
    assert result.ephemeral
    return result.response.content


def panel(result: simcord.InteractionResult) -> discord.Message:
    assert result.response is not None
    assert result.response.message.flags.ephemeral
    return result.response.message


def fields(message: discord.Message) -> dict[str, str]:
    return {str(f.name): str(f.value) for f in message.embeds[0].fields}


async def rows(club: Club, table: sa.Table) -> list[dict[str, Any]]:
    async with club.bot.services.lookup._database.read() as conn:
        return [dict(row) for row in (await conn.execute(sa.select(table))).mappings()]


async def test_settings_are_shown_privately_and_looking_stores_nothing(club: Club) -> None:
    message = panel(await club.alice.slash(club.channel, "me settings"))
    assert fields(message)["Who sees my reading"].startswith("only I")
    assert not club.channel.history(viewer=club.bob)
    assert await rows(club, tables.member) == []


async def test_every_option_is_set_and_shown(club: Club) -> None:
    result = await club.alice.slash(
        club.channel, "me settings", zone="Europe/Berlin", hours=6, visibility="server", notes="shared",
        explains=True, name_board=True, dm=True, tags="Linear algebra, topology",
    )  # fmt: skip
    shown = fields(panel(result))
    assert "Europe/Berlin" in shown["Time zone"]
    assert "UTC+" in shown["Time zone"]
    assert shown["Hours a week for reading"] == "6 hours"
    assert shown["Who sees my reading"].startswith("members")
    assert shown["New notes"].startswith("share")
    assert shown["What I know"] == "Linear algebra, Topology"
    assert shown["Direct messages"].startswith("yes")
    (row,) = await rows(club, tables.member)
    assert (row["zone"], row["dm"].value, row["explains"], row["on_name_board"]) == (
        "Europe/Berlin", "yes", True, True,
    )  # fmt: skip


async def test_buttons_and_menus_change_the_panel_in_place(club: Club) -> None:
    message = panel(await club.alice.slash(club.channel, "me settings"))
    await club.alice.click(message, label="Offer me as an explainer")
    await club.alice.click(message, label="Put me on the name board")
    await club.alice.select(message, ["server"], custom_id="tc1:me-set:visibility")
    await club.alice.select(message, ["private"], custom_id="tc1:me-set:notes")
    last = await club.alice.select(message, ["topology", "calculus"], custom_id="tc1:me-tags:0")
    shown = fields(panel(last))
    assert shown["What I know"] == "Calculus, Topology"
    assert shown["New notes"] == "keep them private"
    assert shown["Explaining"].startswith("my name stands")
    assert len(club.channel.history(viewer=club.alice)) == 1
    cleared = await club.alice.select(message, [], custom_id="tc1:me-tags:0")
    assert fields(panel(cleared))["What I know"] == "nothing chosen yet"


async def test_the_form_sets_zone_and_hours_and_keeps_what_is_left_empty(club: Club) -> None:
    message = panel(await club.alice.slash(club.channel, "me settings", hours=4))
    shown = await club.alice.click(message, label="Zone and hours")
    done = await club.alice.submit_modal(shown, {"zone": "Asia/Tokyo", "hours": ""})
    assert "Asia/Tokyo" in fields(panel(done))["Time zone"]
    assert fields(panel(done))["Hours a week for reading"] == "4 hours"
    again = await club.alice.click(message, label="Zone and hours")
    for wrong in ("-1", "81", "ab", "1e", "²"):
        result = await club.alice.submit_modal(again, {"zone": "", "hours": wrong})
        assert "whole number from 0 to 80" in text_of(result)
        again = await club.alice.click(message, label="Zone and hours")


@pytest.mark.parametrize(
    "zone", ["europe/berlin", "../../etc/passwd", "posixrules", "x" * 5000, "a\0b", HOSTILE]
)
async def test_a_zone_that_is_none_gets_one_polite_refusal(club: Club, zone: str) -> None:
    text = text_of(await club.alice.slash(club.channel, "me settings", zone=zone))
    assert "time zone" in text
    assert "evil" not in text
    assert await rows(club, tables.member) == []


@pytest.mark.parametrize(
    "typed", ["", "berl", "new york", "x" * 5000, "@everyone", "\u202e", "\0", "a", "🦊"]
)
async def test_zones_are_completed_within_discords_limits(club: Club, typed: str) -> None:
    found = await club.alice.autocomplete(club.channel, "me settings", "zone", typed)
    assert len(found) <= 25
    assert all(1 <= len(c["name"]) <= 100 for c in found)
    if typed == "berl":
        assert re.fullmatch(r"Europe/Berlin \(UTC\+[12]\)", found[0]["name"])
        assert found[0]["value"] == "Europe/Berlin"


async def test_tags_are_completed_one_after_the_other(club: Club) -> None:
    found = await club.alice.autocomplete(club.channel, "me settings", "tags", "Topology, lin")
    assert [choice["value"] for choice in found] == ["Topology, Linear algebra"]
    result = await club.alice.slash(club.channel, "me settings", tags="topology, astrology")
    assert "do not know one of these" in text_of(result)
    assert await rows(club, tables.member) == []


async def test_an_absence_is_echoed_confirmed_and_cancelled(club: Club) -> None:
    asked = await club.alice.slash(
        club.channel, "me away", **{"from": "tomorrow", "to": "in 2 weeks"}
    )
    assert text_of(asked).count("<t:") == 2
    assert "UTC" in text_of(asked)
    assert await rows(club, tables.member) == []
    said = await club.alice.click(panel(asked), label="Yes, I am away then")
    assert "You are away from <t:" in text_of(said)
    (row,) = await rows(club, tables.member)
    assert row["away_from"] is not None
    for answer in ("not away any more", "You are not away."):
        assert answer in text_of(await club.alice.click(panel(said), label="Cancel it"))
    (row,) = await rows(club, tables.member)
    assert row["away_from"] is None
    assert await rows(club, tables.deadline) == []


async def test_a_sign_up_waits_from_the_first_day_of_an_absence_to_the_last(club: Club) -> None:
    await club.alice.slash(club.channel, "signup", paper="spline-icml2018")
    dates = {"from": "in 2 hours", "to": "in 5 hours"}
    asked = await club.alice.slash(club.channel, "me away", **dates)
    await club.alice.click(panel(asked), label="Yes, I am away then")
    states = []
    for hours in (1, 2, 3):
        await club.env.advance_time(3600 * hours)
        states += [row["state"].value for row in await rows(club, tables.signup)]
    assert states == ["open", "paused", "open"]


async def test_me_away_without_dates_shows_what_is_set(club: Club) -> None:
    assert "You are not away." in text_of(await club.alice.slash(club.channel, "me away"))
    asked = await club.alice.slash(club.channel, "me away", **{"from": "today", "to": "friday"})
    await club.alice.click(panel(asked), label="Yes, I am away then")
    assert "You are away" in text_of(await club.alice.slash(club.channel, "me away"))
    assert "Away" in fields(panel(await club.alice.slash(club.channel, "me settings")))


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        (HOSTILE, "tomorrow", "cannot read a date in `from`"),
        ("tomorrow", "banana", "cannot read a date in `to`"),
        ("in 3 weeks", "tomorrow", "end before it begins"),
    ],
)
async def test_an_absence_that_cannot_be_is_refused_in_words(
    club: Club, begins: str, ends: str, said: str
) -> None:
    result = await club.alice.slash(club.channel, "me away", **{"from": begins, "to": ends})
    assert said in text_of(result)
    assert "evil" not in text_of(result)


async def test_one_date_alone_is_asked_for_the_other(club: Club) -> None:
    assert "Say both" in text_of(await club.alice.slash(club.channel, "me away", to="friday"))


async def test_the_data_of_a_member_comes_as_two_files_for_them_alone(club: Club) -> None:
    await read(club, club.guild.id, club.alice.id, "spline-icml2018", "read")
    await club.alice.slash(club.channel, "me settings", zone="Europe/Berlin")
    shown = await club.alice.slash(club.channel, "me privacy")
    assert "Papers and how far you are: 1" in fields(panel(shown))["Kept now"]
    result = await club.alice.click(panel(shown), label="Give me my data")
    message = panel(result)
    contents = {a.filename: await a.read() for a in message.attachments}
    assert set(contents) == {"theory-club.json", "theory-club.md"}
    assert json.loads(contents["theory-club.json"])["settings"][0]["zone"] == "Europe/Berlin"
    assert b"spline-icml2018" in contents["theory-club.md"]
    assert not club.channel.history(viewer=club.bob)


async def test_nothing_kept_is_said_and_not_stored(club: Club) -> None:
    assert (
        fields(panel(await club.bob.slash(club.channel, "me privacy")))["Kept now"]
        == "Nothing at all."
    )
    assert await rows(club, tables.member) == []


async def ask_to_be_erased(
    club: Club, choice: str, word: str = "ERASE"
) -> simcord.InteractionResult:
    shown = panel(await club.alice.slash(club.channel, "me privacy"))
    chosen = await club.alice.click(shown, label="Erase me")
    assert "safety copy" in str(panel(chosen).embeds[0].to_dict())
    modal = await club.alice.click(panel(chosen), label=choice)
    return await club.alice.submit_modal(modal, {"word": word})


async def test_an_erasure_is_confirmed_by_a_word_and_undone_by_a_button(club: Club) -> None:
    await club.alice.slash(club.channel, "me settings", hours=4)
    assert "Nothing was erased" in text_of(await ask_to_be_erased(club, "Delete my notes", "no"))
    assert await rows(club, tables.erasure) == []
    asked = await ask_to_be_erased(club, "Keep my shared notes without my name")
    assert "notes stay" in text_of(asked)
    assert text_of(asked).count("<t:") == 3
    shown = fields(panel(await club.alice.slash(club.channel, "me privacy")))
    assert "You asked to be erased" in shown
    assert "stays as it is" in text_of(await club.alice.click(panel(asked), label="Undo"))
    assert "nothing to undo" in text_of(await club.alice.click(panel(asked), label="Undo"))
    await club.env.advance_time(3600)
    assert len(await rows(club, tables.member)) == 1


async def test_after_ten_minutes_the_member_is_gone_and_undo_stores_nothing(club: Club) -> None:
    await club.alice.slash(club.channel, "me settings", hours=4)
    await club.bob.slash(club.channel, "me settings", hours=4)
    asked = await ask_to_be_erased(club, "Delete my notes")
    assert "deleted too" in text_of(asked)
    await club.env.advance_time(660)
    assert [row["user_id"] for row in await rows(club, tables.member)] == [club.bob.id]
    assert "nothing to undo" in text_of(await club.alice.click(panel(asked), label="Undo"))
    assert len(await rows(club, tables.member)) == 1


@pytest.mark.parametrize(
    "forged",
    [
        "tc1:me-set:explains:maybe", "tc1:me-set:role:admin", "tc1:me-set", "tc1:me-set:visibility:everyone",
        "tc1:me-away:1:x", "tc1:me-away:1", "tc1:me-away:999999999999999999:999999999999999999",
        "tc1:me-erase-notes:everybody", "tc1:me-erase-notes", "tc1:me-tags:9", "tc1:me-tags:-1",
    ],
)  # fmt: skip
async def test_a_forged_press_is_answered_and_changes_nothing(club: Club, forged: str) -> None:
    await post_button(club, forged)
    result = await club.bob.click(club.last, custom_id=forged)
    assert "from an older message" in text_of(result)
    assert await rows(club, tables.member) == []


async def test_a_press_is_only_ever_about_whoever_presses(club: Club) -> None:
    """A member who gets hold of another's button acts for themselves."""
    await club.alice.slash(club.channel, "me settings", hours=4)
    await ask_to_be_erased(club, "Delete my notes")
    for forged in ("tc1:me-erase-undo", "tc1:me-set:explains:yes", "tc1:me-back", "tc1:me-export"):
        await post_button(club, forged)
        await club.bob.click(club.last, custom_id=forged)
    assert len(await rows(club, tables.erasure)) == 1
    by_id = {row["user_id"]: row for row in await rows(club, tables.member)}
    assert not by_id[club.alice.id]["explains"]
    assert by_id[club.bob.id]["explains"]


async def test_another_server_has_its_own_settings(club: Club) -> None:
    other = club.env.create_guild("Elsewhere")
    channel = other.create_text_channel("club")
    alice = other.add_member(club.env.create_user("alice2"))
    await club.alice.slash(club.channel, "me settings", hours=4)
    shown = fields(panel(await alice.slash(channel, "me settings")))
    assert shown["Hours a week for reading"] == "not said"


async def test_buttons_and_forms_work_after_a_restart(settings: Settings) -> None:
    async with open_bot(settings) as first:
        env = simcord.Env(first, settle_timeout=PATIENCE)
        await start_patiently(env, PATIENCE)
        club = Club(env, first)
        message = panel(await club.alice.slash(club.channel, "me settings"))
        shown = await club.alice.click(message, label="Zone and hours")
        async with open_bot(settings) as second:
            await env.restart_bot(second)
            club.bot = second
            done = await club.alice.submit_modal(shown, {"zone": "Asia/Tokyo", "hours": "7"})
            assert "7 hours" in fields(panel(done)).values()
            again = await club.alice.click(message, label="Offer me as an explainer")
            assert fields(panel(again))["Explaining"].startswith("my name stands")
            await env.shutdown()


async def test_a_reading_profile_shows_what_its_member_opens_up(club: Club) -> None:
    await read(club, club.guild.id, club.bob.id, "spline-icml2018", "read")
    private = await club.alice.context_menu(club.channel, "Reading profile", club.bob)
    assert "keep their reading" in str(panel(private).embeds[0].description)
    await club.bob.slash(club.channel, "me settings", visibility="server")
    shown = await club.alice.context_menu(club.channel, "Reading profile", club.bob)
    assert "Spline" in str(panel(shown).embeds[0].description)
    unknown = await club.bob.context_menu(club.channel, "Reading profile", club.alice)
    assert panel(unknown).embeds[0].description == panel(private).embeds[0].description


async def test_a_name_with_markup_is_shown_as_it_is(club: Club) -> None:
    mallory = club.guild.add_member(club.env.create_user("**@everyone**"))
    shown = await club.alice.context_menu(club.channel, "Reading profile", mallory)
    title = str(panel(shown).embeds[0].title)
    assert "@everyone" not in title
    assert "**" not in title.replace("\\*", "")


async def test_a_second_absence_says_that_it_replaces_the_first(club: Club) -> None:
    for dates, replaces in (("in 2 weeks", False), ("in 3 weeks", True)):
        asked = await club.alice.slash(club.channel, "me away", **{"from": "tomorrow", "to": dates})
        assert ("takes the place of the absence" in text_of(asked)) is replaces
        await club.alice.click(panel(asked), label="Yes, I am away then")
