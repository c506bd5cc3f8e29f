"""The panel of the set-up where what was chosen does not exist any more."""

from __future__ import annotations

import pytest

from bot.domain.guild import GuildRules, Setup
from bot.render.words import Words
from bot.ui.permissions import Lacking
from bot.ui.setup_layout import setup_layout

HOME, ROLE = 4711, 4712


@pytest.mark.parametrize("is_gone", [False, True])
async def test_what_is_gone_is_said_and_not_chosen(*, is_gone: bool) -> None:
    setup = Setup(GuildRules(organiser_role_id=ROLE, home_channel_id=HOME))
    view = setup_layout(
        setup, 1, Lacking(), (), Words(), is_home_gone=is_gone, is_role_gone=is_gone
    )
    parts = str(view.to_components())  # type: ignore[no-untyped-call]  # discord.py's
    for said in ("That channel is gone", "That role is gone"):
        assert (said in parts) is is_gone
    for chosen in (HOME, ROLE):
        assert (str(chosen) in parts) is not is_gone


async def test_a_test_is_posted_from_below_the_home_channel() -> None:
    view = setup_layout(Setup(GuildRules()), 1, Lacking(), (), Words())
    (frame,) = view.to_components()  # type: ignore[no-untyped-call]  # discord.py's
    rows = [
        [item["custom_id"] for item in part["components"]]
        for part in frame["components"]
        if "components" in part
    ]
    assert rows[:3] == [["tc1:setup-home"], ["tc1:setup-test"], ["tc1:setup-role"]]
    assert ["tc1:setup-numbers"] in rows
    assert all(len(row) <= 5 for row in rows)
