"""Reminders: what clubs' channels and members are told, and what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_digests import may_be_told
from bot.domain.club_reminders import (
    ComingReminders,
    NothingToRemind,
    SessionOff,
    SessionReminder,
    said_going,
    starts_of,
    trouble_of,
)
from bot.domain.clubs import Club, ClubTrouble
from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.domain.personal_reminders import NO_CLUB
from bot.domain.reminders import (
    Meaning,
    Outgoing,
    Planned,
    Preferences,
    ReminderKind,
    Said,
    Told,
    mentioned,
)
from bot.domain.schedule import Occurrence
from bot.domain.schedule.errors import SessionUnknown
from bot.services import clubs_steps, personal_reminders, reminder_steps
from bot.services.catalogues import Catalogues
from bot.services.club_digests import digest_of
from bot.services.work import Unit, Work
from bot.storage import clubs, deliveries, deliveries_plan, guilds, members, reminder_choices

_SHOWN = 6
# A club that meets once a month has its next session within this.
_FORESEEN = timedelta(weeks=5)
_REHEARSED = "test"


class ClubReminders:
    """A ReminderSource over clubs and their sessions, and what members may ask of it."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def meets(self, conn: AsyncConnection) -> bool:
        """Whether any club meets anywhere: without one there is nothing to plan, ever."""
        return bool(await clubs.meeting_guilds(conn))

    async def planned(
        self, conn: AsyncConnection, now: datetime, until: datetime
    ) -> Sequence[Planned]:
        """The reminders of all clubs; one club that cannot be planned holds up no other."""
        found: list[Planned] = []
        for guild_id in await clubs.meeting_guilds(conn):
            for club in await clubs.live_clubs(conn, guild_id):
                found += await reminder_steps.planned_for(conn, club, now)
        return [one for one in found if one.due <= until]

    async def says(
        self, conn: AsyncConnection, planned: Planned, now: datetime, *, is_out: bool
    ) -> Said | None:
        """What holds of the session, or of the week, now. A session that is off is called to by
        nobody; a message that is out already says that it is off, or when it is now.
        """
        if planned.club_id == NO_CLUB:
            return await personal_reminders.says_of_own(conn, planned, now)
        club = await clubs.club_with(conn, planned.guild_id, planned.club_id)
        if club is None:
            return None
        if planned.kind is ReminderKind.DIGEST:
            if club.ended_at is not None:
                return None
            catalogue = await self._catalogues.within(conn, club.guild_id)
            digest = await digest_of(conn, catalogue, club, planned, now)
            return None if digest is None else Said(digest)
        session = _session_of(club, planned)
        if session is None or not club.held.takes_place(session):
            return Said(SessionOff(club, starts_of(planned))) if is_out else None
        if not is_out and (session.starts != starts_of(planned) or session.starts <= now):
            return None
        view = await clubs_steps.view_one(conn, club, session.original)
        if planned.by_dm:
            return await personal_reminders.says_of_session(conn, planned, view, is_out=is_out)
        presenter = view.session.presenter_id
        named = [] if presenter is None else [presenter]
        names = await members.display_names(conn, club.guild_id, named)
        going = said_going(view.guests)
        allow = await reminder_choices.may_be_mentioned(conn, club.guild_id, club.id, going)
        return Said(SessionReminder(view, names), tuple(one for one in going if one in allow))

    async def preferences(self, conn: AsyncConnection, guild_id: int, user_id: int) -> Preferences:
        """What a member has chosen; somebody who has left takes no direct messages."""
        return await reminder_choices.preferences(conn, guild_id, user_id)

    async def told(self, unit: Unit, planned: Sequence[Planned]) -> None:
        """A member has got these: no notice among them is told again."""
        for one in planned:
            await personal_reminders.told(unit, one)

    async def refused(self, unit: Unit, planned: Planned, meaning: Meaning) -> None:
        """The clubs of that channel are flagged, and whoever made each is told once.

        A member who takes no direct messages is told when they are next here.
        """
        if planned.by_dm:
            await personal_reminders.closed(unit, planned)
            return
        trouble = trouble_of(meaning)
        for club in await clubs.live_clubs(unit.conn, planned.guild_id):
            if club.channel_id == planned.dest:
                await _flag(unit, club, trouble)

    async def arrived(self, unit: Unit, told: Sequence[Planned]) -> None:
        """Clubs whose channel took a message have no trouble with it, and what failed for that
        reason is tried again.
        """
        places = {(one.guild_id, one.dest) for one in told if not one.by_dm}
        for guild_id, channel_id in await clubs.clear_trouble(unit.conn, places):
            if await deliveries_plan.reopen(unit.conn, guild_id, channel_id, unit.now):
                unit.wake_at(unit.now)

    async def coming(self, guild_id: int, channel_id: int, message_id: int) -> ComingReminders:
        """What the club of which a message reminds is reminded of next. Raises NotFound."""
        async with self._work.read() as conn:
            club_id = await deliveries.club_told_in(conn, guild_id, channel_id, message_id)
            if club_id is None:
                raise NotFound
            club = await clubs_steps.club_of(conn, guild_id, club_id)
            return await self._coming(conn, club)

    async def scheduled(self, guild_id: int, club_id: int) -> ComingReminders:
        """What the club's channel is to be told next. Raises NotFound."""
        async with self._work.read() as conn:
            return await self._coming(conn, await clubs_steps.club_of(conn, guild_id, club_id))

    async def rehearse(self, actor: Actor, club_id: int) -> Outgoing:
        """The next reminder of the club as it would look now; it is sent to nobody.

        Raises OrganisersOnly, NotFound, ClubEnded, and NothingToRemind when none is to come.
        """
        now = self._work.now()
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            club = await clubs_steps.club_of(conn, actor.guild_id, club_id)
            club.require_live()
            for planned in (await self._coming(conn, club)).planned:
                said = await self.says(conn, planned, now, is_out=False)
                if said is not None:
                    called = mentioned(planned.kind, said.going)
                    return Outgoing(_REHEARSED, (Told(planned, said),), called)
        raise NothingToRemind

    async def _coming(self, conn: AsyncConnection, club: Club) -> ComingReminders:
        """What stands in the ledger, and beyond its horizon what will."""
        now = self._work.now()
        open_ones = await deliveries.coming_to_channel(conn, club.guild_id, club.id, _SHOWN)
        known = await deliveries.known_to_channel(conn, club.guild_id, club.id, now)
        later = await reminder_steps.planned_for(conn, club, now, _FORESEEN)
        of_channel = [one for one in later if not one.by_dm]
        foreseen = [one for one in of_channel if (one.key, one.kind, one.part) not in known]
        every = sorted([*open_ones, *foreseen], key=lambda one: one.due)
        told = [one for one in every if may_be_told(club, one)]
        return ComingReminders(club, tuple(told[:_SHOWN]))


def _session_of(club: Club, planned: Planned) -> Occurrence | None:
    try:
        return club.session_on(date.fromisoformat(planned.key))
    except SessionUnknown:
        return None


async def _flag(unit: Unit, club: Club, trouble: ClubTrouble) -> None:
    await clubs.set_trouble(unit.conn, club.guild_id, club.id, trouble, unit.now)
    if club.trouble is None and club.created_by is not None:
        detail = f"{trouble.value}:{club.channel_id}:{club.name}"
        await unit.tell(club.guild_id, club.created_by, NoticeKind.CLUB_TROUBLE, detail=detail)
