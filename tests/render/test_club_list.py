"""The list of a server's clubs, however many there are and whatever they are called."""

from __future__ import annotations

import pytest

from bot.domain.club_names import LONGEST_NAME
from bot.domain.clubs import MOST_CLUBS
from bot.render.club_list import clubs_embed
from bot.render.markdown import size
from bot.render.words import Words
from tests.domain.club_reminding import NOW, club

LIMIT = 4096


@pytest.mark.parametrize(
    "name", ["Mathematics {n}", "{n}" + "_" * (LONGEST_NAME - 2), "{n}🦊" * 20]
)
def test_as_many_clubs_as_there_can_be_fit_into_one_answer(name: str) -> None:
    clubs = [club(id=n, name=name.format(n=n)[:LONGEST_NAME]) for n in range(10, 10 + MOST_CLUBS)]
    listed = [(one, one.next_session(NOW)) for one in clubs]
    text = clubs_embed(listed, {one.id for one in clubs}, Words()).description or ""
    assert size(text) <= LIMIT
    lines = text.splitlines()
    more = MOST_CLUBS - len(lines) + 1
    assert len(lines) == MOST_CLUBS or lines[-1] == f"and {more} more"
    assert name != "Mathematics {n}" or len(lines) == MOST_CLUBS
