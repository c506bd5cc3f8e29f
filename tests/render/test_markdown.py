"""What members type comes out dead and within its limits."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.render.markdown import escape, fit, link, size

LIVE = re.compile(r"<[^\u200b]|<$")


@given(st.text())
def test_nothing_live_survives_escaping(text: str) -> None:
    safe = escape(text)
    assert not LIVE.search(safe)
    assert "@everyone" not in safe
    assert "@here" not in safe
    assert not re.search(r"(?<!\\)\[", safe)
    assert "://" not in safe
    assert "\n" not in safe
    assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in safe)


@given(st.text(alphabet="@everyonehr<#/:t!&0123456789>[]()*_`~|\\ \u202e\x00"))
def test_nothing_live_survives_escaping_of_hostile_letters(text: str) -> None:
    safe = escape(text)
    assert not LIVE.search(safe)
    assert "@everyone" not in safe
    assert "@here" not in safe


def test_brackets_hide_nothing_and_cost_nothing() -> None:
    assert escape("[a](**b** ||s||)") == "\\[a\\](\\*\\*b\\*\\* \\|\\|s\\|\\|)"
    assert len(escape("[](" * 100_000)) < 1000


def test_plain_words_stay_as_they_are() -> None:
    assert escape("Montúfar 2024, ε-machine") == "Montúfar 2024, ε-machine"


@given(st.text(), st.integers(min_value=1, max_value=200))
def test_a_fitted_text_is_within_the_limit_in_both_counts(text: str, limit: int) -> None:
    fitted = fit(text, limit)
    assert len(fitted) <= limit
    assert len(fitted.encode("utf-16-le", "surrogatepass")) <= 2 * limit
    if size(text) <= limit:
        assert fitted == text


def test_what_lies_outside_the_basic_plane_counts_twice() -> None:
    assert size("🦊🦊") == 4
    assert fit("🦊" * 10, 7) == "🦊🦊🦊…"


def test_a_cut_text_ends_at_a_word() -> None:
    assert fit("one two three four", 12) == "one two…"


def test_a_link_survives_brackets_in_title_and_address() -> None:
    assert (
        link("A [draft]", "https://a.example/x_(y)") == "[A (draft)](https://a.example/x_%28y%29)"
    )
