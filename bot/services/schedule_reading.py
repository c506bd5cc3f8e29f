"""Times as members write them, read with the zones there are; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.errors import ClubError
from bot.domain.members import Actor
from bot.domain.presets import Preset, habits_of
from bot.domain.schedule.reading import When, read_moment, read_when
from bot.domain.zones import UTC, Zones
from bot.services.work import Work
from bot.storage import guilds, members

_CHOICES = 25
_SHORTEST_PART = 2
# Names of zones that one writes in so many words.
_PART_WORDS = 3
# What can be written, for an empty field; words that the reading knows, in its own language.
_EXAMPLES = (
    "Tuesdays 18:00", "every 2 weeks on Thursday at 19:30", "first Monday of the month 20:00",
)  # fmt: skip


class ScheduleReading:
    """Reads with the server's zone or the member's own, as far as they are known."""

    def __init__(self, work: Work, zones: Zones) -> None:
        self._work = work
        self._zones = zones

    async def usual_zone(self, actor: Actor) -> str | None:
        """The server's zone for clubs, or else the zone the member has set; None without either,
        or when a newer list of zones has it no more.
        """
        return (await self.habit(actor))[0]

    async def habit(self, actor: Actor) -> tuple[str | None, Preset | None]:
        """As ``usual_zone``, with the kind of club that the server prefers."""
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            settings = await members.settings_of(conn, actor.guild_id, actor.user_id)
        return self.known(rules.zone) or self.known(settings.zone), rules.preset

    def known(self, zone: str | None) -> str | None:
        """The zone itself if there is such a one, else None."""
        return zone if zone is not None and zone in self._zones else None

    def when(self, said: str, usual: str | None, read_at: datetime | None = None) -> When:
        """The series that is said, read now or as at ``read_at`` (aware), when it was shown.

        Raises WhenUnread, ZoneUnknown, ZoneUnclear.
        """
        return read_when(said, self._zones, usual, read_at or self._work.now())

    def moment(
        self, said: str, zone: str, *, day: date | None = None, at: time | None = None
    ) -> datetime:
        """The wall-clock time (naive, in ``zone``) that is said; of no day or no time, the given.

        Raises WhenUnread, ZoneUnknown, ZoneUnclear.
        """
        return read_moment(said, self._zones, zone, self._work.now(), day=day, at=at)

    async def completions(self, actor: Actor, typed: str) -> tuple[tuple[str, When], ...]:
        """What the words typed so far may become, at most 25: whole words, and what they mean.

        As they are if they can be read, and with the zones that their end may be the begin of.
        """
        usual, preset = await self.habit(actor)
        said = " ".join(typed.split())
        found: dict[str, When] = {}
        for whole, when in self._completed(said, usual, preset):
            found.setdefault(whole, when)
            if len(found) == _CHOICES:
                break
        return tuple(found.items())

    def _completed(
        self, said: str, usual: str | None, preset: Preset | None
    ) -> Iterator[tuple[str, When]]:
        if not said:
            zone = usual or UTC
            if preset is not None:
                likely = habits_of(preset).example(zone)
                yield likely, self.when(likely, usual)
            for example in _EXAMPLES:
                yield f"{example} {zone}", self.when(f"{example} {zone}", usual)
            return
        read = self._read(said, usual)
        if read is not None:
            yield said, read
        words = said.split(" ")
        for size in range(min(_PART_WORDS, len(words) - 1), 0, -1):
            head, part = " ".join(words[:-size]), " ".join(words[-size:])
            if len(part) >= _SHORTEST_PART and (without := self._read(f"{head} {UTC}", None)):
                yield from self._with_zones(head, part, without)
        if without := self._read(f"{said} {UTC}", None):
            yield from self._with_zones(said, "", without)

    def _with_zones(self, head: str, part: str, when: When) -> Iterator[tuple[str, When]]:
        for offer in self._zones.offers(part, self._work.now(), _CHOICES):
            series = replace(when.series, zone=offer.name)
            yield f"{head} {offer.name}", replace(when, series=series, is_zone_said=True)

    def _read(self, said: str, usual: str | None) -> When | None:
        try:
            return self.when(said, usual)
        except ClubError:
            return None
