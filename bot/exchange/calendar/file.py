"""A club as an iCalendar file (RFC 5545): its rule, and every session that differs from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from uuid import uuid5

from icalendar import Alarm, Calendar, Event, Timezone

from bot.domain.schedule import Occurrence
from bot.exchange.calendar.rule import SeriesRule, last_instant, recurrence_text, series_rule
from bot.exchange.calendar.text import (
    LONGEST_DESCRIPTION,
    LONGEST_PLACE,
    LONGEST_TITLE,
    line,
    lines,
)
from bot.exchange.calendar.values import CalendarSegment, ClubCalendar, SessionText
from bot.exchange.calendar.zone import time_zone

# So long after the last session given the zones are right where they follow no rule.
_YEARS_AHEAD = 5
# For a name without a visible character.
_NAMELESS = "Theory Club"


def calendar_file(club: ClubCalendar) -> bytes:
    """The file, in UTF-8. The same club gives the same bytes."""
    file = Calendar()
    file.add("PRODID", "-//Theory Club//Theory Club//EN")
    file.add("VERSION", "2.0")
    file.add("CALSCALE", "GREGORIAN")
    name = line(club.name, LONGEST_TITLE)
    # RFC 7986, and what programs read that are older than it.
    file.add("NAME", name)
    file.add("X-WR-CALNAME", name)
    rules = [(one, _rule_of(one, club.covers)) for one in club.segments]
    meeting = [(segment, rule) for segment, rule in rules if rule is not None]
    for component in _zones(club, meeting):
        file.add_component(component)
    for segment, rule in meeting:
        for event in _events(club, segment, rule):
            file.add_component(event)
    made: bytes = file.to_ical()
    return made


def segment_uid(club: ClubCalendar, segment: CalendarSegment) -> str:
    """The UID of a series: the same for as long as this installation's database lives."""
    return str(uuid5(club.deployment, f"club/{club.club_id}/series/{segment.key}"))


def _rule_of(segment: CalendarSegment, covers: date) -> SeriesRule | None:
    return series_rule(segment.series, {one.original for one in segment.occurrences}, covers)


def _zones(
    club: ClubCalendar, meeting: Iterable[tuple[CalendarSegment, SeriesRule]]
) -> Iterator[Timezone]:
    first: dict[str, date] = {}
    for segment, rule in meeting:
        zone = _zone_of(segment)
        first[zone] = min(first.get(zone, rule.first), rule.first)
    for zone in sorted(first):
        last = max(first[zone], club.covers)
        last = date(min(last.year + _YEARS_AHEAD, date.max.year - 1), 1, 1)
        yield time_zone(zone, first[zone], last)


def _events(club: ClubCalendar, segment: CalendarSegment, rule: SeriesRule) -> Iterator[Event]:
    """The series itself, then a component for each session that differs from it."""
    own = [one for one in _stated(segment, rule) if _differs(one, segment)]
    skipped = {one.original for one in _stated(segment, rule) if one.is_skipped}
    left_out = rule.left_out | skipped
    text = SessionText(club.name, club.description)
    zone = _zone_of(segment)
    series = _event(club, segment, text)
    _put(series, "DTSTART", _wall(segment, rule.first), zone)
    until = None if rule.last is None else last_instant(segment.series, rule.last)
    series.add("RRULE", recurrence_text(segment.series.recurrence, until))
    if left_out:
        _put(series, "EXDATE", [_wall(segment, day) for day in sorted(left_out)], zone)
    yield series
    for one in sorted(own, key=lambda occurrence: occurrence.original):
        event = _event(club, segment, segment.texts.get(one.original, text))
        _put(event, "RECURRENCE-ID", _wall(segment, one.original), zone)
        if one.remark is None:
            _put(event, "DTSTART", one.wall, zone)
        else:
            # In UTC, where the time on the wall would be misread.
            event.add("DTSTART", one.starts.astimezone(UTC))
        yield event


def _stated(segment: CalendarSegment, rule: SeriesRule) -> Iterator[Occurrence]:
    """The sessions that belong to the rule as it stands in the file."""
    last = rule.last or date.max
    return (one for one in segment.occurrences if rule.first <= one.original <= last)


def _differs(one: Occurrence, segment: CalendarSegment) -> bool:
    """Whether a session needs its own component.

    So does one on the day of a clock change: programs disagree about times that do not exist or
    come twice, and the club has decided.
    """
    if one.is_skipped:
        return False
    return one.is_moved or one.remark is not None or one.original in segment.texts


def _event(club: ClubCalendar, segment: CalendarSegment, text: SessionText) -> Event:
    event = Event()
    title = line(text.title, LONGEST_TITLE) or line(club.name, LONGEST_TITLE) or _NAMELESS
    event.add("UID", segment_uid(club, segment))
    event.add("DTSTAMP", segment.changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", segment.changed_at.astimezone(UTC))
    event.add("SEQUENCE", segment.sequence)
    event.add("STATUS", "CONFIRMED")
    event.add("SUMMARY", title)
    event.add("DURATION", segment.length)
    if description := lines(text.description, LONGEST_DESCRIPTION):
        event.add("DESCRIPTION", description)
    if place := line(segment.place, LONGEST_PLACE):
        event.add("LOCATION", place)
    if text.url is not None:
        event.add("URL", text.url)
    reminder = line(club.reminder, LONGEST_TITLE) or title
    for before in club.alarms:
        event.add_component(Alarm.new_display(reminder, -before))
    return event


def _zone_of(segment: CalendarSegment) -> str:
    """The zone its times are written in.

    UTC goes by the name of its zone: times that end in Z would be right, but not every program
    knows such a RECURRENCE-ID again.
    """
    zone = segment.series.zone
    return "Etc/UTC" if zone == "UTC" else zone


def _put(event: Event, name: str, walls: datetime | list[datetime], zone: str) -> None:
    """Write wall-clock times (naive) of a zone.

    The zone is named here, because the library would name one of the same rules at its choice.
    """
    event.add(name, walls, parameters={"TZID": zone})


def _wall(segment: CalendarSegment, day: date) -> datetime:
    """The time of the rule on a day, naive."""
    return datetime.combine(day, segment.series.recurrence.at)
