"""A week of reminders in a browser: in the channel, held through quiet hours, and muted."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_club_page import DAY, begins, next_day
from tests.e2e.viewer import DESK, become, fits, press, run, says, server, timeline, visiting

pytestmark = pytest.mark.browser

DIRECT = "Direct messages with Theory Club"


def next_hour(page: Page) -> None:
    now = page.locator("#now")
    before = now.get_attribute("datetime") or ""
    page.get_by_role("button", name="Move the time by an hour").click()
    expect(now).not_to_have_attribute("datetime", before, timeout=60_000)


def open_settings(page: Page) -> None:
    run(page, "me settings")
    press(page, "Reminders and DMs")
    says(page, "Your reminders in this server")


def be_told_directly(page: Page, *quiet: str) -> None:
    """In a direct message, but not within these hours of the zone."""
    where = timeline(page).get_by_role("combobox", name="Where I am reminded of sessions").last
    where.click()
    timeline(page).get_by_role("option", name="By direct message").last.click()
    says(page, "by direct message, a day and an hour before")
    press(page, "Quiet hours")
    form = server(page).get_by_role("dialog")
    for place, typed in enumerate(quiet):
        form.get_by_role("textbox").nth(place).fill(typed)
    form.get_by_role("button", name="Submit").click()
    says(page, " to ".join(quiet[:2]))


def told(page: Page, words: str) -> list[str]:
    """When each message came that begins with these words, as the page shows it."""
    moment = r"(\d+/\d+/\d+, \d+:\d\d [AP]M)"
    return re.findall(rf"{moment}\s+(?:Theory Club demo\s+)?{words}", timeline(page).inner_text())


def at(day: datetime, hour: int) -> list[str]:
    """Once, at this hour in Berlin, as a browser in UTC shows it."""
    moment = datetime.combine(day.date(), time(hour), ZoneInfo("Europe/Berlin")).astimezone(UTC)
    return [f"{moment:%-m/%-d/%y}, {moment:%-I:%M %p}"]


def test_a_week_of_reminders_comes_once_each_and_not_in_quiet_hours(
    browser: Browser, club_address: str
) -> None:
    with visiting(browser, club_address, DESK) as page:
        start = begins(page)
        become(page, "Kofi")
        open_settings(page)
        be_told_directly(page, "17:30", "20:00", "Europe/Berlin")

        next_day(page)
        while datetime.fromisoformat(page.locator("#now").get_attribute("datetime") or "") < (
            datetime.combine(start + DAY, time(19), ZoneInfo("Europe/Berlin"))
        ):
            next_hour(page)
        says(page, "Reading club meets on")
        assert told(page, "Reading club meets on") == at(start + DAY, 18)
        page.get_by_label("Place").select_option(DIRECT)
        expect(server(page).locator("#channel-name")).to_have_text("Theory Club")
        says(page, "No messages in this channel.")
        next_hour(page)
        says(page, "You have read: A Mathematical Framework")
        assert told(page, "Reading club meets on") == at(start + DAY, 20)
        press(page, "Mute this")
        says(page, "Reading club is muted")
        fits(page)

        for _ in range(6):
            next_day(page)
        assert told(page, "Reading club") == at(start + DAY, 20)
        page.get_by_label("Place").select_option("#reading-club")
        says(page, "the week of")
        assert told(page, "Reading club meets on") == at(start + DAY, 18)
        assert told(page, "Reading club begins on") == at(start + 2 * DAY, 17)
        monday = start + timedelta(days=7 - start.weekday())
        assert told(page, "Reading club: the week of") == at(monday, 9)
        says(page, "Where: #Reading room")
        fits(page)
