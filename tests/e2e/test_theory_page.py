"""Somebody in a browser types ``/theory``, picks a suggestion, reads the card and presses on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_demo_page import DESK, TELEPHONE, fits, server, visiting

pytestmark = pytest.mark.browser


def type_theory(page: Page, typed: str) -> None:
    """Type the command and take the first suggestion, with the keyboard alone."""
    composer = server(page).get_by_placeholder("Message #reading-club")
    composer.click()
    composer.press_sequentially("/theory", delay=20)
    expect(server(page).get_by_text("Look up a theory of machine learning")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type(typed, delay=20)


def test_one_types_theory_picks_a_suggestion_and_presses_on(
    browser: Browser, demo_address: str
) -> None:
    with visiting(browser, demo_address, TELEPHONE) as page:
        here = server(page)
        type_theory(page, "tropc")
        suggestion = here.get_by_role("option", name="Tropical geometry of decision boundaries")
        expect(suggestion).to_be_visible()
        page.keyboard.press("Enter")  # takes the suggestion; the second one runs the command
        page.keyboard.press("Enter")

        timeline = here.locator("#channel-timeline")
        card = timeline.get_by_text("Tropical geometry of decision boundaries")
        expect(card.last).to_be_visible()
        expect(timeline.get_by_text("Key ideas")).to_be_visible()
        expect(timeline.get_by_text("You could be the first", exact=False)).to_be_visible()

        fits(page)
        timeline.get_by_role("button", name="All works").click()
        expect(timeline.get_by_text("Main works")).to_be_visible()
        expect(timeline.get_by_text("2023 (first public 2019", exact=False).first).to_be_visible()

        timeline.get_by_role("button", name="Spline theory").click()
        expect(timeline.get_by_text("Spline theory of deep networks")).to_be_visible()
        expect(timeline.get_by_text("Main works")).to_have_count(0)
        fits(page)


def test_one_may_type_the_whole_word(browser: Browser, demo_address: str) -> None:
    with visiting(browser, demo_address, DESK) as page:
        type_theory(page, "spline")
        option = server(page).get_by_role("option", name="Spline theory of deep networks")
        expect(option).to_be_visible()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(server(page).locator("#channel-timeline").get_by_text("Key ideas")).to_be_visible()
