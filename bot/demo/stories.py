"""What the eight did before the demo begins: they read for weeks, or they have only just met."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.client import ClubBot
from bot.demo.club import before_clock_change
from bot.demo.example import prepare_example
from bot.demo.world import MEMBERS, ORGANISERS, READING_CLUB, World
from bot.domain.catalogue import Catalogue, Theory
from bot.domain.deadlines import DeadlineKind
from bot.domain.members import Actor
from bot.domain.rounds import Sent
from bot.domain.signups import SEAT_LIMITS
from bot.storage import deadlines, guilds
from bot.storage.engine import open_database

# The one who also wants the longest book of all.
_BOLD = "Tomás"
_LONGEST = "pdlt"


class Story(StrEnum):
    """How the demo begins."""

    LIVED_IN = "lived-in"
    """A group that has read for weeks, with sign-ups and notes."""
    SPLIT = "split"
    """A new group: nobody has read anything, all want the same two theories, and a round of
    splitting collects their wishes.
    """
    CLUB = "club"
    """The group that has read for weeks, a few days before the clocks of its club change."""
    NEW = "new"
    """A server that has only just invited the bot: nothing is set up, nothing was read."""


def begin(story: Story, today: datetime) -> datetime:
    """When the story begins, in a demo that is started ``today`` (both aware, in UTC)."""
    return before_clock_change(today) if story is Story.CLUB else today


async def tell(story: Story, bot: ClubBot, url: str, world: World) -> None:
    """Make the bot's database fit the example server, before the bot sees either.

    A new database gets the story; one kept from an earlier demo stays as it is.
    """
    if story in (Story.LIVED_IN, Story.CLUB):
        await prepare_example(bot, url, world)
        return
    if story is Story.NEW:
        async with open_database(url) as database, database.write() as conn:
            await guilds.record_joined(conn, world.guild.id, world.env.now())
        await bot.services.registration.record(None)
        return
    async with open_database(url) as database, database.write() as conn:
        is_new = world.guild.id not in await guilds.present_guilds(conn)
        if is_new:
            since = world.env.now() - timedelta(days=1)
            await guilds.record_joined(conn, world.guild.id, since)
            await guilds.set_limits(conn, world.guild.id, 2, SEAT_LIMITS[-1])
    await bot.services.registration.record(None)
    if is_new:
        with world.env.time_context():
            round_id = await _collect_wishes(bot, world)
        async with open_database(url) as database, database.write() as conn:
            # The clock ran meanwhile; the panel is to stand before anybody moves it.
            now, kind = world.env.now(), DeadlineKind.SPLIT_PANEL
            await deadlines.set_deadline(conn, world.guild.id, kind, round_id, now)


async def _collect_wishes(bot: ClubBot, world: World) -> int:
    """Everybody has said *I'm in*, and what they would like to read."""
    catalogue = await bot.services.catalogues.of(world.guild.id)
    famous = [theory for theory in catalogue if theory.baseline]
    channel = world.guild.channels[READING_CLUB]
    begun = await bot.services.rounds.start(_actor(world, ORGANISERS[0]), channel.id)
    for name in MEMBERS:
        wanted = [*famous, *_book(catalogue)] if name == _BOLD else famous
        ids = tuple(theory.primary_papers[0].id for theory in wanted)
        sent = Sent(first=ids[:1], also=ids[1:])
        await bot.services.round_answers.join(_actor(world, name), begun.id, sent)
    return begun.id


def _book(catalogue: Catalogue) -> list[Theory]:
    found = catalogue.get(_LONGEST)
    return [] if found is None else [found]


def _actor(world: World, name: str) -> Actor:
    manages = name in ORGANISERS
    return Actor(world.guild.id, world.member(name).id, name, manages=manages)
