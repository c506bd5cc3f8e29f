"""Quiet hours: the part of a member's day in which no direct message comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import ClubError

_LONGEST = timedelta(hours=20)


class QuietHoursTooLong(ClubError):
    """Quiet hours that leave less than four hours a day; ``longest`` is what is allowed."""

    def __init__(self, longest: timedelta) -> None:
        super().__init__(longest)
        self.longest = longest


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``begin`` to ``end`` on the wall clock of ``zone``; past midnight when it ends earlier.

    Raises QuietHoursTooLong: a day with none left would hold a message for ever. Both times the
    same is no quiet at all.
    """

    begin: time
    end: time
    zone: str

    def __post_init__(self) -> None:
        if _length(self.begin, self.end) > _LONGEST:
            raise QuietHoursTooLong(_LONGEST)

    def held_until(self, now: datetime) -> datetime:
        """The first moment from ``now`` on (aware) that is not quiet, in UTC."""
        local = now.astimezone(ZoneInfo(self.zone))
        if not self._is_quiet(local.time()):
            return now
        day = local.date() if local.time() < self.end else local.date() + timedelta(days=1)
        end = datetime.combine(day, self.end, tzinfo=local.tzinfo)
        # A time that the clocks jump over ends the quiet when it would have come; one that comes
        # twice, and has passed once, ends it now.
        return max(now, end.astimezone(UTC))

    def _is_quiet(self, at: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


def _length(begin: time, end: time) -> timedelta:
    minutes = (end.hour * 60 + end.minute) - (begin.hour * 60 + begin.minute)
    return timedelta(minutes=minutes % (24 * 60))
