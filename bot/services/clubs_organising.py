"""Clubs as organisers have them: made, changed, paused, resumed and ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.club_names import ClubNameTaken, club_name
from bot.domain.club_news import ClubMade
from bot.domain.clubs import (
    MOST_CLUBS,
    Club,
    ClubChange,
    ClubDraft,
    ClubEdit,
    ClubOver,
    NotPaused,
    PauseOver,
    TooManyClubs,
    require_length,
)
from bot.domain.members import Actor
from bot.domain.schedule import (
    Occurrence,
    Pause,
    Timetable,
    require_valid,
)
from bot.domain.zones import Zones
from bot.services import clubs_steps, reminder_steps
from bot.services.club_news_steps import announce
from bot.services.clubs_rules import carry_along, changed_rule
from bot.services.event_steps import events_changed
from bot.services.work import Unit, Work
from bot.storage import clubs, clubs_series, guilds

_PREVIEW = 4


class ClubOrganising:
    """Every use case raises OrganisersOnly for anybody else, NotFound and ClubEnded for a club that
    is not there (any more), and is recorded. ``zone_version``: of the time-zone database in use.
    """

    def __init__(self, work: Work, zones: Zones, zone_version: str) -> None:
        self._work = work
        self._zones = zones
        self._zone_version = zone_version

    async def require_organiser(self, actor: Actor) -> None:
        """Raises OrganisersOnly for anybody else."""
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)

    async def preview(self, actor: Actor, draft: ClubDraft) -> tuple[Occurrence, ...]:
        """The first sessions of a club that could be made so; nothing is stored.

        Raises what ``create`` does, for what can be seen beforehand.
        """
        draft = self._checked(draft)
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            rules.require_organiser(actor)
            if await clubs.is_name_taken(conn, actor.guild_id, draft.name, besides=0):
                raise ClubNameTaken
        timetable = Timetable((draft.series,), length=draft.length)
        return timetable.sessions(self._work.now(), limit=_PREVIEW)

    async def create(self, actor: Actor, draft: ClubDraft) -> Club:
        """Makes a club. Raises ClubNameUnclear, ClubNameTaken, TooManyClubs, LengthOutOfRange,
        ZoneUnknown, ClubOver without a session to come, and what ``require_valid`` does.
        """
        draft = self._checked(draft)
        async with self._work.write() as unit:
            rules = await guilds.guild_rules(unit.conn, actor.guild_id)
            rules.require_organiser(actor)
            await unit.arrive(actor)
            if await clubs.count_live_clubs(unit.conn, actor.guild_id) >= MOST_CLUBS:
                raise TooManyClubs
            added = await clubs.add_club(
                unit.conn,
                actor.guild_id,
                draft.name,
                draft.channel_id,
                draft.place,
                draft.length,
                actor.user_id,
                self._zone_version,
                unit.now,
                rules.preset,
            )
            if added is None:
                raise ClubNameTaken
            await clubs_series.set_series(unit.conn, actor.guild_id, added, [draft.series])
            await unit.audit(actor, "club-created", f"club:{added}")
            made = await clubs_steps.planned(unit, actor.guild_id, added)
            await announce(unit, ClubMade(made))
            return made

    async def edit(
        self, actor: Actor, club_id: int, edit: ClubEdit, original: date | None = None
    ) -> ClubChange:
        """Changes a club; its rule from the session ``original`` on, else from the next one.

        What members answered and what is planned goes along, the k-th session to the k-th.
        Raises what ``create`` does, SessionUnknown, SessionOver, SessionsCollide, and ClubOver
        when no session is left from which a rule could change.
        """
        edit = self._checked_edit(edit)
        async with self._work.write() as unit:
            before = await clubs_steps.organised(unit, actor, club_id)
            if edit.is_empty:
                return ClubChange(before, before)
            if edit.name is not None and await clubs.is_name_taken(
                unit.conn, actor.guild_id, edit.name, besides=club_id
            ):
                raise ClubNameTaken
            if edit.channel_id is not None:
                # What was refused there is tried in the new channel.
                await reminder_steps.channel_works(unit, before)
            if edit.changes_rule:
                await self._change_rule(unit, before, edit, original)
            await clubs.change_club(
                unit.conn,
                actor.guild_id,
                club_id,
                unit.now,
                name=edit.name,
                channel_id=edit.channel_id,
                place=edit.place,
                length=edit.length,
            )
            await unit.audit(actor, "club-edited", f"club:{club_id}")
            return await _changed(unit, before)

    async def preview_edit(
        self, actor: Actor, club_id: int, edit: ClubEdit, original: date | None = None
    ) -> ClubChange:
        """The club as ``edit`` would change it; nothing is stored. Raises what ``edit`` does."""
        edit, now = self._checked_edit(edit), self._work.now()
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            before = await clubs_steps.club_of(conn, actor.guild_id, club_id)
            before.require_live()
            if edit.name is not None and await clubs.is_name_taken(
                conn, actor.guild_id, edit.name, besides=club_id
            ):
                raise ClubNameTaken
        timetable = before.timetable
        if edit.changes_rule:
            timetable = changed_rule(before, edit, original, now).after
        after = replace(
            before,
            name=edit.name or before.name,
            channel_id=edit.channel_id or before.channel_id,
            place=edit.place or before.place,
            timetable=replace(timetable, length=edit.length or before.length),
        )
        return ClubChange(before, after)

    async def pause(self, actor: Actor, club_id: int, until: datetime | None) -> ClubChange:
        """The club does not meet until then (aware), or until further notice; in place of a pause
        that was set before. Raises PauseOver.
        """
        async with self._work.write() as unit:
            before = await clubs_steps.organised(unit, actor, club_id)
            if until is not None and until <= unit.now:
                raise PauseOver
            await clubs.end_pauses(unit.conn, actor.guild_id, club_id, unit.now)
            await clubs.begin_pause(
                unit.conn, actor.guild_id, club_id, Pause(unit.now, until), unit.now
            )
            await unit.audit(actor, "club-paused", f"club:{club_id}")
            return await _changed(unit, before)

    async def resume(self, actor: Actor, club_id: int) -> ClubChange:
        """The club meets again. Raises NotPaused."""
        async with self._work.write() as unit:
            before = await clubs_steps.organised(unit, actor, club_id)
            if before.pause_at(unit.now) is None:
                raise NotPaused
            await clubs.end_pauses(unit.conn, actor.guild_id, club_id, unit.now)
            await unit.audit(actor, "club-resumed", f"club:{club_id}")
            return await _changed(unit, before)

    async def end(self, actor: Actor, club_id: int) -> ClubChange:
        """The club meets no more; what was stays on record."""
        async with self._work.write() as unit:
            before = await clubs_steps.organised(unit, actor, club_id)
            await clubs.end_club(unit.conn, actor.guild_id, club_id, unit.now)
            await events_changed(unit, actor.guild_id)
            await unit.audit(actor, "club-ended", f"club:{club_id}")
            after = await clubs_steps.club_of(unit.conn, actor.guild_id, club_id)
            await reminder_steps.club_changed(unit, after)
            change = ClubChange(before, after)
            await announce(unit, change)
            return change

    def _checked(self, draft: ClubDraft) -> ClubDraft:
        require_length(draft.length)
        self._zones.require(draft.series.zone, self._work.now())
        require_valid(draft.series)
        if Timetable((draft.series,)).next_session(self._work.now()) is None:
            raise ClubOver
        return replace(draft, name=club_name(draft.name))

    def _checked_edit(self, edit: ClubEdit) -> ClubEdit:
        if edit.zone is not None:
            self._zones.require(edit.zone, self._work.now())
        if edit.length is not None:
            require_length(edit.length)
        return edit if edit.name is None else replace(edit, name=club_name(edit.name))

    async def _change_rule(
        self, unit: Unit, club: Club, edit: ClubEdit, original: date | None
    ) -> None:
        change = changed_rule(club, edit, original, unit.now)
        await clubs_series.set_series(unit.conn, club.guild_id, club.id, change.after.segments)
        await carry_along(unit, club, change)


async def _changed(unit: Unit, before: Club) -> ClubChange:
    """What was changed about the club: planned anew, and to be announced."""
    change = ClubChange(before, await clubs_steps.planned(unit, before.guild_id, before.id))
    await announce(unit, change)
    return change
