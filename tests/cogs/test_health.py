"""``/health``: what is wrong with the bot in a server, and what mends it, for organisers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import discord
import pytest
import simcord

import bot as theory_club
from bot.domain.clubs import ClubTrouble
from bot.settings import Settings
from tests.cogs.conftest import Club
from tests.cogs.reminding import DAY, HOUR, jump, pass_until, reminders
from tests.cogs.schedule import club_saved, forbid
from tests.cogs.test_boards import post
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser, said
from tests.cogs.test_split import ids_of, start
from tests.cogs.test_theory import shown, text_of

THURSDAY = datetime(2026, 3, 19, 12, tzinfo=UTC)
FIRST = datetime(2026, 3, 24, 17, tzinfo=UTC)


def words_of(message: discord.Message) -> str:
    """Everything that the panel says."""
    return "\n".join(re.findall(r"'content': ['\"](.*?)['\"][,}]", str(parts_of(message))))


def parts_of(message: discord.Message) -> list[object]:
    return [part.to_dict() for part in message.components]


async def look(club: Club, who: simcord.MemberActor) -> discord.Message:
    result = await who.slash(club.channel, "health")
    assert result.ephemeral
    return message_of(result)


async def press(
    club: Club, who: simcord.MemberActor, panel: discord.Message, action: str
) -> discord.Message:
    """The panel after a press on it."""
    (pressed,) = [each for each in ids_of(panel) if each.split(":")[1] == action]
    return message_of(await who.click(panel, custom_id=pressed))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Long naps: what is due wakes the alarm anyway, and days pass quickly."""
    return settings.model_copy(update={"nap": 86400})


async def test_from_all_is_well_to_trouble_and_back(club: Club) -> None:
    jump(club, THURSDAY)
    olga = organiser(club)
    well = words_of(await look(club, olga))
    assert "All is well" in well
    assert "No club meets here" in well
    assert theory_club.__version__ in well
    await club_saved(club, olga)
    await post(club, olga)
    jump(club, FIRST - DAY - HOUR / 12)
    await pass_until(club, FIRST - DAY + HOUR)
    panel = await look(club, olga)
    assert "All is well" in words_of(panel)
    assert f"Last: <t:{int((FIRST - DAY).timestamp())}" in words_of(panel)
    assert f"Next: <t:{int((FIRST - HOUR).timestamp())}" in words_of(panel)

    forbid(club, send=False)
    jump(club, FIRST - HOUR - HOUR / 12)
    await pass_until(club, FIRST - HOUR + HOUR / 3)
    panel = await press(club, olga, panel, "health")
    assert "2 things" in words_of(panel)
    assert "Readers lacks permissions" in words_of(panel)
    assert "The sign-up board in" in words_of(panel)
    assert words_of(panel).count("Send Messages") == 2
    assert "were refused by their channels" in words_of(panel)
    panel = await press(club, olga, panel, "health-board")
    panel = await press(club, olga, panel, "health-club")
    await club.env.settle()
    assert "2 things" in words_of(await press(club, olga, panel, "health"))
    trail = text_of(shown(await olga.slash(club.channel, "log")))
    assert "**olga** tried a board again" in trail
    assert "**olga** tried the channel of a club again" in trail

    forbid(club, send=True)
    panel = await press(club, olga, panel, "health")
    assert "was refused" in words_of(panel)
    panel = await press(club, olga, panel, "health-club")
    assert "Trying again" in words_of(panel)
    await club.env.settle()
    assert "late" in reminders(club)[-1].content
    assert "All is well" in words_of(await press(club, olga, panel, "health"))


async def test_a_club_whose_channel_is_gone_goes_on_in_another_one(club: Club) -> None:
    jump(club, THURSDAY)
    olga = organiser(club)
    office = club.guild.create_text_channel("office")
    await club_saved(club, olga)
    await post(club, olga)
    await start(club)
    club.env.backend.delete_channel(club.channel.id)
    jump(club, FIRST - DAY - HOUR / 12)
    await pass_until(club, FIRST - DAY + HOUR / 3)
    panel = message_of(await olga.slash(office, "health"))
    assert "The channel of Readers is gone" in words_of(panel)
    panel = await press(club, olga, panel, "health-board")
    assert "I do not see the channel of the split" in words_of(panel)
    panel = await press(club, olga, panel, "health-split")
    await club.env.settle()
    panel = await press(club, olga, panel, "health")
    assert "The channel of a sign-up board is gone" in words_of(panel)
    assert "The channel with the panel of the split is gone" in words_of(panel)
    menu = channel_menu_of(panel, "health-split-channel")
    panel = message_of(await olga.select(panel, [office], custom_id=menu))
    assert f"The panel is on its way to <#{office.id}>." in words_of(panel)
    assert "split is gone" not in words_of(panel)
    await club.env.settle()
    assert "I'm in" in str(parts_of(office.history()[-1]))
    moved = message_of(await olga.select(panel, [office], custom_id=channel_menu_of(panel)))
    assert f"**Readers** is in <#{office.id}> now." in words_of(moved)
    assert "The channel of Readers is gone" not in words_of(moved)
    jump(club, FIRST - HOUR - HOUR / 12)
    await pass_until(club, FIRST)
    told = [m for m in office.history() if "tc1:reminders:" in str(parts_of(m))]
    # What the channel that is gone refused is said in the new one, late; then all is as ever.
    at = [m.created_at.replace(second=0, microsecond=0) for m in told]
    assert at == [FIRST - DAY + HOUR / 3, FIRST - HOUR]


async def test_only_organisers_look_and_mend(club: Club) -> None:
    assert "organiser" in said(await club.alice.slash(club.channel, "health"))
    olga = organiser(club)
    await club_saved(club, olga)
    await post(club, olga)
    for action in ("health", "health-club:1", "health-board:1", "health-events", "health-seen",
                   "health-split:1"):  # fmt: skip
        await post_button(club, f"tc1:{action}")
        pressed = await club.alice.click(club.last, custom_id=f"tc1:{action}")
        assert "organiser" in said(pressed), action


def channel_menu_of(panel: discord.Message, action: str = "health-channel") -> str:
    (found,) = [each for each in ids_of(panel) if each.startswith(f"tc1:{action}:")]
    return found


async def say_health(club: Club) -> None:
    """All is well, each cure of what is not, and another channel."""
    olga = organiser(club)
    await olga.slash(club.channel, "health")
    await club_saved(club, olga, "53")
    await post(club, olga)
    await olga.slash(club.channel, "split start")
    await club.env.advance_time(2)
    forbid(club, send=False)
    panel = await look(club, olga)
    forbid(club, send=True)
    pressed = [each for each in ids_of(panel) if each.startswith("tc1:health")]
    for custom_id in (*pressed, "tc1:health-seen", "tc1:health-events"):
        await post_button(club, custom_id)
        await olga.click(club.last, custom_id=custom_id)
    found = await club.bot.services.clubs.clubs(club.guild.id)
    (made,) = [one for one in found if one.name == "47"]
    gone = ClubTrouble.CHANNEL_GONE
    await club.bot.services.clubs.report_trouble(club.guild.id, made.id, gone)
    panel = await look(club, olga)
    await olga.select(panel, [club.channel], custom_id=channel_menu_of(panel))
    await olga.slash(club.channel, "log")
