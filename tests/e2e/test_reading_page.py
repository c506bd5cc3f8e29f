"""Two members in a browser: from a full paper to having explained it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.e2e.viewer import TELEPHONE, become, fits, press, run, says, server, visiting

pytestmark = pytest.mark.browser

PAPER = re.compile("On the Decision Boundaries")


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
        run(page, "theory", re.compile("Tropical"))
        says(page, "A boundary is a tropical hypersurface.")
        says(page, "1 member has explained it to others.")
        fits(page)
