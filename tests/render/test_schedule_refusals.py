"""Each question about a time is asked in its own words, and says what to do next."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest

from bot.domain.errors import ClubError
from bot.domain.schedule.reading import errors as e
from bot.domain.schedule.series import Recurrence
from bot.domain.zones import ZoneOffer, ZoneUnclear
from bot.render.refusals import refusal
from bot.render.words import Words

ENGLISH = Words()
DAY, LATER = date(2026, 12, 3), date(2027, 3, 12)
PLACES = (
    ZoneOffer("America/Chicago", timedelta(hours=-6)),
    ZoneOffer("Asia/Shanghai", timedelta(hours=8)),
)
SAID: dict[ClubError, str] = {
    e.WordsTooLong(200): "longer than 200 characters",
    e.WordsUnprintable(): "cannot be seen",
    e.WordsUnclear(("florp",)): "I do not understand `florp`. Leave it out",
    e.MomentUnclear(("florp",)): "say it like `Fri 19:00`, `tomorrow at 7 pm`",
    e.MomentUnclear(("Teusday",), "tuesday"): "Did you mean `Tuesday`?",
    e.WordsUnclear(("Teusday",), "tuesday"): "Did you mean `Tuesday`?",
    e.DayMissing(): "On which day?",
    e.DayOfMonth(15): "Which weekday",
    e.OrdinalMissing((1, 3)): "Which Tuesday and Thursday of the month?",
    e.OrdinalImpossible(4): "fifth Friday",
    e.TwoRhythms(): "Which one is it?",
    e.RhythmUnclear((Recurrence((1,), time(0), 2), Recurrence((1,), time(0), 1, (2,)))):
        "`every 2 weeks on Tuesday` or `on the second Tuesday of each month`?",
    e.RhythmImpossible(52, is_monthly=False): "how many weeks? From 1 to 52",
    e.RhythmImpossible(12, is_monthly=True): "how many months? From 1 to 12",
    e.TimeMissing(): "At what time?",
    e.TimeAmbiguous((time(7), time(19))): "Do you mean `07:00` or `19:00`?",
    e.TwoTimes(time(18), time(20)): "`18:00` and `20:00`. Which one",
    e.TimeImpossible("25:61"): "no time `25:61`",
    e.LengthGiven(): "`length`",
    e.DateUnsure((DAY, LATER)): "Do you mean `3 December 2026` or `12 March 2027`?",
    e.DateImpossible("30 February"): "no day `30 February`",
    e.DateTooFar(5): "more than 5 years ahead",
    e.DatePast(DAY): "3 December 2026 is over",
    e.TimePast(time(10)): "`10:00` on that day is over",
    e.DateLoose(DAY): "Is 3 December 2026 the first day or the last?",
    e.DatesBackwards(LATER, DAY): "3 December 2026 comes before 12 March 2027",
    e.WeekdayWrong(DAY): "3 December 2026 is a Thursday",
    e.SaidTwice(e.Part.START): "two first days",
    e.SaidTwice(e.Part.END): "when it ends",
    e.SaidTwice(e.Part.DAY): "two days",
    e.SaidTwice(e.Part.ZONE): "two time zones",
    e.CountImpossible(1000): "from 1 to 1000",
    e.ZoneMissing(): "In which time zone?",
    e.ZoneIsOffset("UTC-6", PLACES): "At present it is the time of `America/Chicago` and `Asia/Shanghai`",
    e.ZoneIsOffset("UTC+25", ()): "No place has the time `UTC+25`",
    ZoneUnclear("CST", PLACES): "`CST` can mean different times: `America/Chicago` (UTC-6) or `Asia/Shanghai` (UTC+8)",
}  # fmt: skip


@pytest.mark.parametrize("error", SAID, ids=lambda error: type(error).__name__)
def test_each_error_has_its_own_question(error: ClubError) -> None:
    sentence = refusal(error, ENGLISH)
    assert SAID[error] in sentence
    assert re.search(r"[.?]$", sentence)
    assert "{" not in sentence


def test_no_error_is_left_without_words() -> None:
    families = (e.WhenUnread, e.WordsUnclear)
    known = {error for family in families for error in family.__subclasses__()}
    assert {type(error) for error in SAID} == {*known, ZoneUnclear}


@pytest.mark.parametrize(
    "said", ["`**x**`", "<@1> @everyone", "\u202e\0", "[x](https://evil.example)", "x" * 5000, "a\nb"]
)  # fmt: skip
def test_a_members_words_are_quoted_with_nothing_live_in_them(said: str) -> None:
    for error in (e.WordsUnclear((said,) * 9), e.TimeImpossible(said), ZoneUnclear(said, PLACES)):
        sentence = refusal(error, ENGLISH)
        assert len(sentence) < 500
        assert sentence.count("`") % 2 == 0
        assert not {"\u202e", "\0", "\n"} & set(sentence)
        outside = re.sub(r"`[^`]*`", "", sentence)
        assert not re.search(r"@|\*|evil|<", outside)
