"""Notices on their way to a member: by DM after a yes, else at their next interaction.

A direct message is claimed, sent and settled in transactions of their own, with a nonce that
is the same at every attempt, so that Discord does not show it twice. When nobody can tell
whether it arrived, it is shown at the next interaction: better twice than not at all.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.deadlines import Deadline
from bot.domain.notices import Addressed, Delivery, NoticeKind
from bot.services import member_steps
from bot.services.announcer import Announcer
from bot.services.work import Work
from bot.storage import deployment, notices

# How long Discord remembers a nonce is published nowhere; this is well within it.
_NONCE_HOLDS = timedelta(seconds=60)
_TRY_AGAIN = timedelta(seconds=15)

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
        """What the member is still to be told, oldest first."""
        async with self._work.read() as conn:
            found = await notices.addressed_to(conn, guild_id, user_id, self._work.now())
        if not found:
            self._waiting.discard((guild_id, user_id))
        return found

    async def told(self, guild_id: int, user_id: int, notice_ids: Iterable[int]) -> None:
        """The member has seen these."""
        async with self._work.write() as unit:
            await notices.remove_notices(unit.conn, guild_id, user_id, tuple(notice_ids))
            left = await notices.addressed_to(unit.conn, guild_id, user_id, unit.now)
        if not left:
            self._waiting.discard((guild_id, user_id))

    async def deliver(self, deadline: Deadline) -> datetime | None:
        """Meets a deadline of kind NOTICE; when to try again, or None."""
        guild_id, notice_id = deadline.guild_id, deadline.subject_id
        async with self._work.read() as conn:
            asked = await notices.addressed(conn, guild_id, notice_id)
        if asked is not None and not await self._is_here(asked):
            return None
        async with self._work.write() as unit:
            found = await notices.addressed(unit.conn, guild_id, notice_id)
            if found is None or _is_over(found, unit.now):
                await notices.remove_notice(unit.conn, guild_id, notice_id)
                return None
            claimed = found.by_dm and _may_send(found, unit.now)
            if claimed:
                first = found.sending_at or unit.now
                await notices.set_sending(unit.conn, guild_id, notice_id, first)
            else:
                await notices.set_sending(unit.conn, guild_id, notice_id, None)
            installation = await deployment.installation(unit.conn)
        sent = Delivery.CLOSED
        if claimed:
            sent = await self._announcer.send_dm(found, nonce(installation, "notice", notice_id))
        return await self._settle(found, sent)

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

    async def _settle(self, found: Addressed, sent: Delivery) -> datetime | None:
        notice = found.notice
        async with self._work.write() as unit:
            if sent is Delivery.SENT:
                await notices.remove_notice(unit.conn, notice.guild_id, notice.id)
                return None
            if sent is Delivery.UNKNOWN:
                return unit.now + _TRY_AGAIN
            await notices.set_sending(unit.conn, notice.guild_id, notice.id, None)
        self._waiting.add((notice.guild_id, notice.user_id))
        return None


def nonce(installation: str, *subject: object) -> str:
    """A message's nonce, at most 25 characters: the same for the same subject, at any time."""
    told = "|".join(map(str, (installation, *subject)))
    return base64.b32encode(hashlib.sha256(told.encode()).digest())[:25].decode().lower()


def _is_over(found: Addressed, now: datetime) -> bool:
    expires_at = found.notice.expires_at
    return expires_at is not None and expires_at <= now


def _may_send(found: Addressed, now: datetime) -> bool:
    """Whether a message may go out: never tried, or so lately that its nonce still holds."""
    return found.sending_at is None or now - found.sending_at < _NONCE_HOLDS
