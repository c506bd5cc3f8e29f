"""The clock of this machine beside Discord's: with a wrong one nobody knows what is due."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.domain.reminders import Delivery, DeliveryState, Skew, posted_at
from bot.services.delivery_protocols import Sender
from bot.services.work import Work

log = logging.getLogger(__name__)

# So long a comparison is trusted, and so long nothing is tried when the clocks differ.
_IN_STEP_FOR = timedelta(minutes=10)
_LOOK_AGAIN = timedelta(seconds=60)


class ClockComparison:
    """Compares the clocks on whatever Discord answers, and before anything is sent."""

    def __init__(self, work: Work, sender: Sender) -> None:
        self._work = work
        self._sender = sender
        self._skew = Skew()

    @property
    def ahead(self) -> timedelta:
        """By how much this clock was ahead of Discord's when they were last compared."""
        return self._skew.ahead

    @property
    def is_out_of_step(self) -> bool:
        """Whether nothing is sent because this clock is wrong."""
        return self._skew.is_out_of_step()

    def observe(self, snowflake: int) -> None:
        """Discord has just made this id (of an interaction): it tells what its clock shows."""
        was = self.is_out_of_step
        self._skew.observe(posted_at(snowflake), self._work.now())
        if self.is_out_of_step and not was:
            self._complain()

    async def wait(self, now: datetime) -> datetime | None:
        """When to look again, because the clocks differ; None when they agree."""
        if self.is_out_of_step or not self._skew.is_seen(now, _IN_STEP_FOR):
            await self._compare()
        if not self.is_out_of_step:
            return None
        self._complain()
        return now + _LOOK_AGAIN

    async def trusted(self, claimed: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
        """Without those that may be out there, unless it is known how long ago that was.

        A clock that was set back an hour would have a nonce hold that Discord has forgotten. They
        stay claimed, and come again when their lease runs out.
        """
        certain = tuple(d for d in claimed if d.state is not DeliveryState.SENDING)
        if certain == claimed:
            return claimed
        known = await self._compare()
        if self.is_out_of_step:
            return ()
        return claimed if known else certain

    async def _compare(self) -> bool:
        theirs = await self._sender.discord_time()
        if theirs is not None:
            self._skew.observe(theirs, self._work.now())
        return theirs is not None

    def _complain(self) -> None:
        log.critical("this clock is %s ahead of Discord's: no reminders", self._skew.ahead)
