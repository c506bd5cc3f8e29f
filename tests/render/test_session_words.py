"""What the thread of a session is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.catalogue import read_catalogue
from bot.domain.club_sessions import ClubSession, SessionFacts
from bot.domain.clubs import Club
from bot.domain.schedule import Moved
from bot.render.markdown import size
from bot.render.session_words import thread_name
from bot.render.words import Words
from tests.domain.club_reminding import TUESDAY, changed, club

CATALOGUE = read_catalogue(Path(__file__).parents[2] / "data")
FACTS = SessionFacts(1, 7, TUESDAY, None, 1)
LATE = changed(changes={TUESDAY: Moved(datetime.combine(TUESDAY, time(23, 30)))})


@pytest.mark.parametrize(
    ("of", "paper", "name"),
    [
        (club(), "spline-icml2018", "Tue 24 Mar · Spline theory · Readers"),
        (club(), None, "Tue 24 Mar · Readers"),
        # Late in Berlin is the same day in Berlin, whatever day it is elsewhere.
        (LATE, "gone-from-the-catalogue", "Tue 24 Mar · Readers"),
    ],
)
def test_a_thread_is_called_by_its_day_as_people_say_it(
    of: Club, paper: str | None, name: str
) -> None:
    found = ClubSession(of, of.session_on(TUESDAY), replace(FACTS, paper_id=paper))
    assert thread_name(found, CATALOGUE, Words()) == name


def test_the_name_of_a_thread_fits() -> None:
    long = club(name="Ω𝔸 " * 40)
    found = ClubSession(long, long.session_on(TUESDAY), replace(FACTS, paper_id="spline-icml2018"))
    name = thread_name(found, CATALOGUE, Words())
    assert name.startswith("Tue 24 Mar · Spline theory · Ω")
    assert size(name) <= 100
