"""What somebody in a browser does on the demo's page, and what they see there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, FrameLocator, Locator, Page, expect

DESK, TELEPHONE = (1280, 800), (360, 740)

# Of each command the words its suggestion is known by, and the commands that need no option.
_DESCRIBED = {
    "club next": "The next session",
    "help": "What can be done here",
    "me settings": "See and change what you have decided here",
    "schedule create": "begin a club",
    "schedule edit": "change a club",
    "schedule move": "one session at another time",
    "schedule plan": "lay papers over",
    "schedule skip": "one session does not take place",
    "setup": "where things go",
    "signup": "Sign up to read a paper",
    "theory": "Look up a theory of machine learning",
    "withdraw": "Give a paper back, or stop waiting",
}
_NEEDS_NOTHING = ("club next", "setup")


@contextmanager
def visiting(
    browser: Browser,
    address: str,
    size: tuple[int, int],
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Page]:
    """The launcher with the example server loaded; its page must have nothing to complain of."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
    )
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.extend(complaint(line, address)))
    page.goto(address)
    # Another visitor may have been here before, in another place and as somebody else.
    for label, wanted in (("Place", "#reading-club"), ("You are", "Priya")):
        if page.get_by_label(label).locator("option:checked").text_content() != wanted:
            shown = page.locator("main iframe").get_attribute("src")
            page.get_by_label(label).select_option(wanted)
            expect(page.locator("main iframe")).not_to_have_attribute("src", shown or "")
    expect(server(page).locator("#channel-name")).to_have_text("reading-club")
    yield page
    context.close()
    assert not complaints


def complaint(line: ConsoleMessage, address: str) -> list[str]:
    """An error of the launcher's own page; a preview that is left may miss its server."""
    is_ours = line.location["url"].startswith(address) or "Content Security Policy" in line.text
    return [line.text] if line.type == "error" and is_ours else []


def server(page: Page) -> FrameLocator:
    """SimCord's page below the bar."""
    return page.frame_locator("main iframe")


def timeline(page: Page) -> Locator:
    return server(page).locator("#channel-timeline")


def width_of(page: Page) -> Any:
    return page.evaluate("document.documentElement.scrollWidth")


def fits(page: Page) -> None:
    """Nothing is wider than the page, on a desk or a telephone; it is left as wide as it was."""
    found = page.viewport_size
    assert found is not None
    for width, height in (DESK, TELEPHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert width_of(page) == width
    page.set_viewport_size(found)


def run(page: Page, command: str, *values: str | re.Pattern[str]) -> None:
    """Type a command and its first options; a pattern is what is chosen of the suggestions."""
    begin(page, command)
    if values and command in _NEEDS_NOTHING:
        page.keyboard.press("Enter")  # adds the option
    for place, value in enumerate(values):
        if isinstance(value, re.Pattern):
            choose(page, value.pattern, value)
        else:
            page.keyboard.type(value, delay=10)
        if place + 1 < len(values):
            page.keyboard.press("Enter")  # on to the next option
    send(page)


def begin(page: Page, command: str) -> None:
    """Type a command as far as its first option."""
    composer = server(page).get_by_placeholder(re.compile("^Message #"))
    composer.click()
    composer.press_sequentially(f"/{command}", delay=10)
    expect(server(page).get_by_text(_DESCRIBED[command]).first).to_be_visible()
    page.keyboard.press("Enter")


def choose(page: Page, typed: str, suggestion: str | re.Pattern[str]) -> None:
    """Type into an option and take what is suggested, with the keyboard alone."""
    page.keyboard.type(typed, delay=10)
    expect(server(page).get_by_role("option", name=suggestion).first).to_be_visible()
    page.keyboard.press("Enter")


def send(page: Page) -> None:
    """The button sends it: suggestions that come late would take *Enter* for themselves.

    Once more where the page still asked for suggestions, and lost the press.
    """
    typed = server(page).locator("[data-command-mode=true]")
    for patience in (5_000, 10_000, 30_000):
        server(page).locator("#send-message").click()
        try:
            expect(typed).to_have_count(0, timeout=patience)
        except AssertionError:
            continue
        return
    raise AssertionError("the command is never sent")


def press(page: Page, name: str) -> None:
    """The newest button that begins with these words."""
    timeline(page).get_by_role("button", name=re.compile(f"^{name}")).last.click()


def says(page: Page, words: str) -> None:
    expect(timeline(page).get_by_text(words, exact=False).last).to_be_visible()


def become(page: Page, name: str, *, organiser: bool = False) -> None:
    page.get_by_label("You are").select_option(f"{name} (organiser)" if organiser else name)
    expect(page.locator("main iframe")).to_have_attribute("title", re.compile(name))
    expect(server(page).locator("#channel-name")).to_have_text("reading-club")
