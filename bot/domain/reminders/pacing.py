"""How fast messages go out, and when none may: rate, breaker, and a clock that is wrong."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta

A_SECOND = 40
"""Messages a second: Discord takes 50 requests, and the rest is for repairs."""

INVALID_AT_MOST = 500
INVALID_WINDOW = timedelta(minutes=10)
"""Discord bans an address for a while after 10,000 bad requests in this time."""

OUT_OF_STEP = timedelta(seconds=60)
"""A clock further away from Discord's than this sends nothing."""


_DISCORD_BEGAN = datetime(2015, 1, 1, tzinfo=UTC)
_BELOW_THE_TIME = 22


def posted_at(snowflake: int) -> datetime:
    """When Discord made an id (of a message, an interaction), on Discord's clock."""
    return _DISCORD_BEGAN + timedelta(milliseconds=snowflake >> _BELOW_THE_TIME)


class Pace:
    """A bucket of turns that fills up at ``rate`` a second, up to a second's worth."""

    def __init__(self, rate: int = A_SECOND) -> None:
        self._rate = rate
        self._turns = float(rate)
        self._at: datetime | None = None

    def turns(self, now: datetime) -> int:
        """How many messages may go out now; none while more were taken than there were."""
        if self._at is None or now < self._at:
            # A clock that was set back must not hold everything up until it has caught up.
            self._at = now
        passed = (now - self._at).total_seconds()
        self._turns = min(float(self._rate), self._turns + passed * self._rate)
        self._at = now
        return max(0, int(self._turns))

    def take(self, count: int) -> None:
        """That many go out."""
        self._turns -= count

    def wait(self, count: int) -> timedelta:
        """How long it takes until there are ``count`` turns (at most a second's worth)."""
        missing = min(count, self._rate) - self._turns
        return timedelta(seconds=max(0.0, missing / self._rate))


class Breaker:
    """Stops everything after too many bad requests, or when Discord says so."""

    def __init__(self, at_most: int = INVALID_AT_MOST, window: timedelta = INVALID_WINDOW) -> None:
        self._at_most = at_most
        self._window = window
        self._bad: deque[datetime] = deque()
        self._until: datetime | None = None

    def count(self, now: datetime) -> None:
        """Discord counts a bad request."""
        self._bad.append(now)
        self._forget(now)
        if len(self._bad) >= self._at_most:
            self.open(now)

    def open(self, now: datetime) -> None:
        """Nothing goes out for a whole window."""
        self._until = now + self._window

    def opens_again(self, now: datetime) -> datetime | None:
        """Until when nothing may go out; None when it may now.

        After a clock that was set back, no longer than one window from now.
        """
        if self._until is None or self._until <= now:
            return None
        self._until = min(self._until, now + self._window)
        return self._until

    def _forget(self, now: datetime) -> None:
        while self._bad and (self._bad[0] <= now - self._window or self._bad[0] > now):
            self._bad.popleft()


class Skew:
    """How far this machine's clock is from Discord's, as far as it was seen."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._seen: datetime | None = None

    def observe(self, theirs: datetime, ours: datetime) -> None:
        """Discord's clock showed ``theirs`` when this machine's showed ``ours``."""
        self._ahead = ours - theirs
        self._seen = ours

    def is_out_of_step(self) -> bool:
        """Whether nothing may be sent, for nobody knows what is due."""
        return abs(self._ahead) > OUT_OF_STEP

    @property
    def ahead(self) -> timedelta:
        """By how much this clock is ahead of Discord's; negative when it is behind."""
        return self._ahead

    def is_seen(self, now: datetime, within: timedelta) -> bool:
        """Whether the clocks were compared within that time, and not in what is now the future."""
        return self._seen is not None and timedelta() <= now - self._seen <= within
