"""Whatever is typed, the answer is a series, a moment or one polite question, and it comes soon."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import ClubError
from bot.domain.schedule.reading import errors, read_moment, read_when
from bot.domain.zones import ZoneUnclear, ZoneUnknown
from bot.render.refusals import refusal
from bot.render.words import Words
from tests.domain.schedule.reading.places import BERLIN, MONDAY, ZONES

HOSTILE = (
    "", " ", "25:61", "Tue 25:61", "Tue 18:00 from 30 February", "Tue 18:00 until 31 Dec 9999",
    "Tue 18:00 until 9999-12-31", "Tue 18:00 from 0000-00-00", "Tue 18:00 for 9999 weeks",
    "Tue 18:00 America", "Tue 18:00 posixrules", "Tue 18:00 ../../etc/passwd", "Tue 18:00 /etc/localtime",
    "Tue 18:00 right/UTC", "Tue 18:00 Etc/GMT+5", "Tue 18:00 Europe/../Europe/Nowhere", "Tue 18:00 Factory",
    "Tue 18:00 localtime", "Tue 18:00 " + "x" * 5000, "x" * 5000, "Tue 18:00 " + "1" * 180, "9" * 200,
    "Tue 18:00\0", "Tue 18:00 \u202eUTC", "Tue ١٨:٠٠", "Tue １８:00", "Tue 18:0² ", "Tue 18:00 @everyone <@1>",
    "Tue 18:00 `code` **bold** [x](https://evil.example)", "Tue 18:00 {words} %s {0.__class__}",
    "Tue 18:00 '; DROP TABLE club; --", "Tue 18:00 \ud800", "📅 ⏰ 🦊", "every " * 33, "except " * 28,
    "from " * 40, "1st " * 50, "and " * 50, "((((((((((((((((((((((((((((((((((((((((((", "-" * 200,
    "Tue 18:00 for 0 weeks", "every 9999 months on the first Tue 18:00", "at at at at", "18:00:99 Tue 18:00:99 nix",
    "Tue -18:00 UTC+99", "until until 1 Jan", "Tue 18:00 UTC+14:99", "0th Tue 18:00", "in 9999 years 18:00 x",
)  # fmt: skip
_OURS = (errors.WhenUnread, ZoneUnknown, ZoneUnclear)
_SOUP_WORDS = (
    "every each other 2 second 1st first last 15th of the month week weekly twice a biweekly Mon Tue "
    "Thursdays - to and , from until for except no 3 Dec 22 / . 2026 2027-01-05 31 at 7 pm am 18:00 "
    "25:61 noon in next end 10 sessions weeks UTC + CET New York Cambridge UK florp tonight h Z"
)
_SOUP = st.lists(
    st.sampled_from(_SOUP_WORDS.split(" ")),
    max_size=14,
).map(" ".join)


@pytest.mark.parametrize("said", HOSTILE)
def test_a_hostile_series_gets_one_polite_refusal(said: str) -> None:
    with pytest.raises(_OURS) as refused:
        read_when(said, ZONES, BERLIN, MONDAY)
    sentence = refusal(refused.value, Words())
    assert sentence != "That is not possible right now."
    assert len(sentence) < 700
    outside = re.sub(r"`[^`]*`", "", sentence)
    assert not re.search(r"[*<@\[\0\u202e]|xxx|evil", outside)
    assert "x" * 50 not in sentence


@pytest.mark.parametrize("said", HOSTILE)
def test_a_hostile_moment_gets_one_polite_refusal(said: str) -> None:
    with pytest.raises(_OURS) as refused:
        read_moment(said, ZONES, BERLIN, MONDAY)
    assert refusal(refused.value, Words()) != "That is not possible right now."


@pytest.mark.parametrize(
    "piece", ["every ", "1st ", "and ", "from 1 ", "a/b/", "1:", "New York ", "- "]
)
def test_the_longest_text_takes_no_longer_than_a_blink(piece: str) -> None:
    began = time.process_time()
    for read in (
        lambda said: read_when(said, ZONES, BERLIN, MONDAY),
        lambda said: read_moment(said, ZONES, BERLIN, MONDAY),
    ):
        with suppress(ClubError):
            read((piece * 200)[:200])
    assert time.process_time() - began < 0.5


def assert_has_words(question: ClubError) -> None:
    assert refusal(question, Words()) != "That is not possible right now."


@given(st.text(max_size=220) | _SOUP)
def test_nothing_but_a_question_or_a_series_comes_back(said: str) -> None:
    try:
        found = read_when(said, ZONES, BERLIN, MONDAY)
    except _OURS as asked:
        assert_has_words(asked)
    else:
        series = found.series
        assert series.zone in ZONES
        assert series.recurrence.weekdays == tuple(sorted(set(series.recurrence.weekdays)))
        assert set(series.recurrence.ordinals) <= {1, 2, 3, 4, -1}
        assert series.until is None or series.until >= series.start
        assert series.until is None or series.count is None


@given(st.text(max_size=220) | _SOUP)
def test_nothing_but_a_question_or_a_moment_ahead_comes_back(said: str) -> None:
    try:
        wall = read_moment(said, ZONES, BERLIN, MONDAY)
    except _OURS as asked:
        assert_has_words(asked)
    else:
        assert wall.tzinfo is None
        assert wall.isoformat() > "2026-11-30T13:00"
