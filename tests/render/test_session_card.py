"""A session's card: what it says, what it never says, and that it fits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import read_catalogue
from bot.domain.club_sessions import RecapTooLong
from bot.domain.errors import ClubError
from bot.domain.native_events import EventsFull
from bot.domain.plan import (
    HoursOutOfRange,
    NoSessionToPlan,
    NothingToPlan,
    PlanTooLong,
    Reading,
    difference,
    lay,
)
from bot.domain.presenting import NobodyPresents, NotAsked
from bot.domain.schedule import Occurrence, Remark
from bot.domain.sessions import (
    AgendaTooLong,
    Answer,
    AttendanceClosed,
    Guests,
    PollGone,
    Session,
    SessionNotBegun,
    SessionOver,
    SessionReading,
    SessionSkipped,
    ThreadImpossible,
)
from bot.render.markdown import size
from bot.render.plan import difference_text, plan_text, readings_of
from bot.render.refusals import refusal
from bot.render.session_card import SessionCard, session_card
from bot.render.session_guests import MOST_NAMES
from bot.render.words import Words
from tests.domain.theories import DATA

STARTS = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
NOW = STARTS - timedelta(days=1)
HOUR = timedelta(hours=1)
WORDS = Words()
CATALOGUE = read_catalogue(DATA)
PAPER = next(p for t in CATALOGUE for p in t.primary_papers if len(p.sections) >= 5)
NOBODY = Guests((), (), ())
NAMES = {1: "Ann", 2: "Ben", 3: "Cleo"}
HOSTILE = st.text(max_size=80) | st.sampled_from(
    [
        "@everyone",
        "<@1>",
        "[x](https://evil)",
        "</a:1>",
        "\u202eevil",
        "**b**",
        "<t:1:R>",
        "https://a.b/)[x](c",
    ]
)
LIVE = re.compile(
    r"@everyone|@here|<[@/]|<t:1:R>|(?<!\\)\]\(https://evil|[\u202a-\u202e\u2066-\u2069]"
)


def session(**given: object) -> Session:
    occurrence = Occurrence(date(2026, 3, 3), STARTS.replace(tzinfo=None), STARTS)
    return replace(Session(7, occurrence, HOUR, "Room 3"), **given)  # type: ignore[arg-type]  # by name


def changed(**given: object) -> Session:
    return session(occurrence=replace(session().occurrence, **given))  # type: ignore[arg-type]  # by name


def card(one: Session, guests: Guests = NOBODY, now: datetime = NOW) -> SessionCard:
    return session_card("Theories", one, guests, NAMES, CATALOGUE, now, WORDS)


def test_a_card_says_what_when_where_and_who() -> None:
    ids = tuple(section.id for section in PAPER.sections[:3])
    made = card(
        session(
            title="The start", agenda="1. Hello\n2. Splines", presenter_id=1,
            readings=(SessionReading(PAPER.id, ids),),
        ),
        Guests((1, 2), (3,), (8, 9)),
    )  # fmt: skip
    assert made.heading == "**Theories** · The start"
    at = int(STARTS.timestamp())
    assert made.when == f"**<t:{at}:F>** · <t:{at}:R>"
    assert made.place == "**Where:** Room 3"
    assert made.reading.startswith("**To read:** ")
    assert made.reading.endswith(", sections 1-3")
    assert made.presenter == "**Presenter:** Ann"
    assert made.agenda == "**Agenda**\n1. Hello\n2. Splines"
    assert made.guests == "**Going (2):** Ann, Ben\n**Maybe (1):** Cleo"
    assert made.buttons == {
        Answer.GOING: "Going (2)", Answer.MAYBE: "Maybe (1)", Answer.CANT: "Can't make it (2)",
    }  # fmt: skip
    assert made.text.index(made.heading) < made.text.index(made.agenda) < made.text.index("Going")


def test_who_cannot_come_is_not_named() -> None:
    assert "Ann" not in card(session(), Guests((2,), (3,), (1,))).text


def test_one_section_is_named_and_all_of_them_are_the_paper() -> None:
    first = PAPER.sections[0]
    one = card(session(readings=(SessionReading(PAPER.id, (first.id,)),))).reading
    assert ", section 1: " in one
    every = tuple(section.id for section in PAPER.sections)
    whole = card(session(readings=(SessionReading(PAPER.id, every),))).reading
    assert whole == card(session(readings=(SessionReading(PAPER.id),))).reading
    assert "section" not in whole.removeprefix("**To read:** ").replace(PAPER.title, "")


def test_several_papers_are_a_list_and_one_that_left_is_left_out() -> None:
    others = [p for t in CATALOGUE for p in t.papers][:8]
    many = card(session(readings=tuple(SessionReading(p.id) for p in others))).reading
    assert many.count("\n- ") == 6
    assert many.endswith("- 3 more")
    assert card(session(readings=(SessionReading("gone"),))).reading == ""


def test_without_a_presenter_it_is_open_or_a_round_of_takes() -> None:
    assert card(session()).presenter.startswith("Nobody presents yet")
    assert card(session(), now=STARTS).presenter == ""
    assert card(session(takes=True)).presenter.startswith("A round of takes")


def test_a_skipped_session_says_so_and_asks_nobody() -> None:
    made = card(changed(is_skipped=True), Guests((1,), (), ()))
    assert made.when.startswith("**Does not take place")
    assert (made.place, made.presenter, made.guests) == ("", "", "")


def test_a_session_says_that_it_is_on_or_over() -> None:
    assert card(session(), now=STARTS).when.endswith("on now")
    assert card(session(), now=STARTS + HOUR).when.endswith("over")


def test_a_moved_session_says_when_it_was_to_be() -> None:
    assert "it was to be on 3 March 2026" in card(changed(is_moved=True)).when
    assert "it was to be" not in card(session()).when


@pytest.mark.parametrize(
    ("remark", "said"), [(Remark.GAP, "skip 17:00"), (Remark.FOLD, "17:00 twice")]
)
def test_a_time_that_the_clock_skips_or_doubles_is_explained(remark: Remark, said: str) -> None:
    assert said in card(changed(remark=remark)).when


def test_a_place_is_a_channel_an_address_or_words() -> None:
    assert card(session(channel_id=55)).place == "**Where:** <#55>"
    assert (
        card(session(place="https://meet.example/a?b=1")).place
        == "**Where:** <https://meet.example/a?b=1>"
    )
    for link in ("https://meet.example/my_group_(1)~*[2]", "https://meet.example/".ljust(400, "a")):
        assert card(session(place=link)).place == f"**Where:** <{link}>"
    assert "<http" not in card(session(place="https://meet.example/".ljust(401, "a"))).place
    assert "<http" not in card(session(place="http://meet.example")).place
    assert card(session(place=" ")).place == ""


def test_of_many_guests_the_first_are_named_and_the_others_counted() -> None:
    made = card(session(), Guests(tuple(range(1, 80)), (), ()))
    assert made.guests.startswith("**Going (79):** Ann, Ben, Cleo, Somebody")
    assert made.guests.endswith(f"{79 - MOST_NAMES} more")


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
@settings(deadline=None)
def test_no_words_of_a_member_are_live(a: str, b: str, c: str, d: str, e: str) -> None:
    one = session(title=a, agenda=b, place=c, presenter_id=1)
    made = session_card(d, one, Guests((1,), (), ()), {1: e}, CATALOGUE, NOW, WORDS)
    place = re.sub(r"<https://[^>\s]*>", "", made.text)
    assert not LIVE.search(place.replace(made.when, ""))


@pytest.mark.parametrize("filler", ["a", "*", "🦑", "<", "\n"])
def test_the_fullest_card_fits_into_a_message(filler: str) -> None:
    long = filler * 1000
    papers = [p for t in CATALOGUE for p in t.papers][:9]
    one = session(
        title=long, agenda=long, place=long, presenter_id=1,
        readings=tuple(SessionReading(p.id) for p in papers),
    )  # fmt: skip
    guests = Guests(tuple(range(100)), tuple(range(100, 200)), tuple(range(200, 300)))
    names = dict.fromkeys(range(300), long[:32])
    made = session_card(long, one, guests, names, CATALOGUE, NOW, WORDS)
    assert size(made.text) <= 4000
    assert all(size(label) <= 80 for label in made.buttons.values())


WEEKS = [date(2026, 3, 3) + timedelta(weeks=n) for n in range(60)]
AT = {day: datetime.combine(day, STARTS.timetz()) for day in WEEKS}


def reading(hours: float) -> Reading:
    return Reading(PAPER.id, PAPER.sections, hours)


def test_a_plan_is_a_line_a_session_and_says_what_did_not_fit() -> None:
    count = len(PAPER.sections)
    plan = lay([reading(float(count))], WEEKS[:2], 60)
    lines = plan_text(plan, AT, CATALOGUE, WORDS).splitlines()
    assert lines[0].startswith(f"- <t:{int(STARTS.timestamp())}:D> · 1 h · ")
    assert (
        lines[2]
        == f"{count - 2} sections have no session left. More hours a week, or more sessions, would fit them in."
    )
    assert len(lines) == 3


def test_a_split_section_and_free_sessions_are_said() -> None:
    plan = lay([reading(2.0 * len(PAPER.sections))], WEEKS, 60)
    text = plan_text(plan, AT, CATALOGUE, WORDS)
    assert "(part 1/2)" in text
    assert f"{len(PAPER.sections)} sections are longer" in text
    assert f"{60 - 2 * len(PAPER.sections)} later sessions are free." in text


def test_a_long_plan_fits_into_a_message() -> None:
    plan = lay([reading(60.0)], WEEKS, 60)
    text = plan_text(plan, AT, CATALOGUE, WORDS)
    assert size(text) <= 4000
    assert "more session" in text


def test_a_sitting_becomes_what_the_session_reads() -> None:
    plan = lay([reading(1.0), Reading("other", PAPER.sections[:1], 1.0)], WEEKS, 120)
    assert readings_of(plan.sittings[0].parts) == (
        SessionReading(PAPER.id, tuple(section.id for section in PAPER.sections)),
        SessionReading("other", (PAPER.sections[0].id,)),
    )


def test_a_difference_is_said_in_a_line() -> None:
    old = lay([reading(4.0)], WEEKS, 60).sittings
    later = lay([reading(4.0)], WEEKS[1:], 60).sittings
    count = len(PAPER.sections)
    assert difference_text(difference(old, later), WORDS) == f"{count} sections move"
    assert difference_text(difference((), later), WORDS) == f"{count} are added"
    assert difference_text(difference(old, ()), WORDS) == f"{count} are taken out"
    assert difference_text((), WORDS) == ""


@pytest.mark.parametrize(
    "error",
    [
        SessionSkipped(), SessionOver(), SessionNotBegun(STARTS), AttendanceClosed(STARTS),
        RecapTooLong(501), AgendaTooLong(1001), ThreadImpossible(), PollGone(), NotAsked(), NobodyPresents(), EventsFull(), HoursOutOfRange(),
        NothingToPlan(), NoSessionToPlan(), PlanTooLong(900),
    ],
)  # fmt: skip
def test_each_refusal_has_words_of_its_own(error: ClubError) -> None:
    said = refusal(error, WORDS)
    assert said != refusal(ClubError(), WORDS)
    assert said.endswith(".")
    assert "{" not in said
