"""The words for days, months, numbers and rhythms: English, and weekdays in German and French."""

from __future__ import annotations

from types import MappingProxyType

_DAYS = (
    "monday mon mo mondays montag montags lundi lundis",
    "tuesday tue tues tu tuesdays dienstag dienstags mardi mardis",
    "wednesday wed weds wednesdays mittwoch mittwochs mercredi mercredis",
    "thursday thu thur thurs thursdays donnerstag donnerstags jeudi jeudis",
    "friday fri fr fridays freitag freitags vendredi vendredis",
    "saturday sat sa saturdays samstag samstags sonnabend sonnabends samedi samedis",
    "sunday sun su sundays sonntag sonntags dimanche dimanches",
)
_MONTHS = (
    "january jan januar", "february feb februar", "march mar", "april apr", "may",
    "june jun juni", "july jul juli", "august aug", "september sep sept", "october oct oktober",
    "november nov", "december dec dezember dez",
)  # fmt: skip
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip

WEEKDAYS = MappingProxyType({word: n for n, words in enumerate(_DAYS) for word in words.split()})
"""The number of a weekday, Monday 0."""

GROUPS = MappingProxyType(
    {
        "weekday": (0, 1, 2, 3, 4), "weekdays": (0, 1, 2, 3, 4), "workdays": (0, 1, 2, 3, 4),
        "weekend": (5, 6), "weekends": (5, 6), "daily": tuple(range(7)),
    }
)  # fmt: skip
"""Several weekdays in a word."""

MONTHS = MappingProxyType({word: n for n, words in enumerate(_MONTHS, 1) for word in words.split()})
"""The number of a month, January 1."""

NUMBERS = MappingProxyType({word: n for n, word in enumerate(_NUMBERS, 1)})

ORDINALS = MappingProxyType(
    {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1}
)
"""Which of its weekday in the month."""

ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})

WEEK = frozenset({"week", "weeks", "wk", "wks"})
MONTH = frozenset({"month", "months"})
DAY = frozenset({"day", "days"})
YEAR = frozenset({"year", "years"})
LENGTH = frozenset({"minute", "minutes", "min", "mins", "hour", "hours"})
SESSIONS = frozenset({"session", "sessions", "meeting", "meetings", "times", "occurrences"})

FORENOON = frozenset({"am", "morning", "mornings"})
AFTERNOON = frozenset(
    {"pm", "afternoon", "afternoons", "evening", "evenings", "night", "nights", "tonight"}
)

AND = frozenset({",", "and", "&", "+", "/", ";", "und"})
FILLER = AND | frozenset(
    {
        "on", "at", "@", "the", "in", "of", "we", "meet", "meets", "meeting", "meetings", "session",
        "sessions", "a", "time", "local", "my", "our", "please", "always", "um", "from", "to",
        "until", "till", "for", "between", "sharp", "it", "is",
        ".", ":", "(", ")", "-", "–", "—", "!", "?", '"', "'", "’", "“", "”", "„",
    }
)  # fmt: skip
"""Words without a meaning of their own here."""
