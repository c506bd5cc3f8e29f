"""What is kept about a member: shown, given, erased."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.living import LivingMessage
from bot.domain.members import Actor
from bot.domain.privacy import BACKUPS_KEPT, Erasure, MemberFile, NothingToUndo, PastErasure
from bot.exchange.member_file import NamedFile, member_files
from bot.services import card_steps, event_steps, presenting_steps, round_steps, signup_steps
from bot.services.work import Unit, Work
from bot.storage import erasure, export, proposals
from bot.storage.remains import Remains

log = logging.getLogger(__name__)

TakeDown = Callable[[LivingMessage], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Overview:
    """What is kept about a member, and whether they have asked to be erased."""

    file: MemberFile
    erasure: Erasure | None


class Privacy:
    """Everything about one member at a time, in one server."""

    def __init__(self, work: Work, remains: Remains, take_down: TakeDown) -> None:
        """``take_down`` deletes a message that shows what an erased member proposed."""
        self._work = work
        self._remains = remains
        self._take_down = take_down

    async def overview(self, actor: Actor) -> Overview:
        """Everything kept about the member here; looking stores nothing."""
        async with self._work.read() as conn:
            file = await export.member_file(conn, actor.guild_id, actor.user_id, self._work.now())
            asked = await erasure.pending_erasure(conn, actor.guild_id, actor.user_id)
        return Overview(file, asked)

    async def files(
        self, actor: Actor, titles: Mapping[str, str], heading: str
    ) -> tuple[NamedFile, ...]:
        """The same as files for the member; ``titles`` are those of its sections."""
        file = (await self.overview(actor)).file
        # In a thread: years of notes take longer than the loop may stand still.
        return await asyncio.to_thread(member_files, file, titles, heading)

    async def ask_erasure(self, actor: Actor, *, keep_notes: bool) -> Erasure:
        """The member is erased in a while, unless they think better of it.

        Asking once more changes nothing; asking for something else begins anew.
        """
        async with self._work.write() as unit:
            await unit.arrive(actor)
            asked = await erasure.ask_erasure(
                unit.conn, actor.guild_id, actor.user_id, unit.now, keep_notes=keep_notes
            )
            await unit.set_deadline(
                actor.guild_id, DeadlineKind.ERASURE, asked.id, asked.takes_effect_at
            )
        return asked

    async def undo_erasure(self, actor: Actor) -> None:
        """The member stays. Raises NothingToUndo when nothing was asked, or it is too late."""
        async with self._work.write() as unit:
            asked = await erasure.pending_erasure(unit.conn, actor.guild_id, actor.user_id)
            if asked is None or asked.takes_effect_at <= unit.now:
                raise NothingToUndo
            await erasure.forget_erasure(unit.conn, actor.guild_id, actor.user_id)
            await unit.clear_deadlines(actor.guild_id, asked.id, DeadlineKind.ERASURE)

    async def on_deadline(self, unit: Unit, deadline: Deadline) -> None:
        """The time to undo is over, or the copies from before an erasure are to go."""
        if deadline.kind is DeadlineKind.BACKUPS_GONE:
            now = unit.now
            unit.after_commit(lambda: self._remains.drop_old(now))
            return
        asked = await erasure.erasure_with(unit.conn, deadline.guild_id, deadline.subject_id)
        if asked is None:
            return
        await unit.set_deadline(
            asked.guild_id, DeadlineKind.BACKUPS_GONE, asked.id, unit.now + BACKUPS_KEPT
        )
        await self._erase(unit, asked.guild_id, asked.user_id, unit.now, asked.keep_notes)
        # The very last step: what is remembered here has happened, whatever comes after.
        await self._remains.remember_member(
            asked.guild_id, asked.user_id, unit.now, keep_notes=asked.keep_notes
        )
        unit.after_commit(self._remains.clear_away)
        log.info("A member of server %s was erased", asked.guild_id)

    async def settle(self) -> None:
        """At the start: erase again whom a restored backup has brought back, and clear away."""
        async with self._work.read() as conn:
            back = await self._remains.back_again(conn)
        for guild_id, user_id, entry in back:
            async with self._work.write() as unit:
                await self._erase_again(unit, guild_id, user_id, entry)
        if back:
            log.warning("%d erasures were applied again", len(back))
        await self._remains.clear_away()
        await self._remains.drop_old(self._work.now())

    async def _erase_again(
        self, unit: Unit, guild_id: int, user_id: int | None, entry: PastErasure
    ) -> None:
        # Remembered once more, so that the files count as not yet swept.
        if user_id is None:
            await erasure.erase_guild(unit.conn, guild_id)
            await self._remains.remember_guild(guild_id, entry.at)
            return
        await self._erase(unit, guild_id, user_id, entry.at, entry.keep_notes)
        await self._remains.remember_member(
            guild_id, user_id, entry.at, keep_notes=entry.keep_notes
        )

    async def _erase(
        self, unit: Unit, guild_id: int, user_id: int, at: datetime, keep_notes: bool
    ) -> None:
        await signup_steps.withdraw_all(unit, guild_id, user_id)
        await card_steps.name_goes(unit, guild_id, user_id)
        await presenting_steps.make_room(unit, guild_id, user_id)
        for message in await proposals.posted_of(unit.conn, guild_id, user_id):
            unit.after_commit(partial(self._take_down, message))
        await erasure.erase_member(unit.conn, guild_id, user_id, keep_notes=keep_notes)
        await erasure.erase_traces(unit.conn, guild_id, user_id, at)
        await round_steps.names_changed(unit, guild_id)
        await event_steps.names_changed(unit, guild_id)
