"""What organisers read about a session that they move."""

from __future__ import annotations

from datetime import datetime, time

from bot.domain.club_sessions import ClubSession, SessionChange
from bot.domain.schedule import Moved
from bot.render.club_sessions import moved_text
from bot.render.words import Words
from tests.domain.club_reminding import TUESDAY, changed, club


def test_a_move_that_was_made_already_does_not_go_from_a_time_to_itself() -> None:
    late = changed(changes={TUESDAY: Moved(datetime.combine(TUESDAY, time(20)))})
    before, after = (ClubSession(one, one.session_on(TUESDAY)) for one in (club(), late))
    moved = moved_text(SessionChange(before, after), Words())
    assert "is moved from <t:" in moved
    again = moved_text(SessionChange(after, after), Words())
    assert again.startswith("The session of **Readers** is on <t:")
    assert "moved" not in again
