"""A new group in a browser: the split published by one, accepted by one, swapped by another."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.viewer import TELEPHONE, become, fits, press, says, server, timeline, visiting

pytestmark = pytest.mark.browser


def swap_something(page: Page) -> bool:
    """Press each *Swap* of the newest card until one offers a seat, and take it."""
    swaps = timeline(page).get_by_role("button", name="Swap")
    for place in range(swaps.count()):
        swaps.nth(place).click()
        chooser = timeline(page).get_by_text("Read instead…").last
        refusal = timeline(page).get_by_text("without the group knowing or meeting less").last
        expect(chooser.or_(refusal).last).to_be_visible()
        if chooser.is_visible():
            chooser.click()
            server(page).locator("[role=option]:visible").first.click()
            return True
    return False


def test_one_publishes_one_accepts_and_another_swaps(browser: Browser, split_address: str) -> None:
    with visiting(browser, split_address, TELEPHONE) as page:
        become(page, "Amara", organiser=True)
        says(page, "8 are in:")
        press(page, "Organise")
        says(page, "9 of 9")
        says(page, "took just what they wished for: 2 known")
        picture = timeline(page).locator("img[alt^='Readers of each']")
        expect(picture.last).to_be_visible()
        fits(page)
        press(page, "Publish")
        says(page, "for 8 members something changes")

        become(page, "Kofi")
        press(page, "My reading")
        says(page, "2 papers are yours this round")
        press(page, "Accept")
        expect(timeline(page).get_by_text(re.compile("accepted")).last).to_be_visible()

        swapped = False
        for name in ("Mei", "Priya", "Fatima", "Ingrid"):
            become(page, name)
            press(page, "My reading")
            says(page, "2 papers are yours this round")
            if swap_something(page):
                expect(timeline(page).get_by_text(re.compile("accepted")).last).to_be_visible()
                swapped = True
                break
        assert swapped
        fits(page)

        become(page, "Tomás")
        press(page, "Not this time")
        says(page, "These go back")
        press(page, "Give them back")
        says(page, "Not this time, then")
        become(page, "Amara", organiser=True)
        press(page, "Organise")
        says(page, "The split, as it would be changed")
        fits(page)
