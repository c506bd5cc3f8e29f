"""Notices on their way to a member: by DM after a yes, else at their next interaction.

Direct messages go through the ledger of deliveries, which keeps quiet hours and shows nothing
twice. A notice is forgotten once it was told in either way. When nobody can tell whether it
arrived, it is shown at the next interaction: better twice than not at all.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import datetime

from bot.domain.deadlines import Deadline
from bot.domain.notices import Addressed, NoticeKind
from bot.domain.personal_reminders import NOTICE_KEY, notice_planned
from bot.services import delivery_steps, member_steps
from bot.services.announcer import Announcer
from bot.services.work import Work
from bot.storage import deliveries_members, notices

# Notices that wait for an answer: others wait along with whoever does not give it.
_NEEDED = frozenset({NoticeKind.SEAT_OFFERED, NoticeKind.SEAT_ASSIGNED, NoticeKind.CHECK_IN})


class Notices:
    """Delivers notices, and knows who still has some waiting without asking the database."""

    def __init__(self, work: Work, announcer: Announcer) -> None:
        self._work = work
        self._announcer = announcer
        self._waiting: set[tuple[int, int]] = set()

    async def load(self) -> None:
        """Learn at the start who has something waiting."""
        async with self._work.read() as conn:
            self._waiting = await notices.members_with_notices(conn)

    def has_waiting(self, guild_id: int, user_id: int) -> bool:
        """Whether the member may have something to be told at this occasion."""
        return (guild_id, user_id) in self._waiting

    async def waiting(self, guild_id: int, user_id: int) -> tuple[Addressed, ...]:
        """What the member is still to be told, oldest first; nobody else tells it from now on.

        What may be on its way by direct message is left to that.
        """
        async with self._work.write() as unit:
            found = await notices.addressed_to(unit.conn, guild_id, user_id, unit.now)
            waiting = tuple(one for one in found if not one.under_way)
            keys = [f"{NOTICE_KEY}{one.notice.id}" for one in waiting]
            await deliveries_members.call_off(unit.conn, guild_id, user_id, keys, unit.now)
        if not found:
            self._waiting.discard((guild_id, user_id))
        return waiting

    async def told(self, guild_id: int, user_id: int, notice_ids: Iterable[int]) -> None:
        """The member has seen these."""
        async with self._work.write() as unit:
            await notices.remove_notices(unit.conn, guild_id, user_id, tuple(notice_ids))
            left = await notices.addressed_to(unit.conn, guild_id, user_id, unit.now)
        if not left:
            self._waiting.discard((guild_id, user_id))

    async def deliver(self, deadline: Deadline) -> datetime | None:
        """Meets a deadline of kind NOTICE: hands the notice to the ledger of direct messages.

        Without a yes to those, it waits for the member's next interaction; so does what the
        ledger does not deliver.
        """
        guild_id, notice_id = deadline.guild_id, deadline.subject_id
        async with self._work.read() as conn:
            asked = await notices.addressed(conn, guild_id, notice_id)
        if asked is not None and not await self._is_here(asked):
            return None
        async with self._work.write() as unit:
            found = await notices.addressed(unit.conn, guild_id, notice_id)
            if found is None or found.is_over(unit.now):
                await notices.remove_notice(unit.conn, guild_id, notice_id)
                return None
            if found.by_dm:
                await delivery_steps.remind(unit, [notice_planned(found.notice, unit.now)])
        self._waiting.add((guild_id, found.notice.user_id))
        return None

    async def _is_here(self, found: Addressed) -> bool:
        """Whether a member who is needed is there still; who has left pauses.

        Nobody tells when a member leaves, so that is asked just now.
        """
        notice = found.notice
        if notice.kind not in _NEEDED:
            return True
        if await self._announcer.is_here(notice.guild_id, notice.user_id):
            return True
        async with self._work.write() as unit:
            await member_steps.departed(unit, notice.guild_id, notice.user_id)
            await notices.remove_notice(unit.conn, notice.guild_id, notice.id)
        return False


def nonce(installation: str, *subject: object) -> str:
    """A message's nonce, at most 25 characters: the same for the same subject, at any time."""
    told = "|".join(map(str, (installation, *subject)))
    return base64.b32encode(hashlib.sha256(told.encode()).digest())[:25].decode().lower()
