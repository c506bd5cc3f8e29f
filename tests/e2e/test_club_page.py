"""A reading club in a browser: made in words, answered, skipped, moved, edited, over a clock change."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.viewer import DESK, become, fits, press, run, says, server, visiting

pytestmark = pytest.mark.browser

CLUB = re.compile("Reading club")
DAY = timedelta(days=1)


def next_day(page: Page) -> None:
    now = page.locator("#now")
    before = now.get_attribute("datetime") or ""
    page.get_by_role("button", name="Move the time by a day").click()
    expect(now).not_to_have_attribute("datetime", before, timeout=60_000)


def begins(page: Page) -> datetime:
    """When the story does: two days before a session, four before the clocks change."""
    return datetime.fromisoformat(page.locator("#now").get_attribute("datetime") or "")


def shown(day: datetime, at: time) -> str:
    """A session in Berlin as a browser in London's winter shows it."""
    moment = datetime.combine(day.date(), at, ZoneInfo("Europe/Berlin")).astimezone(UTC)
    return f"{moment:%A, %B} {moment.day}, {moment.year} at {moment.hour - 12}:00"


def test_a_club_from_its_first_words_over_a_clock_change(
    browser: Browser, club_address: str
) -> None:
    with visiting(browser, club_address, DESK) as page:
        start = begins(page)
        run(page, "club next")
        says(page, shown(start + 2 * DAY, time(18)))
        press(page, "Going")
        says(page, "Going (6):")
        become(page, "Tomás")
        press(page, "Maybe")
        says(page, "Maybe (2):")
        fits(page)

        become(page, "Amara", organiser=True)
        run(page, "schedule create", "Night owls", "Sundays 02:30 Europe/Berlin")
        says(page, "The clocks go")
        fits(page)
        press(page, "Save")
        says(page, "A new club")

        run(page, "schedule skip", re.compile("Night owls"))
        says(page, "does not meet on")
        run(page, "schedule move", CLUB, "Sat 11:00")
        says(page, "Move the session of")
        press(page, "Save")
        says(page, "A session is moved")
        run(page, "schedule plan", CLUB)
        says(page, "Nothing is stored")
        press(page, "Save")
        says(page, "have their reading")

        third = start + 16 * DAY
        run(page, "schedule edit", CLUB)
        form = server(page).get_by_role("dialog")
        when = f"Fridays 19:00 Europe/Berlin from {third.day} {third:%B %Y}"
        form.get_by_role("textbox").nth(1).fill(when)
        form.get_by_role("button", name="Submit").click()
        says(page, "This would change")
        says(page, shown(third, time(19)))
        press(page, "Save")
        says(page, "A club has changed")
        press(page, "Calendar file")
        says(page, "nothing comes twice")

        for _ in range(4):
            next_day(page)
        says(page, "meets")
        run(page, "club next", CLUB)
        says(page, shown(start + 9 * DAY, time(18)))
        fits(page)
