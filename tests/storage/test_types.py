from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from bot.domain.progress import Depth
from bot.storage.types import Choice, Instant, Snowflake, instant_text
from tests.storage.builders import NOW

SQLITE = sqlite.dialect()

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(
    NOW.replace(year=2, tzinfo=None), NOW.replace(year=9998, tzinfo=None), timezones=offsets
)


@given(moments)
def test_a_moment_comes_back_as_it_was_in_utc(moment: datetime) -> None:
    stored = Instant().process_bind_param(moment, SQLITE)
    back = Instant().process_result_value(stored, SQLITE)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC


@given(moments, moments)
def test_stored_moments_sort_as_moments_do(a: datetime, b: datetime) -> None:
    assert len(instant_text(a)) == len(instant_text(b)) == 27
    assert (instant_text(a) < instant_text(b)) == (a < b)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Instant().process_bind_param(NOW.replace(tzinfo=None), SQLITE)


@pytest.mark.parametrize("wrong", [0, -1, 2**63])
def test_what_cannot_be_an_id_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="Discord id"):
        Snowflake().process_bind_param(wrong, SQLITE)


def test_the_largest_id_is_accepted() -> None:
    assert Snowflake().process_bind_param(2**63 - 1, SQLITE) == 2**63 - 1


def test_a_word_outside_the_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="skimmed"):
        Choice(Depth).process_bind_param("skimmed", SQLITE)  # type: ignore[arg-type]  # the point


def test_a_choice_is_stored_as_a_plain_word() -> None:
    assert type(Choice(Depth).process_bind_param(Depth.READ, SQLITE)) is str
    assert Choice(Depth).process_result_value("read", SQLITE) is Depth.READ


@pytest.mark.parametrize("column", [Instant(), Snowflake(), Choice(Depth)])
def test_nothing_stays_nothing(column: Instant | Snowflake | Choice[Depth]) -> None:
    assert column.process_bind_param(None, SQLITE) is None
