"""What a series and a single moment have in common: a time of day, a part of the day, a zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from rapidfuzz import fuzz, process

from bot.domain.schedule.reading.clock import NOON, Clock, read_clock
from bot.domain.schedule.reading.errors import (
    LengthGiven,
    Part,
    SaidTwice,
    TimeMissing,
    TwoTimes,
    WordsUnclear,
    ZoneIsOffset,
    ZoneMissing,
)
from bot.domain.schedule.reading.tokens import Cursor
from bot.domain.schedule.reading.vocabulary import (
    AFTERNOON,
    FILLER,
    FORENOON,
    GROUPS,
    LENGTH,
    MONTHS,
    NUMBERS,
    ORDINALS,
    WEEKDAYS,
)
from bot.domain.zones import UTC, Zones, ZoneUnknown

_AT = ("at", "@", "um")
# "America/North_Dakota/New_Salem" has nine tokens.
_LONGEST_NAME = 11
_OFFSET_OF = ("utc", "gmt")
_NEAR = 78
# Of what was not understood, so much is looked up as a misspelt place.
_RUNS = 3
_SPELLED = tuple(
    word
    for words in (WEEKDAYS, GROUPS, MONTHS, NUMBERS, ORDINALS)
    for word in words
    if len(word) > 3
)


@dataclass(slots=True)
class Sentence:
    """What has been said so far, beside days. ``now`` is aware; ``usual`` the writer's own zone."""

    cursor: Cursor
    zones: Zones
    usual: str | None
    now: datetime
    clocks: list[Clock] = field(default_factory=list)
    is_afternoon: bool | None = None
    named: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)

    def take_clock_or_zone(self) -> bool:
        """Takes a time, a part of the day or a zone, if one stands here.

        Raises TimeImpossible, LengthGiven.
        """
        return self._take_part_of_day() or self._take_clock() or self._take_zone(shortest=1)

    def take_long_name(self) -> bool:
        """Takes a zone or place of several words, if one stands here ("Jan Mayen" is no month).

        Raises ZoneIsOffset.
        """
        return self._take_offset() or self._take_zone(shortest=2)

    def is_after_at(self) -> bool:
        """Can what follows be nothing but a time of day?"""
        return self.cursor.text(-1) in _AT

    def leave(self) -> None:
        """Passes over the token that stands here: it means nothing, or nothing is known of it."""
        at = self.cursor.at
        if self.cursor.text() not in FILLER:
            if self.unread and self.unread[-1][1] == at:
                self.unread[-1] = (self.unread[-1][0], at + 1)
            else:
                self.unread.append((at, at + 1))
        self.cursor.skip()

    def refuse_unread(self, unclear: type[WordsUnclear] = WordsUnclear) -> None:
        """Raises ZoneUnknown or ``unclear`` when something was not understood."""
        if not self.unread:
            return
        words = tuple(self.cursor.words(*run) for run in self.unread)
        known = process.extractOne(
            words[0].casefold(), _SPELLED, scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        if known is not None:
            raise unclear(words, known[0])
        if not self.named:
            for run in words[:_RUNS]:
                if nearest := self.zones.misspelt(run):
                    raise ZoneUnknown(nearest)
        raise unclear(words)

    def time(self) -> time:
        """The one time that was said. Raises TimeMissing, TimeAmbiguous, TwoTimes."""
        if not self.clocks:
            raise TimeMissing
        first, *others = self.clocks
        for other in others:
            if (first.hour, first.minute) != (other.hour, other.minute):
                # "6-8pm": both in the same half of the day.
                is_afternoon = max(first.hour, other.hour) >= NOON
                times = (clock.settled(is_afternoon=is_afternoon) for clock in (first, other))
                raise TwoTimes(*times)
        sure = [clock for clock in self.clocks if clock.is_sure]
        return (sure or self.clocks)[0].settled(is_afternoon=self.is_afternoon)

    def zone(self) -> str:
        """The one zone that was said, or else the usual one.

        Raises ZoneMissing, ZoneUnclear, SaidTwice.
        """
        if not self.named:
            if self.usual is None:
                raise ZoneMissing
            return self.usual
        said, among = self.named[0]
        for other, others in self.named[1:]:
            # "Cambridge, UK": what fits all that was said.
            among = tuple(zone for zone in among if zone in others)
            said = f"{said}, {other}"
        if not among:
            raise SaidTwice(Part.ZONE)
        return self.zones.settled(said, among, self.now, self.usual)

    def _take_part_of_day(self) -> bool:
        for words, is_afternoon in ((FORENOON, False), (AFTERNOON, True)):
            if self.cursor.text() in words:
                self.is_afternoon = is_afternoon
                self.cursor.skip()
                return True
        return False

    def _take_clock(self) -> bool:
        number = self.cursor.number(digits=(1, 2, 3))
        if number is not None and self.cursor.text(1) in LENGTH:
            raise LengthGiven
        clock = read_clock(self.cursor, is_after_at=self.is_after_at())
        if clock is not None:
            self.clocks.append(clock)
        return clock is not None

    def _take_zone(self, shortest: int) -> bool:
        """Takes the longest name of a zone or place that begins here."""
        cursor = self.cursor
        start = cursor.at
        # At the end "AT" is no preposition.
        is_filler = cursor.text() in FILLER and bool(cursor.text(1))
        if not cursor.tokens[start].is_word or (shortest == 1 and is_filler):
            return False
        longest = _LONGEST_NAME if self.zones.has_name_from(cursor.text()) else 1
        for count in range(min(longest, len(cursor.tokens) - start), shortest - 1, -1):
            said = cursor.words(start, start + count)
            is_sign = not cursor.text(count - 1)[0].isalnum()
            if not is_sign and (found := self.zones.named(said, self.now)):
                self.named.append((said, found))
                cursor.skip(count)
                return True
        return False

    def _take_offset(self) -> bool:
        """Refuses "UTC+2" and "+02:00"; "UTC+0" is UTC, and "-19:30" the end of a session."""
        cursor = self.cursor
        began = cursor.at
        is_reversed = cursor.take("etc / gmt")  # "Etc/GMT+5" is five hours behind
        is_utc = is_reversed or cursor.take(*_OFFSET_OF)
        sign = {"+": 1, "-": -1, "−": -1}.get(cursor.text())
        hours = cursor.number(1)
        minutes = cursor.number(3) if cursor.text(2) == ":" else None
        is_offset = sign is not None and hours is not None and cursor.is_glued()
        is_bare = sign == 1 and minutes is not None and cursor.is_glued(0)
        if not is_offset or not (is_utc or is_bare):
            cursor.at = began
            return False
        cursor.skip(2 if minutes is None else 4)
        ahead = -(sign or 1) if is_reversed else (sign or 1)
        offset = ahead * timedelta(hours=hours or 0, minutes=minutes or 0)
        if offset or UTC not in self.zones:
            raise ZoneIsOffset(cursor.words(began), self.zones.at_offset(offset, self.now))
        self.named.append((UTC, (UTC,)))
        return True
