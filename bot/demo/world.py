"""The example server: eight members, their channels, and a little of what they said.

Nothing here depends on chance. Everything that the bot may store an id of is made at SimCord's
fixed epoch, so the ids are the same at every start, and a kept database still fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, RoleHandle

from bot.demo.portraits import PORTRAIT, draw_portraits

SERVER_NAME = "Theory Club demo"
BOT_NAME = "Theory Club"
ORGANISER = "Organiser"
ORGANISERS = ("Amara", "Diego")
MEMBERS = (*ORGANISERS, "Fatima", "Ingrid", "Kofi", "Mei", "Priya", "Tomás")
READING_CLUB = "reading-club"
READING_ROOM = "Reading room"
FIRST_MEMBER = "Priya"
THREAD = "Spline theory: questions"

# place, member, hours before the start, words
_SAID = (
    ("general", "Amara", 50.0, "Welcome, Tomás! Reading happens in #reading-club, any pace."),
    ("general", "Tomás", 49.5, "Thanks! I come from signal processing, so go easy on me."),
    (READING_CLUB, "Diego", 26.0, "Which theory is still short of readers? Try `/theories`."),
    (READING_CLUB, "Priya", 25.8, "I can take one more paper this week."),
    (THREAD, "Kofi", 24.0, "Why are the pieces of a ReLU network polytopes at all?"),
    (THREAD, "Mei", 23.5, "Each unit folds the space along a hyperplane; they are the cells."),
    (READING_CLUB, "Ingrid", 3.0, "Superposition finally makes sense to me. On to spline theory."),
    ("organisers", "Amara", 2.0, "Some theories here have no reader yet. Shall we ask around?"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """The example server in one simulated Discord, and who is in it."""

    env: Env
    guild: GuildHandle
    members: tuple[MemberActor, ...]
    pictures: Mapping[str, tuple[str, bytes]]

    def member(self, name: str) -> MemberActor:
        """One of the eight, by first name."""
        return next(m for m in self.members if m.user.global_name == name)

    def is_organiser(self, member: MemberActor) -> bool:
        """Whether this member has the organisers' role."""
        return member.user.global_name in ORGANISERS


def build_world(env: Env, today: datetime) -> World:
    """Furnish a simulated Discord that has not started, and set its clock to ``today``."""
    env.backend.edit_bot_profile(BOT_NAME)
    env.backend.bot_user.avatar = PORTRAIT
    users = {
        name: env.create_user(name.lower(), global_name=name, avatar=PORTRAIT) for name in MEMBERS
    }
    guild = env.create_guild(SERVER_NAME, owner=users[ORGANISERS[0]])
    organiser = guild.create_role(
        ORGANISER,
        permissions=discord.Permissions(manage_guild=True, manage_messages=True),
        color=0x5865F2,
        hoist=True,
    )
    members = tuple(
        guild.add_member(user, roles=[organiser] if name in ORGANISERS else [])
        for name, user in users.items()
    )
    names = {user.id: name for name, user in users.items()}
    world = World(env, guild, members, draw_portraits(names, env.backend.bot_user.id))
    places = _make_channels(world, organiser)
    for member in members:
        _ = member.user.dm_channel  # made now, so that its id is the same at every start
    _let_them_talk(world, places, today)
    return world


def _make_channels(world: World, organiser: RoleHandle) -> dict[str, ChannelHandle]:
    guild = world.guild
    hidden = discord.PermissionOverwrite(view_channel=False)
    shown = discord.PermissionOverwrite(view_channel=True)
    club = guild.create_text_channel(READING_CLUB, topic="One theory at a time, together.")
    world.env.backend.create_thread(club.id, THREAD, world.member("Kofi").id, broadcast=False)
    places = {
        READING_CLUB: club,
        THREAD: club.threads[0],
        "general": guild.create_text_channel("general", topic="Everything else."),
        "organisers": guild.create_text_channel(
            "organisers",
            topic="For organisers only.",
            overwrites={guild.default_role: hidden, organiser: shown},
        ),
    }
    guild.create_voice_channel(READING_ROOM)
    return places


def _let_them_talk(world: World, places: dict[str, ChannelHandle], today: datetime) -> None:
    clock = world.env.backend.clock
    for place, name, hours_ago, words in sorted(_SAID, key=lambda said: -said[2]):
        at = today - timedelta(hours=hours_ago)
        clock.advance((at - clock.now()).total_seconds())
        world.env.backend.create_message(places[place].id, world.member(name).id, words)
    clock.advance((today - clock.now()).total_seconds())
