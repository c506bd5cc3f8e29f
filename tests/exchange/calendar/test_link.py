"""The link that puts one session into Google's calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from bot.exchange.calendar import LONGEST_LINK, LinkedSession, google_link

HOUR = timedelta(hours=1)
STARTS = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)
THREAD = "https://discord.com/channels/123456789012345678/123456789012345678"


def linked(title: str = "Theories", place: str = "", details: str = "") -> LinkedSession:
    return LinkedSession(title, STARTS, HOUR, "Europe/Berlin", place, details)


def asked(link: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}


def test_a_link_says_what_when_and_where() -> None:
    link = google_link(linked("Circuits & splines: 1–3", "Room 3, 2nd floor", THREAD))
    assert link.startswith("https://calendar.google.com/calendar/render?")
    assert asked(link) == {
        "action": "TEMPLATE",
        "text": "Circuits & splines: 1–3",
        "dates": "20260331T160000Z/20260331T170000Z",
        "ctz": "Europe/Berlin",
        "location": "Room 3, 2nd floor",
        "details": THREAD,
    }


def test_without_a_place_and_details_none_are_asked_for() -> None:
    assert set(asked(google_link(linked()))) == {"action", "text", "dates", "ctz"}


def test_a_start_in_another_zone_is_the_same_instant() -> None:
    elsewhere = STARTS.astimezone(timezone(timedelta(hours=2)))
    assert google_link(LinkedSession("T", elsewhere, HOUR, "UTC")) == google_link(
        LinkedSession("T", STARTS, HOUR, "UTC")
    )


def test_a_long_title_ends_with_an_ellipsis_and_leaves_room_for_the_place() -> None:
    found = asked(google_link(linked("a" * 500, "Room 3", THREAD)))
    assert found["text"].endswith("a…")
    assert found["location"] == "Room 3"
    assert found["details"] == THREAD


def test_an_address_that_does_not_fit_is_left_out_whole() -> None:
    address = "https://example.org/" + "%20" * 60
    found = asked(google_link(linked("é" * 100, "Room 3", address)))
    assert "details" not in found
    assert found["location"] == "Room 3"


def test_a_title_uses_all_the_room_when_nothing_else_needs_it() -> None:
    title = "Feature learning in deep networks, sections 1 to 7, " * 3
    assert asked(google_link(linked(title)))["text"] == title.strip()


@given(
    st.text(max_size=4000), st.text(max_size=300), st.text(max_size=300),
    st.sampled_from(["Europe/Berlin", "America/Argentina/ComodRivadavia", "UTC"]),
)  # fmt: skip
def test_no_text_breaks_a_link_or_its_limit(
    title: str, place: str, details: str, zone: str
) -> None:
    link = google_link(LinkedSession(title, STARTS, HOUR, zone, place, details))
    assert len(link) <= LONGEST_LINK
    assert link.isascii()
    assert not any(c in link for c in ' "<>\\^`{|}\r\n')
    found = asked(link)
    assert set(found) <= {"action", "text", "dates", "ctz", "location", "details"}
    assert found["dates"] == "20260331T160000Z/20260331T170000Z"
    assert found["ctz"] == zone
