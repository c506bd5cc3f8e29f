"""The launcher in a real browser, on a desk and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.viewer import DESK, TELEPHONE, server, visiting, width_of

pytestmark = pytest.mark.browser

sizes = pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])


@sizes
def test_the_address_opens_the_reading_club(
    browser: Browser, demo_address: str, size: tuple[int, int]
) -> None:
    with visiting(browser, demo_address, size) as page:
        assert page.title() == "#reading-club · Theory Club demo"
        said = server(page).get_by_text("I can take one more paper this week.").last
        expect(said).to_be_visible()
        assert width_of(page) == size[0]


@sizes
def test_one_goes_to_the_thread_and_to_direct_messages(
    browser: Browser, demo_address: str, size: tuple[int, int]
) -> None:
    with visiting(browser, demo_address, size) as page:
        page.get_by_label("Place").select_option("↳ Spline theory: questions")
        expect(server(page).locator("#channel-name")).to_have_text("Spline theory: questions")
        page.get_by_label("Place").select_option("Direct messages with Theory Club")
        page.get_by_label("You are").select_option("Kofi")
        expect(
            page.get_by_title("Direct messages with Theory Club, as Kofi sees it")
        ).to_be_visible()
        expect(server(page).locator("#channel-timeline")).to_be_visible()


@sizes
def test_time_moves_and_the_open_page_follows(
    browser: Browser, demo_address: str, size: tuple[int, int]
) -> None:
    with visiting(browser, demo_address, size) as page:
        now = page.locator("#now")
        before = now.get_attribute("datetime")
        page.get_by_role("button", name="Move the time by a day").click()
        expect(now).not_to_have_attribute("datetime", before or "")
        moved = now.get_attribute("datetime")
        due = page.get_by_role("button", name="Move the time to the next due thing")
        expect(due).to_be_enabled()
        due.click()
        expect(now).not_to_have_attribute("datetime", moved or "", timeout=60_000)


def test_a_closed_channel_is_explained(browser: Browser, demo_address: str) -> None:
    with visiting(browser, demo_address, DESK) as page:
        page.get_by_label("Place").select_option("#organisers")
        expect(page.get_by_role("status")).to_have_text(
            "Priya cannot see #organisers, so you are Amara now."
        )
        expect(page.get_by_label("You are").locator("option:checked")).to_have_text(
            "Amara (organiser)"
        )


def test_ending_the_preview_brings_it_back(browser: Browser, demo_address: str) -> None:
    with visiting(browser, demo_address, DESK) as page:
        before = page.locator("main iframe").get_attribute("src")
        server(page).locator(".session-menu summary").click()
        server(page).get_by_role("button", name="End preview session").click()
        expect(page.locator("main iframe")).not_to_have_attribute("src", before or "")
        expect(server(page).locator("#channel-name")).to_have_text("reading-club")


def test_two_launcher_tabs_show_the_same_place(browser: Browser, demo_address: str) -> None:
    with (
        visiting(browser, demo_address, DESK) as one,
        visiting(browser, demo_address, TELEPHONE, "dark") as other,
    ):
        one.get_by_label("Place").select_option("#general")
        expect(server(other).locator("#channel-name")).to_have_text("general")
        expect(other.get_by_label("Place").locator("option:checked")).to_have_text("#general")


@sizes
def test_the_context_menus_offer_the_commands_of_messages_and_members(
    browser: Browser, demo_address: str, size: tuple[int, int]
) -> None:
    with visiting(browser, demo_address, size) as page:
        page.get_by_text("Context menus").click()
        offered = page.locator("#command")
        expect(offered).to_be_visible()
        expect(offered.locator("option")).to_have_text(["Reading profile", "Save as note"])
        assert width_of(page) == size[0]
        page.keyboard.press("Escape")
        expect(offered).to_be_hidden()
        expect(page.locator("summary", has_text="Context menus")).to_be_focused()


def test_everything_in_the_bar_is_reached_with_the_keyboard(
    browser: Browser, demo_address: str
) -> None:
    with visiting(browser, demo_address, DESK) as page:
        page.locator("body").focus()
        reached = []
        for _ in range(7):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate(
                    "document.activeElement.id || document.activeElement.dataset.step"
                    " || document.activeElement.tagName"
                )
            )
        assert reached == ["place", "member", "hour", "day", "due", "SUMMARY", "own-tab"]


def test_the_preview_opens_in_a_tab_of_its_own(browser: Browser, demo_address: str) -> None:
    with visiting(browser, demo_address, DESK) as page:
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Open the server in a tab of its own").click()
        expect(opened.value.locator("#channel-name")).to_have_text("reading-club")
