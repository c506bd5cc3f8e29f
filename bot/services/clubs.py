"""Clubs as members have them: found, joined and left."""

from __future__ import annotations

from bot.domain.club_names import folded_name
from bot.domain.clubs import Club, ClubTrouble, ClubUnclear, NoClubYet
from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.services import clubs_steps
from bot.services.card_steps import cards_changed
from bot.services.reminder_steps import channel_works
from bot.services.work import Unit, Work
from bot.storage import clubs, clubs_members


class Clubs:
    """Which clubs there are, who belongs to them and who would present."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def clubs(self, guild_id: int) -> tuple[Club, ...]:
        """The clubs of the server that have not ended, by name."""
        async with self._work.read() as conn:
            return await clubs.live_clubs(conn, guild_id)

    async def club(self, guild_id: int, club_id: int) -> Club:
        """One club, ended or not. Raises NotFound."""
        async with self._work.read() as conn:
            return await clubs_steps.club_of(conn, guild_id, club_id)

    async def find(self, guild_id: int, named: str | None) -> Club:
        """The club that is meant: by its id in digits or by its name; None: the only one.

        Raises NotFound, NoClubYet where there is none at all, and ClubUnclear without a name where
        there are several.
        """
        live = await self.clubs(guild_id)
        if not live:
            raise NoClubYet
        if named is None:
            if len(live) > 1:
                raise ClubUnclear(tuple(club.name for club in live))
            meant = live
        else:
            wanted = folded_name(" ".join(named.split()))
            meant = tuple(c for c in live if folded_name(c.name) == wanted or str(c.id) == wanted)
        # A club that is called like another one's id is meant by its name.
        for club in sorted(meant, key=lambda club: str(club.id) == named):
            return club
        raise NotFound

    async def report_trouble(
        self, guild_id: int, club_id: int, trouble: ClubTrouble | None
    ) -> bool:
        """What keeps the club from its channel, or that nothing does any more; whether it is news,
        so that an organiser is told once.
        """
        async with self._work.write() as unit:
            is_news = await clubs.set_trouble(unit.conn, guild_id, club_id, trouble, unit.now)
            if is_news and trouble is None:
                await channel_works(unit, await clubs_steps.club_of(unit.conn, guild_id, club_id))
            return is_news

    async def standing_members(self, guild_id: int, club_id: int) -> tuple[int, ...]:
        """Who belongs to the club and is still in the server, by user id, as they joined."""
        async with self._work.read() as conn:
            return tuple(await clubs_members.standing_members(conn, guild_id, club_id))

    async def joined(self, actor: Actor) -> frozenset[int]:
        """The ids of the clubs the member belongs to."""
        async with self._work.read() as conn:
            return await clubs_members.clubs_of(conn, actor.guild_id, actor.user_id)

    async def join(self, actor: Actor, club_id: int) -> bool:
        """The member is counted on at every session from now on; whether that was news.

        Raises NotFound, ClubEnded.
        """
        async with self._work.write() as unit:
            return await clubs_steps.join(unit, actor, await self._live(unit, actor, club_id))

    async def leave(self, actor: Actor, club_id: int) -> bool:
        """The member is not counted on any more; whether they were. Answers given stay.

        Raises NotFound.
        """
        async with self._work.write() as unit:
            await clubs_steps.club_of(unit.conn, actor.guild_id, club_id)
            await cards_changed(unit, actor.guild_id)
            return await clubs_members.leave(unit.conn, actor.guild_id, club_id, actor.user_id)

    async def volunteer(self, actor: Actor, club_id: int) -> bool:
        """The member would present in the club; whether that was news.

        Raises NotFound, ClubEnded.
        """
        async with self._work.write() as unit:
            await self._live(unit, actor, club_id)
            return await clubs_members.volunteer(
                unit.conn, actor.guild_id, club_id, actor.user_id, unit.now
            )

    async def stop_volunteering(self, actor: Actor, club_id: int) -> bool:
        """The member would rather not present any more; whether they would have.

        Raises NotFound.
        """
        async with self._work.write() as unit:
            await clubs_steps.club_of(unit.conn, actor.guild_id, club_id)
            return await clubs_members.stop_volunteering(
                unit.conn, actor.guild_id, club_id, actor.user_id
            )

    async def _live(self, unit: Unit, actor: Actor, club_id: int) -> Club:
        found = await clubs_steps.club_of(unit.conn, actor.guild_id, club_id)
        found.require_live()
        await unit.arrive(actor)
        return found
