"""The page of ``/health`` at its longest stays within Discord's limits."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.club_names import LONGEST_NAME
from bot.domain.clubs import ClubTrouble
from bot.domain.health import MEETING, findings
from bot.render.words import Words
from bot.ui.health_layout import health_layout
from tests.domain.test_health import CLUB, HALL, NOW, WELL

COMPONENTS, TEXT = 40, 4000


async def test_many_clubs_in_trouble_fit_and_the_rest_is_announced() -> None:
    clubs = tuple(
        replace(
            CLUB,
            id=number,
            name="@" * LONGEST_NAME,
            trouble=ClubTrouble.CHANNEL_GONE if number % 2 else None,
        )
        for number in range(1, 26)
    )
    report = replace(WELL, clubs=clubs)
    found = findings(report, {HALL: MEETING}, (), NOW)
    assert len(found) == 25
    view = health_layout(report, found, "1.2.3", Words(), "Done.")
    assert view.total_children_count <= COMPONENTS
    assert 1000 < view.content_length() <= TEXT
    parts = str(view.to_components())  # type: ignore[no-untyped-call]  # discord.py's
    assert "These are the first 6" in parts
    assert parts.count("health-channel") == 3
