"""Two members in a browser: from a full paper to having explained it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.test_demo_page import TELEPHONE, fits, server, visiting
from tests.e2e.test_theory_page import type_theory

pytestmark = pytest.mark.browser

PAPER = "On the Decision Boundaries"
DESCRIBED = {
    "signup": "Sign up to read a paper",
    "withdraw": "Give a paper back, or stop waiting",
    "help": "What can be done here",
}


def timeline(page: Page) -> Locator:
    return server(page).locator("#channel-timeline")


def run(page: Page, command: str, option: str = "") -> None:
    """Type a command and its option; the button sends it, as suggestions may come late."""
    composer = server(page).get_by_placeholder(re.compile("^Message #"))
    composer.click()
    composer.press_sequentially(f"/{command}", delay=20)
    expect(server(page).get_by_text(DESCRIBED[command]).first).to_be_visible()
    page.keyboard.press("Enter")
    if option:
        page.keyboard.type(option, delay=20)
        expect(server(page).get_by_role("option", name=re.compile(PAPER)).first).to_be_visible()
        page.keyboard.press("Enter")
    server(page).locator("#send-message").click()


def press(page: Page, name: str) -> None:
    """The newest button that begins with these words."""
    timeline(page).get_by_role("button", name=re.compile(f"^{name}")).last.click()


def says(page: Page, words: str) -> None:
    expect(timeline(page).get_by_text(words, exact=False).last).to_be_visible()


def become(page: Page, name: str, *, organiser: bool = False) -> None:
    page.get_by_label("You are").select_option(f"{name} (organiser)" if organiser else name)
    expect(page.locator("main iframe")).to_have_attribute("title", re.compile(name))
    expect(server(page).locator("#channel-name")).to_have_text("reading-club")


def test_from_a_full_paper_to_having_explained_it(browser: Browser, demo_address: str) -> None:
    with visiting(browser, demo_address, TELEPHONE) as page:
        run(page, "signup", PAPER)  # its only seat is Tomás's
        says(page, "Its only seat is taken")
        press(page, "Wait for a seat")
        says(page, "You are the first in line")

        become(page, "Tomás")
        run(page, "withdraw", PAPER)
        says(page, "is back in the pool")

        become(page, "Priya")
        run(page, "help")
        says(page, "is yours if you want it")
        press(page, "Take it")
        says(page, "You are signed up for")
        fits(page)

        press(page, "Log progress")
        form = server(page).get_by_role("dialog")
        fits(page)
        form.get_by_text("Almost understood").first.click()
        form.get_by_role("checkbox").first.check()
        form.get_by_role("textbox").first.fill("A boundary is a tropical hypersurface.")
        form.get_by_role("button", name="Submit").click()
        says(page, "almost understood")
        press(page, "Share with the server")
        says(page, "others here can read it")
        press(page, "I can explain this")
        says(page, "offers to explain")
        fits(page)

        become(page, "Kofi")
        press(page, "I could now explain it")
        says(page, "Recorded: after listening to")
        type_theory(page, "tropical")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        says(page, "A boundary is a tropical hypersurface.")
        says(page, "1 member has explained it to others.")
        fits(page)
