"""When a club meets, in words that can be read back, and as Discord shows moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.schedule.series import Break, Occurrence, Recurrence, Remark, Series
from bot.domain.zones import is_own_place
from bot.render.markdown import plain
from bot.render.member_settings import offset_text
from bot.render.times import timestamp
from bot.render.words import N_, Words

WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
)  # fmt: skip
_QUOTED = 40
_SHORT_WEEKDAYS = (
    N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
)  # fmt: skip
_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_SHORT_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
    N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
_ORDINALS = {
    1: N_("first"), 2: N_("second"), 3: N_("third"), 4: N_("fourth"), -1: N_("last"),
}  # fmt: skip


def in_words(recurrence: Recurrence, zone: str, words: Words) -> str:
    """The rule of a series: "every 2 weeks on Thursday at 19:00, New York time".

    The English words, read by ``read_when``, give the same recurrence and zone.
    """
    return words.text(
        "{days} at {time}, {zone}",
        days=days_in_words(recurrence, words),
        time=clock(recurrence.at),
        zone=zone_in_words(zone, words),
    )


def series_in_words(series: Series, words: Words) -> str:
    """The whole of a series: its rule, begin, end and breaks."""
    return _listed_parts(series, words, begin=True)


def _listed_parts(series: Series, words: Words, *, begin: bool) -> str:
    parts = [in_words(series.recurrence, series.zone, words)]
    if begin:
        parts.append(words.text("from {day}", day=day_in_words(series.start, words)))
    if series.until is not None:
        parts.append(words.text("until {day}", day=day_in_words(series.until, words)))
    if series.count is not None:
        parts.append(words.plural("{n} session", "{n} sessions", series.count))
    if series.breaks:
        breaks = listed([_break(b, words) for b in series.breaks], words)
        parts.append(words.text("except {breaks}", breaks=breaks))
    return ", ".join(parts)


def days_in_words(recurrence: Recurrence, words: Words) -> str:
    """On which days, without the time: "every Tuesday", "on the first Monday of each month"."""
    every = recurrence.every
    weekdays = weekdays_in_words(recurrence.weekdays, words)
    if recurrence.ordinals:
        days = words.text(
            "{ordinals} {weekdays}",
            ordinals=listed([words.text(_ORDINALS[n]) for n in recurrence.ordinals], words),
            weekdays=weekdays,
        )
        if every == 1:
            return words.text("on the {days} of each month", days=days)
        return words.plural(
            "every month on the {days}", "every {n} months on the {days}", every, days=days
        )
    if every > 1:
        return words.plural(
            "every week on {days}", "every {n} weeks on {days}", every, days=weekdays
        )
    if len(recurrence.weekdays) == len(WEEKDAYS):
        return words.text("every day")
    return words.text("every {days}", days=weekdays)


def weekdays_in_words(weekdays: Sequence[int], words: Words) -> str:
    """Weekdays by number, Monday 0: "Tuesday and Thursday"."""
    return listed([words.text(WEEKDAYS[day]) for day in weekdays], words)


def zone_in_words(zone: str, words: Words) -> str:
    """A zone as people call it ("New York time"), or its name where the city alone may mislead."""
    name = zone.replace("_", " ")
    if not is_own_place(zone):
        return name
    return words.text("{city} time", city=name.rsplit("/", 1)[-1])


def day_in_words(day: date, words: Words) -> str:
    """A day: "3 December 2026"."""
    month = words.text(_MONTHS[day.month - 1])
    return words.text("{day} {month} {year}", day=day.day, month=month, year=day.year)


def short_day(day: date, words: Words) -> str:
    """A day that is not far off: "Tue 1 Dec"."""
    return words.text(
        "{weekday} {day} {month}",
        weekday=words.text(_SHORT_WEEKDAYS[day.weekday()]),
        day=day.day,
        month=words.text(_SHORT_MONTHS[day.month - 1]),
    )


def clock(at: time) -> str:
    """A time of day: "19:00"."""
    return f"{at:%H:%M}"


def moment_in_words(at: datetime, zone: str, words: Words) -> str:
    """An aware moment where timestamps do not render: "Thu 3 December 2026, 19:00 EST".

    In wall-clock time of the zone, with its abbreviation, or its difference to UTC where the
    abbreviation is a number.
    """
    local = at.astimezone(ZoneInfo(zone))
    return words.text(
        "{weekday} {day}, {time} {zone}",
        weekday=words.text(_SHORT_WEEKDAYS[local.weekday()]),
        day=day_in_words(local.date(), words),
        time=clock(local.time()),
        zone=abbreviation_of(at, zone),
    )


def abbreviation_of(at: datetime, zone: str) -> str:
    """What a zone's time is called at an aware moment: "CEST", or "UTC-3" for a number."""
    local = at.astimezone(ZoneInfo(zone))
    name = local.tzname() or ""
    offset = local.utcoffset()
    return name if name.isalpha() or offset is None else offset_text(offset)


def moment_text(at: datetime, words: Words) -> str:
    """An aware moment as Discord shows it to each reader: day and time, and in how long."""
    return words.text("{day} ({left})", day=timestamp(at, "F"), left=timestamp(at, "R"))


def echo(series: Series, coming: Sequence[Occurrence], words: Words) -> str:
    """What was understood, for confirmation: the words, and the first sessions as moments."""
    # The first day is said by the first session, if there is one.
    understood = _listed_parts(series, words, begin=not coming)
    lines = [understood[:1].upper() + understood[1:] + "."]
    if not coming:
        return "\n".join([*lines, words.text("No session falls into that time.")])
    lines.append(words.text("First session: {moment}", moment=moment_text(coming[0].starts, words)))
    if then := [timestamp(session.starts, "F") for session in coming[1:]]:
        lines.append(words.text("Then: {moments}", moments=", ".join(then)))
    remarks = [remark_text(session, words) for session in coming if session.remark is not None]
    return "\n".join(lines + remarks)


def remark_text(session: Occurrence, words: Words) -> str:
    """What is to be said of a session on the day of a clock change (one that has a remark)."""
    day, wall = timestamp(session.starts, "D"), clock(session.wall.time())
    if session.remark is Remark.GAP:
        return words.text(
            "The clocks go forward on {day} and {wall} does not come: that session begins at "
            "{starts}.",
            day=day,
            wall=wall,
            starts=timestamp(session.starts, "t"),
        )
    return words.text(
        "The clocks go back on {day} and {wall} comes twice: the first is meant.",
        day=day,
        wall=wall,
    )


def listed(items: Sequence[str], words: Words) -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return words.text("{most} and {last}", most=", ".join(items[:-1]), last=items[-1])


def either(options: Sequence[str], words: Words) -> str:
    """Items to choose from: "a", "a or b", "a, b or c"."""
    if len(options) < 2:
        return "".join(options)
    return words.text("{most} or {last}", most=", ".join(options[:-1]), last=options[-1])


def quoted(said: str) -> str:
    """A member's own words, short and with nothing live in them."""
    kept = plain(said, _QUOTED).replace("`", "'")
    return f"`{kept}`"


def _break(pause: Break, words: Words) -> str:
    first, last = (day_in_words(day, words) for day in (pause.first, pause.last))
    if pause.first == pause.last:
        return first
    return words.text("{first} to {last}", first=first, last=last)
