"""Joining the club: what a newcomer says of themselves, and what they are offered first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.clubs import Club
from bot.domain.members import MOST_INTERESTS, Actor, MemberSettings, SettingsChange, TagUnknown
from bot.domain.newcomers import Offer, offers, topics_to_choose
from bot.domain.zones import ZoneOffer, Zones
from bot.services import clubs_steps
from bot.services.catalogues import Catalogues
from bot.services.suggesting import Suggesting
from bot.services.work import Work
from bot.storage import clubs, clubs_members, members

_CHOICES = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """What a newcomer can choose from, and what they have said before."""

    settings: MemberSettings
    zones: tuple[ZoneOffer, ...]
    topics: tuple[str, ...]
    clubs: tuple[Club, ...]
    joined: frozenset[int]


@dataclass(frozen=True, slots=True)
class Introduced:
    """What a newcomer can be offered, the best first; ``kept`` are clubs that they did not choose
    and belong to all the same, because only they themselves leave one.
    """

    offers: tuple[Offer, ...]
    kept: tuple[Club, ...]


class Newcomers:
    """Everything is the newcomer's own, and private."""

    def __init__(
        self, work: Work, catalogues: Catalogues, suggesting: Suggesting, zones: Zones
    ) -> None:
        self._work = work
        self._catalogues = catalogues
        self._suggesting = suggesting
        self._zones = zones

    async def asked(self, actor: Actor) -> Asked:
        """What the form asks; looking stores nothing."""
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            settings = await members.settings_of(conn, actor.guild_id, actor.user_id)
            live = await clubs.live_clubs(conn, actor.guild_id)
            joined = await clubs_members.clubs_of(conn, actor.guild_id, actor.user_id)
        zones = self._zones.offers("", self._work.now(), _CHOICES)
        topics = topics_to_choose(catalogue, catalogue.vocabulary)
        return Asked(settings, zones, topics, live, joined)

    async def is_new(self, actor: Actor) -> bool:
        """Whether the member has said neither how much time they have nor what they like."""
        async with self._work.read() as conn:
            settings = await members.settings_of(conn, actor.guild_id, actor.user_id)
        return settings.hours_a_week is None and not settings.interests

    async def introduce(
        self, actor: Actor, change: SettingsChange, club_ids: Collection[int]
    ) -> Introduced:
        """Keeps what the newcomer said, joins these clubs, and gives what can be offered.

        Clubs that are not among them are not left.

        Raises ZoneUnknown, ZoneUnclear, TagUnknown, NotFound and ClubEnded.
        """
        if change.zone is not None:
            self._zones.require(change.zone, self._work.now())
        vocabulary = self._catalogues.shipped.vocabulary
        interests = change.interests or frozenset()
        if len(interests) > MOST_INTERESTS or not interests <= {
            *vocabulary.topics, *vocabulary.prerequisites,
        }:  # fmt: skip
            raise TagUnknown
        async with self._work.write() as unit:
            await unit.arrive(actor)
            await members.change_settings(unit.conn, actor.guild_id, actor.user_id, change)
            for club_id in sorted(club_ids):
                club = await clubs_steps.club_of(unit.conn, actor.guild_id, club_id)
                await clubs_steps.join(unit, actor, club)
            joined = await clubs_members.clubs_of(unit.conn, actor.guild_id, actor.user_id)
            live = await clubs.live_clubs(unit.conn, actor.guild_id)
        kept = tuple(club for club in live if club.id in joined and club.id not in club_ids)
        return Introduced(await self.offers(actor), kept)

    async def offers(self, actor: Actor) -> tuple[Offer, ...]:
        """What can be offered to the member, the best first."""
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            candidates, reader = await self._suggesting.situation(conn, catalogue, actor)
        return offers(candidates, reader)
