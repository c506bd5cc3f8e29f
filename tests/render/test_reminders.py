"""What a reminder says: exact to the word, within Discord's limits, and without links if plain."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.catalogue import read_catalogue
from bot.domain.catalogue import Catalogue
from bot.domain.club_reminders import ComingReminders, SessionOff, SessionReminder, club_plan
from bot.domain.club_sessions import ClubSession, SessionFacts
from bot.domain.clubs import Club, Place
from bot.domain.reminders import MENTIONED_AT_MOST, Outgoing, Said, Told
from bot.render.reminders import coming_text, reminder_text
from bot.render.words import Words
from bot.ui.reminder_messages import ReminderMessages
from tests.domain.club_reminding import NOW, STARTS, TUESDAY, club

WORDS = Words()
DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(DATA)


def outgoing(
    made: Club,
    *,
    which: int = 0,
    late: timedelta | None = None,
    plain: bool = False,
    facts: SessionFacts | None = None,
    mentions: tuple[int, ...] = (),
) -> Outgoing:
    planned = club_plan(club(), {}, NOW)[which]
    session = ClubSession(made, made.session_on(TUESDAY), facts)
    said = Said(SessionReminder(session, {5: "Ann *"}))
    return Outgoing("m" * 25, (Told(planned, said, late),), mentions, plain)


def text(message: Outgoing, catalogue: Catalogue) -> str:
    return reminder_text(message, catalogue, WORDS)


def facts(**given: object) -> SessionFacts:
    return SessionFacts(1, 7, TUESDAY, STARTS, 1, **given)  # type: ignore[arg-type]


def test_the_day_before_says_when_and_where(catalogue: Catalogue) -> None:
    at = int(STARTS.timestamp())
    assert text(outgoing(club()), catalogue) == (
        f"**Readers** meets on <t:{at}:F> (<t:{at}:R>).\nWhere: <#55>"
    )


def test_the_hour_before_greets(catalogue: Catalogue) -> None:
    at = int(STARTS.timestamp())
    assert text(outgoing(club(), which=1), catalogue).startswith(
        f"**Readers** begins on <t:{at}:F> (<t:{at}:R>). See you there!"
    )


def test_the_paper_and_who_presents_are_named(catalogue: Catalogue) -> None:
    paper = next(iter(catalogue)).primary_papers[0]
    known = facts(paper_id=paper.id, presenter_id=5)
    said = text(outgoing(club(), facts=known), catalogue)
    assert "To read: " in said
    assert "Presenter: Ann \\*" in said
    gone = facts(paper_id="gone", presenter_id=6)
    said = text(outgoing(club(), facts=gone), catalogue)
    assert "To read" not in said
    assert "Presenter: Somebody" in said
    assert "A round of takes" in text(outgoing(club(), facts=facts(takes=True)), catalogue)


def test_a_plain_one_holds_no_link(catalogue: Catalogue) -> None:
    made = club(place=Place.at("https://meet.example/x"))
    assert "<https://meet.example/x>" in text(outgoing(made), catalogue)
    plain = text(outgoing(made, plain=True), catalogue)
    assert "http" not in plain
    assert "/schedule show" in plain


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (timedelta(minutes=16), "16 minutes late"), (timedelta(minutes=59), "59 minutes late"),
        (timedelta(minutes=60), "1 hour late"), (timedelta(minutes=170), "3 hours late"),
    ],
)  # fmt: skip
def test_a_late_one_says_by_how_much(catalogue: Catalogue, late: timedelta, said: str) -> None:
    assert said in text(outgoing(club(), late=late), catalogue)


def test_one_that_is_off_says_so(catalogue: Catalogue) -> None:
    planned = club_plan(club(), {}, NOW)[0]
    message = Outgoing("m", (Told(planned, Said(SessionOff(club(), STARTS))),))
    at = int(STARTS.timestamp())
    assert text(message, catalogue) == f"**Readers** does not meet <t:{at}:F>."


async def test_everybody_is_called_however_many_they_are(catalogue: Catalogue) -> None:
    async def catalogue_of(_guild_id: int | None) -> Catalogue:
        return catalogue

    messages = ReminderMessages(catalogue_of, WORDS)
    few = await messages.compose(outgoing(club(), mentions=(1, 2)))
    assert few.content.endswith("\n<@1> <@2>")
    assert not few.embeds
    many = tuple(range(2**63 - MENTIONED_AT_MOST, 2**63))
    made = club(name="R" * 60, place=Place.at("https://meet.example/" + "x" * 300))
    full = await messages.compose(outgoing(made, mentions=many))
    assert all(f"<@{one}>" in full.content for one in many)
    assert len(full.content) <= 2000
    assert full.embeds[0].description == text(outgoing(made), catalogue)


def test_what_comes_next_is_listed() -> None:
    planned = club_plan(club(), {}, NOW)
    said = coming_text(ComingReminders(club(), planned), WORDS)
    for one in planned:
        assert f"<t:{int(one.due.timestamp())}:f> (<t:{int(one.due.timestamp())}:R>)" in said
    assert said.count(f"<t:{int(STARTS.timestamp())}:f>") == 2
    assert "No reminder" in coming_text(ComingReminders(club(), ()), WORDS)
