"""What a server decides at its set-up: where things go, who organises, when clubs meet."""

from __future__ import annotations

from bot.domain.guild import GuildRules, RoleOfEverybody, Setup
from bot.domain.members import Actor
from bot.domain.presets import Preset
from bot.domain.zones import ZoneOffer, Zones
from bot.services.work import Unit, Work
from bot.storage import boards, clubs, guilds

_CHOICES = 25


class GuildSettings:
    """Every change raises OrganisersOnly for anybody but organisers, and is recorded.

    Limits and target readers are set by ``Organising``.
    """

    def __init__(self, work: Work, zones: Zones) -> None:
        self._work = work
        self._zones = zones

    async def rules(self, guild_id: int) -> GuildRules:
        """What holds in the server, for what a member leaves unsaid."""
        async with self._work.read() as conn:
            return await guilds.guild_rules(conn, guild_id)

    async def setup(self, actor: Actor) -> Setup:
        """What is decided, and how much there is already. Raises OrganisersOnly."""
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            rules.require_organiser(actor)
            return Setup(
                rules,
                await clubs.count_live_clubs(conn, actor.guild_id),
                len(await boards.edit_times(conn, actor.guild_id)),
            )

    async def set_home(self, actor: Actor, channel_id: int | None) -> None:
        """Where clubs, boards and splits go when nobody says where; None: where one asks."""
        async with self._work.write() as unit:
            await _begin(unit, actor)
            await guilds.set_home_channel(unit.conn, actor.guild_id, channel_id, unit.now)
            await unit.audit(actor, "home-channel-set", "server")

    async def set_organiser_role(self, actor: Actor, role_id: int | None) -> None:
        """Whose role makes an organiser; None: Manage Server alone. Raises RoleOfEverybody."""
        if role_id == actor.guild_id:  # Discord gives that role the server's own id
            raise RoleOfEverybody
        async with self._work.write() as unit:
            await _begin(unit, actor)
            await guilds.set_organiser_role(unit.conn, actor.guild_id, role_id, unit.now)
            await unit.audit(actor, "organiser-role-set", "server")

    async def set_zone(self, actor: Actor, zone: str) -> None:
        """In which zone clubs meet when nobody says one. Raises ZoneUnknown, ZoneUnclear."""
        self._zones.require(zone, self._work.now())
        async with self._work.write() as unit:
            await _begin(unit, actor)
            await guilds.set_zone(unit.conn, actor.guild_id, zone, unit.now)
            await unit.audit(actor, "zone-set", "server")

    async def set_preset(self, actor: Actor, preset: Preset | None) -> None:
        """The kind of club that new clubs are, unless they say otherwise."""
        async with self._work.write() as unit:
            await _begin(unit, actor)
            await guilds.set_preset(unit.conn, actor.guild_id, preset, unit.now)
            await unit.audit(actor, "preset-set", "server")

    async def record(self, actor: Actor, action: str) -> None:
        """Something was posted for the server. Raises OrganisersOnly before it is recorded."""
        async with self._work.write() as unit:
            await _begin(unit, actor)
            await unit.audit(actor, action, "server")

    def zone_offers(self) -> tuple[ZoneOffer, ...]:
        """The zones that most servers are in, at most 25, west to east."""
        return self._zones.offers("", self._work.now(), _CHOICES)


async def _begin(unit: Unit, actor: Actor) -> None:
    (await guilds.guild_rules(unit.conn, actor.guild_id)).require_organiser(actor)
    await unit.arrive(actor)
