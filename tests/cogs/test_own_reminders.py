"""One's own reminders as a member has them: chosen, held, merged, muted, and told of elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.settings import Settings
from tests.cogs.conftest import Club
from tests.cogs.reminding import DAY, HOUR, jump, pass_until
from tests.cogs.schedule import club_saved, press, pressing
from tests.cogs.test_coverage import message_of
from tests.cogs.test_signups import organiser

THURSDAY = datetime(2026, 3, 19, 12, tzinfo=UTC)
FIRST = datetime(2026, 3, 24, 17, tzinfo=UTC)  # 18:00 in Berlin
SECOND = datetime(2026, 3, 31, 16, tzinfo=UTC)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Long naps: what is due wakes the alarm anyway, and days pass quickly."""
    return settings.model_copy(update={"nap": 86400})


def direct(club: Club) -> list[discord.Message]:
    """What Alice was written to directly by itself, oldest first."""
    every = [m for m in club.alice.user.dm_channel.history() if "tc1:reminders-mute" in ids(m)]
    return sorted(every, key=lambda message: message.id)


def ids(message: discord.Message) -> str:
    return str([part.to_dict() for part in message.components])


async def panel(club: Club) -> discord.Message:
    shown = await club.alice.slash(club.channel, "me settings")
    return message_of(await press(club.alice, shown, "Reminders and DMs"))


def fields(message: discord.Message) -> dict[str, str]:
    return {str(field.name): str(field.value) for field in message.embeds[0].fields}


async def by_dm(club: Club, *names: str) -> None:
    """Clubs that Alice belongs to, of which she is told directly."""
    jump(club, THURSDAY)
    olga = organiser(club)
    for name in names:
        await club_saved(club, olga, name)
        await club.alice.slash(club.channel, "club join", club=name)
    shown = await panel(club)
    await club.alice.select(shown, ["dm"], custom_id=f"tc1:remind-where:{club.guild.id}")


async def test_what_comes_in_quiet_hours_is_held_and_merged_and_muted_from_the_message(
    club: Club,
) -> None:
    await by_dm(club, "Readers", "Writers")
    shown = await panel(club)
    assert fields(shown)["Sessions"] == "by direct message, a day and an hour before"
    form = await club.alice.click(shown, label="Quiet hours")
    quiet = {"from": "17:30", "until": "8 pm", "zone": "Europe/Berlin", "budget": "3"}
    done = message_of(await club.alice.submit_modal(form, quiet))
    assert fields(done)["Quiet hours"].startswith("17:30 to 20:00 in `Europe/Berlin`")
    assert fields(done)["Prompts a week"].startswith("at most 3")

    await pass_until(club, FIRST - DAY + HOUR)
    assert direct(club) == []
    await pass_until(club, FIRST - DAY + 2 * HOUR + timedelta(minutes=5))
    (held,) = direct(club)
    assert held.content.startswith("**Reading group**\n1 · **Readers** meets")
    assert "2 · **Writers** meets" in held.content
    assert "late" not in held.content

    alice = club.alice.user
    which = await alice.click(held, label="Mute this")
    muted = await alice.click(message_of(which), label="Mute Readers")
    assert "**Readers** is muted" in message_of(muted).content
    await pass_until(club, FIRST)
    last = direct(club)[-1]
    assert "**Writers** begins" in last.content
    assert "Readers**" not in last.content.removeprefix("**Reading group**")

    again = message_of(await alice.click(last, label="Settings"))
    assert fields(again)["Muted"] == "Readers"
    turned = message_of(await alice.click(again, label="No direct messages"))
    assert fields(turned)["Direct messages"].startswith("off")
    await pass_until(club, SECOND + HOUR)
    assert direct(club)[-1].id == last.id


async def test_whose_messages_are_closed_is_told_once_at_the_next_occasion(club: Club) -> None:
    await by_dm(club, "Readers")
    backend = club.env.backend
    backend.users[club.alice.id].bot = True  # to nobody's bot can be written
    await pass_until(club, FIRST - DAY + HOUR)
    backend.users[club.alice.id].bot = False
    assert direct(club) == []
    occasion = await club.alice.slash(club.channel, "help")
    (told,) = occasion.followups
    assert "your direct messages are closed to me" in told.content
    assert not (await club.alice.slash(club.channel, "help")).followups
    shown = message_of(await club.alice.click(told.message, label="My reminders"))
    assert "closed to me" in fields(shown)["Direct messages"]
    await club.alice.click(shown, label="Try again")
    await club.env.advance_time(2)
    (sent,) = direct(club)
    assert "**Readers** meets" in sent.content
    muted = message_of(await club.alice.user.click(sent, label="Mute this"))
    assert pressing(muted, "Unmute").endswith(str(club.guild.id))
    await club.alice.user.click(muted, label="Unmute")
    await pass_until(club, FIRST)
    assert "**Readers** begins" in direct(club)[-1].content
