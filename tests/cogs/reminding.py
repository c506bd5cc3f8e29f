"""What the tests of reminders share: the passing of days, and everything a reminder can say."""

from __future__ import annotations

from datetime import datetime, timedelta

import discord

from tests.cogs.conftest import Club
from tests.cogs.schedule import club_saved, forbid, press_first
from tests.cogs.test_boards import shown
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser
from tests.cogs.test_split import ids_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def jump(club: Club, to: datetime) -> None:
    """The time is another one, without all that would have happened until then."""
    clock = club.env.backend.clock
    clock.advance((to - clock.now()).total_seconds())


async def pass_until(club: Club, to: datetime) -> None:
    """The time passes, with all that happens."""
    # The simulation has five seconds of real time for each stretch.
    while (left := to - club.env.now()) > timedelta():
        await club.env.advance_time(min(left, 6 * HOUR).total_seconds())


def reminders(club: Club) -> list[discord.Message]:
    """Reminders of sessions, oldest first."""
    return [message for message in _posted(club) if not is_digest(message)]


def digests(club: Club) -> list[discord.Message]:
    """Oldest first."""
    return [message for message in _posted(club) if is_digest(message)]


def is_digest(message: discord.Message) -> bool:
    """A digest alone has a heading."""
    return message.content.startswith("##")


def _posted(club: Club) -> list[discord.Message]:
    every = [m for m in club.channel.history() if "tc1:reminders:" in shown(m)]
    return sorted(every, key=lambda message: message.id)


async def say_reminders(club: Club) -> None:
    """A reminder of each kind, in time and late, its button, and that the channel is closed."""
    olga = organiser(club)
    await club_saved(club, olga, "46")
    found = await club.bot.services.clubs.clubs(club.guild.id)
    made = next(one for one in found if one.name == "46")
    session = made.next_session(club.env.now())
    assert session is not None
    await olga.slash(club.channel, "schedule show", club="46")
    test = f"tc1:schedule-test:{made.id}"
    await post_button(club, test)
    await olga.click(club.last, custom_id=test)
    paused = await olga.slash(club.channel, "schedule pause", club="46")
    await olga.slash(club.channel, "schedule show", club="46")
    await post_button(club, test)
    await olga.click(club.last, custom_id=test)
    await press_first(olga, paused, "schedule-resume")
    await pass_until(club, session.starts - DAY)
    assert len(_posted(club)) > len(reminders(club)), "and the digest"
    told = reminders(club)[-1]
    (pressed,) = ids_of(told)
    await olga.click(told, custom_id=pressed)
    forbid(club, send=False)
    await pass_until(club, session.starts - HOUR)
    forbid(club, send=True)
    await olga.slash(club.channel, "help")
    done = await olga.slash(club.channel, "schedule end", club="46")
    await press_first(olga, done, "schedule-end")
    await olga.click(told, custom_id=pressed)
    await post_button(club, "tc1:reminders:1")
    await olga.click(club.last, custom_id="tc1:reminders:1")
