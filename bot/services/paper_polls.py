"""Polls for the next paper: read once they are over, and their result said once."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.living import Shown
from bot.domain.paper_polls import PollResult, winner_of
from bot.services.announcer import Announcer
from bot.services.living import LOOK_AGAIN, Steps, keep
from bot.services.work import Unit, Work
from bot.storage import clubs, paper_polls

# Discord counts for a moment after the end; then what it says is taken as it is.
_COUNTED_WITHIN = timedelta(minutes=10)
_LOOK_AGAIN_AT_THE_COUNT = timedelta(minutes=1)
# A result that could not be said for so long is of no more use.
_OF_USE_FOR = timedelta(days=1)


class PaperPolls:
    """Discord holds the poll; what is kept is that its result is to be said."""

    def __init__(self, work: Work, announcer: Announcer) -> None:
        self._work = work
        self._announcer = announcer

    async def opened(
        self, guild_id: int, club_id: int, channel_id: int, poll_id: int, ends_at: datetime
    ) -> None:
        """A poll for the club's next paper stands in this channel until then."""
        async with self._work.write() as unit:
            key = await paper_polls.add_poll(
                unit.conn, guild_id, club_id, channel_id, poll_id, ends_at
            )
            await unit.set_deadline(guild_id, DeadlineKind.PAPER_POLL, key, ends_at)

    async def refresh(self, deadline: Deadline) -> datetime | None:
        """Meets a deadline of kind PAPER_POLL; when to look again, or None."""
        guild_id, key = deadline.guild_id, deadline.subject_id
        async with self._work.read() as conn:
            poll = await paper_polls.poll_with(conn, guild_id, key)
            club = None if poll is None else await clubs.club_with(conn, guild_id, poll.club_id)
        if poll is None:
            return None
        now = self._work.now()
        is_late = now >= poll.ends_at + _OF_USE_FOR
        count = await self._announcer.read_poll(poll) if club is not None and not is_late else None
        if club is None or club.ended_at is not None or is_late or (count and count.is_gone):
            async with self._work.write() as unit:
                await paper_polls.forget_poll(unit.conn, guild_id, key)
            return None
        if count is None:
            return now + LOOK_AGAIN
        if not count.is_final and now < poll.ends_at + _COUNTED_WITHIN:
            return now + _LOOK_AGAIN_AT_THE_COUNT
        result = PollResult(poll, club, winner_of(count.tallies))

        async def settle(unit: Unit, _shown: Shown) -> None:
            """Said, or not to be said there: *Take the winner* stands under the poll as well."""
            await paper_polls.forget_poll(unit.conn, guild_id, key)

        steps = Steps(
            lambda unit: paper_polls.record_posting(unit.conn, guild_id, key, unit.now),
            lambda nonce: self._announcer.show_result(result, nonce),
            settle,
            stays=False,
        )
        return (await keep(self._work, "paper-poll", key, poll.message, steps))[1]
