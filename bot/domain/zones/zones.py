"""The zones that may be named, and what a word for one means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.domain.zones.errors import ZoneUnclear, ZoneUnknown
from bot.domain.zones.gazetteer import Gazetteer
from bot.domain.zones.names import (
    UTC,
    city_of,
    folded,
    is_misleading,
    is_old,
    is_own_place,
    is_place,
    rank,
)
from bot.domain.zones.year import ZoneOffer, abbreviations, by_abbreviation, offset_of, offsets

# Offered before anything is typed, west to east; of several zones with one time, these come first.
_COMMON = (
    "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York",
    "America/Sao_Paulo", "UTC", "Europe/London", "Africa/Lagos", "Europe/Berlin", "Europe/Paris",
    "Africa/Johannesburg", "Europe/Kyiv", "Asia/Jerusalem", "Africa/Nairobi", "Europe/Istanbul",
    "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Shanghai", "Asia/Tokyo",
    "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
_UTC_NAMES = ("utc", "z", "zulu", "uct", "universal time", "coordinated universal time")
# No name is longer; what is typed is cut to this before anything is done with it.
_LONGEST = 64
_NEAR, _MISSPELT = 70, 84
_SUGGESTED = 3
_NOWHERE = 1000


class Zones:
    """The names of all zones that stand for a place (or for UTC).

    With a gazetteer they are found by countries, capitals and large cities too. Abbreviations are
    those the zones themselves have in the year of the question, and the gazetteer's.
    """

    def __init__(self, names: Iterable[str], gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer or Gazetteer()
        self._names = {name: folded(name) for name in sorted(names) if is_place(name)}
        # The names to use for a place today; without countries, all that are not old.
        in_countries = dict.fromkeys(z for zones in self._gazetteer.zones.values() for z in zones)
        known_places = Counter(zone for _, zones in self._gazetteer.places() for zone in zones)
        # Where the gazetteer knows most places, most people live.
        listed = sorted(in_countries or self._names, key=known_places.__getitem__, reverse=True)
        self._order = {
            name: n
            for n, name in enumerate([*_COMMON, *(z for z in listed if z not in _COMMON)])
            if name in self._names and not is_old(name)
        }
        self._certain = self._certain_names()
        self._spoken = {folded(name): short for name, short in self._gazetteer.spoken.items()}
        self._titles: dict[str, str] = {}
        self._places: dict[str, list[str]] = {}
        for title, zones in self._all_places():
            key = folded(title)
            self._titles.setdefault(key, title)
            self._places.setdefault(key, []).extend(zone for zone in zones if zone in self._names)
        keys = (*self._certain, *self._spoken, *self._places)
        self._first_words = {re.split("[ /+]", key, maxsplit=1)[0] for key in keys}
        self._by_abbreviation: tuple[int, dict[str, tuple[str, ...]]] = (0, {})

    @classmethod
    def read(cls, gazetteer: Gazetteer | None = None) -> Zones:
        """The zones of the database that ``zoneinfo`` uses."""
        return cls(available_timezones(), gazetteer)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def require(self, name: str, now: datetime) -> str:
        """The name itself when it may be chosen. Raises ZoneUnknown, ZoneUnclear.

        Abbreviations that the database has as names ("EST") may not: they hold no summer time.
        """
        if self._may_be_chosen(name):
            return name
        if may_be := self.named(name, now):
            self.settled(name, may_be, now, None)
        raise ZoneUnknown(self.nearest(name, now))

    def choosable(self) -> tuple[str, ...]:
        """The names of all zones that may be chosen, in the order of the alphabet."""
        return tuple(name for name in self._names if self._may_be_chosen(name))

    def nearest(self, typed: str, now: datetime) -> tuple[str, ...]:
        """At most three names that come near what was typed, the nearest first."""
        found = dict.fromkeys(name for name, _ in self._matches(typed, now) if not is_old(name))
        return tuple(found)[:_SUGGESTED]

    def misspelt(self, said: str) -> tuple[str, ...]:
        """At most three zones whose name, or a place's, is nearly what was said; often none."""
        near = dict.fromkeys(name for name, _ in self._near(folded(said[:_LONGEST]), _MISSPELT))
        return tuple(near)[:_SUGGESTED]

    def offers(self, typed: str, now: datetime, limit: int) -> tuple[ZoneOffer, ...]:
        """At most ``limit`` zones for what is typed so far; for nothing, the most common ones."""
        if not typed.strip():
            return tuple(ZoneOffer(name, offset_of(name, now)) for name in _COMMON if name in self)[
                :limit
            ]
        found: dict[str, str | None] = {}
        for name, heard in self._matches(typed, now):
            found.setdefault(name, heard)
        return tuple(self._offer(name, heard, now) for name, heard in list(found.items())[:limit])

    def named(self, said: str, now: datetime) -> tuple[str, ...]:
        """All zones that may be meant by exactly these words, the most used first.

        The name of a zone, or its city, means that zone alone. An abbreviation, a country or a
        city of the gazetteer may mean several; empty when they mean nothing.
        """
        wanted = folded(said[:_LONGEST])
        if (certain := self._certain.get(wanted)) is not None:
            return (certain,)
        short = self._spoken.get(wanted, wanted).upper()
        by_short = self._abbreviated(now).get(short, ())
        # Two letters that are an abbreviation may be meant as a country ("PT").
        countries = (
            self._gazetteer.of_country(short) if by_short and short == wanted.upper() else ()
        )
        known = [*by_short, *self._places.get(wanted, ()), *countries]
        return tuple(sorted(dict.fromkeys(known), key=self._rank_of))

    def has_name_from(self, word: str) -> bool:
        """Does any name of several words begin with this one (in small letters)?"""
        return word in self._first_words

    def settled(self, said: str, may_be: Iterable[str], now: datetime, usual: str | None) -> str:
        """The one zone that is meant, among those it may be.

        The ``usual`` zone of who says it is meant if it is among them. Zones that have the same
        time in winter and in summer are one. Raises ZoneUnclear.
        """
        among = tuple(may_be)
        if usual in among:
            return str(usual)
        different: dict[tuple[timedelta, ...], str] = {}
        for name in among:
            different.setdefault(offsets(name, now.year), name)
        first, *others = different.values()
        if others:
            raise ZoneUnclear(
                said, tuple(ZoneOffer(z, offset_of(z, now)) for z in (first, *others))
            )
        return first

    def at_offset(self, offset: timedelta, now: datetime) -> tuple[ZoneOffer, ...]:
        """At most three zones that have this difference to UTC at present, the most used first."""
        same = [name for name in self._order if offset_of(name, now) == offset]
        return tuple(ZoneOffer(name, offset) for name in same[:_SUGGESTED])

    def _may_be_chosen(self, name: str) -> bool:
        return name in self._names and ("/" in name or name == UTC)

    def _certain_names(self) -> dict[str, str]:
        cities = {
            folded(city_of(name)): name
            for name in sorted(self._names, key=self._rank_of, reverse=True)
            if is_own_place(name)
        }
        full = {key: name for name, key in self._names.items() if "/" in name}
        return cities | full | (dict.fromkeys(_UTC_NAMES, UTC) if UTC in self._names else {})

    def _all_places(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name in (name for name in self._order if not is_misleading(name)):
            yield city_of(name).replace("_", " "), (name,)
        yield from self._gazetteer.places()

    def _rank_of(self, name: str) -> int:
        return self._order.get(name, _NOWHERE)

    def _abbreviated(self, now: datetime) -> dict[str, tuple[str, ...]]:
        year, known = self._by_abbreviation
        if year != now.year:
            known = by_abbreviation(self._order, now.year)
            for short, zones in self._gazetteer.abbreviations.items():
                more = (zone for zone in zones if zone in self._names)
                known[short] = tuple(dict.fromkeys((*known.get(short, ()), *more)))
            self._by_abbreviation = (now.year, known)
        return known

    def _offer(self, name: str, heard: str | None, now: datetime) -> ZoneOffer:
        is_short = heard is not None and heard in self._abbreviated(now)
        used = abbreviations(name, now.year) if is_short else ()
        return ZoneOffer(name, offset_of(name, now), heard, used)

    def _matches(self, typed: str, now: datetime) -> Iterator[tuple[str, str | None]]:
        """Zones that fit what is typed, the best first, each with what was heard."""
        wanted = folded(typed[:_LONGEST])
        if not wanted:
            return
        short = self._spoken.get(wanted, wanted).upper()
        by_short = self._abbreviated(now).get(short, ())
        yield from ((name, short) for name in sorted(by_short, key=self._rank_of))
        if by_short:
            yield from ((name, self._country(short)) for name in self._gazetteer.of_country(short))
        found = [*self._own_matches(wanted), *self._place_matches(wanted)]
        if found:
            yield from ((name, heard) for *_, name, heard in sorted(found, key=lambda f: f[:4]))
        else:
            yield from self._near(wanted, _NEAR)

    def _country(self, code: str) -> str | None:
        return next(iter(self._gazetteer.countries.get(code, ())), None)

    def _own_matches(self, wanted: str) -> Iterator[tuple[int, bool, int, str, str | None]]:
        for name, key in self._names.items():
            fits = rank(wanted, key)
            if fits is not None and self._may_be_chosen(name):
                yield fits, is_old(name), 0, name, None

    def _place_matches(self, wanted: str) -> Iterator[tuple[int, bool, int, str, str | None]]:
        for key, zones in self._places.items():
            fits = rank(wanted, key)
            # The middle of a word is no reason to think of a city far away.
            if fits is not None and fits <= 2:
                for name in zones:
                    yield fits, False, 1 + self._rank_of(name), name, self._titles[key]

    def _near(self, wanted: str, cutoff: int) -> Iterator[tuple[str, str | None]]:
        cities = {
            name: city_of(key)
            for name, key in self._names.items()
            if not is_old(name) and not is_misleading(name)
        }
        near = process.extract(
            city_of(wanted), cities, scorer=fuzz.ratio, score_cutoff=cutoff, limit=25
        )
        places = process.extract(
            city_of(wanted), list(self._places), scorer=fuzz.ratio, score_cutoff=cutoff, limit=25
        )
        ranked: list[tuple[float, str, str | None]] = [
            (-score, name, None) for _, score, name in near
        ]
        for key, score, _ in places:
            ranked += [(-score, name, self._titles[key]) for name in self._places[key]]
        yield from ((name, heard) for _, name, heard in sorted(ranked, key=lambda r: r[0]))
