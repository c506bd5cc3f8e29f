"""Somebody in a browser types ``/theory``, picks a suggestion, reads the card and presses on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.viewer import DESK, TELEPHONE, begin, choose, fits, says, send, timeline, visiting

pytestmark = pytest.mark.browser


def test_one_types_theory_picks_a_suggestion_and_presses_on(
    browser: Browser, demo_address: str
) -> None:
    with visiting(browser, demo_address, TELEPHONE) as page:
        begin(page, "theory")
        choose(page, "tropc", "Tropical geometry of decision boundaries")
        send(page)

        shown = timeline(page)
        card = shown.get_by_text("Tropical geometry of decision boundaries")
        expect(card.last).to_be_visible()
        expect(shown.get_by_text("Key ideas")).to_be_visible()
        expect(shown.get_by_text("You could be the first", exact=False)).to_be_visible()

        fits(page)
        shown.get_by_role("button", name="All works").click()
        expect(shown.get_by_text("Main works")).to_be_visible()
        expect(shown.get_by_text("2023 (first public 2019", exact=False).first).to_be_visible()

        shown.get_by_role("button", name="Spline theory").click()
        expect(shown.get_by_text("Spline theory of deep networks")).to_be_visible()
        expect(shown.get_by_text("Main works")).to_have_count(0)
        fits(page)


def test_one_may_type_the_whole_word(browser: Browser, demo_address: str) -> None:
    with visiting(browser, demo_address, DESK) as page:
        ideas = timeline(page).get_by_text("Key ideas")
        says(page, "I can take one more paper this week.")
        before = ideas.count()
        begin(page, "theory")
        choose(page, "spline", "Spline theory of deep networks")
        send(page)
        expect(ideas).to_have_count(before + 1)
