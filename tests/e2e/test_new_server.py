"""A server where nothing is set up, in a browser: six interactions to a club and a board."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import demo_running
from tests.e2e.viewer import DESK, become, fits, press, run, says, server, timeline, visiting

pytestmark = pytest.mark.browser


@pytest.fixture
def new_address() -> Iterator[str]:
    """The printed address of the demo of a server that has just added the bot."""
    with demo_running("--story", "new") as address:
        yield address


def test_from_nothing_to_a_first_session_and_a_board(browser: Browser, new_address: str) -> None:
    """Calling up the set-up with a city, *Make a club*, its form, *Save*, *Post a board*: five."""
    with visiting(browser, new_address, DESK) as page:
        become(page, "Amara", organiser=True)
        run(page, "setup", re.compile("Berlin"))
        says(page, "Set up Theory Club")
        fits(page)
        press(page, "Make a club")
        form = server(page).get_by_role("dialog")
        form.get_by_role("button", name="Submit").click()
        says(page, "Tuesdays 18:00 Europe/Berlin")
        press(page, "Save")
        says(page, "Saved")
        says(page, "Next session")
        press(page, "Post a board")
        expect(timeline(page).get_by_role("button", name="Organise")).to_be_visible()
        says(page, "Sign up to read")
