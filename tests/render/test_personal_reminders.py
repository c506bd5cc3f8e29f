"""What is said to one member: by how far they are, with their server above and answers below."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue import read_catalogue
from bot.domain.catalogue import Catalogue
from bot.domain.club_reminders import SessionReminder, club_plan
from bot.domain.club_sessions import ClubSession, SessionFacts
from bot.domain.clubs import Place
from bot.domain.notices import Addressed, Notice, NoticeKind
from bot.domain.personal_reminders import ReadBy, ReadingState, SplitEnding, notice_planned
from bot.domain.reminders import Outgoing, ReminderKind, Said, Told, Wish
from bot.domain.rounds import Round, RoundState, Terms
from bot.domain.sessions import SessionReading
from bot.render.markdown import size
from bot.render.personal_reminders import split_ending_text
from bot.render.words import Words
from bot.ui.reminder_messages import ReminderMessages
from bot.ui.reminder_sender import Composed, reminder_view
from tests.domain.club_reminding import NOW, STARTS, TUESDAY, club

WORDS, PAPER = Words(), "spline-icml2018"
KINDS = frozenset({ReminderKind.READ_BY, ReminderKind.DAY_BEFORE})


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(Path(__file__).parents[2] / "data")


async def composed(
    message: Outgoing, catalogue: Catalogue, server: str = "Our *group*"
) -> Composed:
    async def catalogue_of(_: int | None) -> Catalogue:
        return catalogue

    messages = ReminderMessages(catalogue_of, WORDS)
    messages.server_name = lambda _: server
    return await messages.compose(message)


def of_session(state: ReadingState | None, *, read: bool = False) -> Told:
    """*Read this by then* in a state, or (None) that there is a session in a day."""
    kind = ReminderKind.DAY_BEFORE if state is None else ReminderKind.READ_BY
    planned = club_plan(club(), {}, NOW, wishes={Wish(9, KINDS): NOW})
    facts = SessionFacts(1, 7, TUESDAY, STARTS, 1, paper_id=PAPER)
    reminder = SessionReminder(
        ClubSession(club(), club().session_on(TUESDAY), facts),
        {},
        frozenset({PAPER} if read else ()),
    )
    subject = reminder if state is None else ReadBy(reminder, (SessionReading(PAPER),), state)
    mine = next(one for one in planned if one.kind is kind and one.reader == 9)
    return Told(mine, Said(subject))


def of_notice(number: int, kind: NoticeKind = NoticeKind.CHECK_IN) -> Told:
    notice = Notice(number, 1000, 9, kind, PAPER, number, None, None, NOW, NOW)
    return Told(notice_planned(notice, NOW), Said(Addressed(notice, {}, by_dm=True)))


def one(told: Told) -> Outgoing:
    return Outgoing("m" * 25, (told,))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ReadingState.NOT_STARTED, "To read until then:"),
        (ReadingState.BEHIND, "You have begun; left to read until then:"),
        (ReadingState.PRESENTING, "You present in **Readers**"),
    ],
)
async def test_what_is_left_is_said_by_how_far_one_is(
    catalogue: Catalogue, state: ReadingState, said: str
) -> None:
    text = (await composed(one(of_session(state)), catalogue)).content
    assert text.startswith("**Our \\*group\\***\n")
    assert said in text
    assert "Spline" in text
    assert f"<t:{int(STARTS.timestamp())}:F>" in text


async def test_who_has_read_is_not_told_to_read(catalogue: Catalogue) -> None:
    told = (await composed(one(of_session(None, read=True)), catalogue)).content
    assert "To read" not in told
    assert "You have read:" in told
    text = (await composed(one(of_session(None)), catalogue)).content
    assert "To read:" in text
    assert "Where: [the club's channel](https://discord.com/channels/1000/55)" in text


async def test_a_button_that_several_things_ask_for_is_there_once(catalogue: Catalogue) -> None:
    closed = [of_notice(number, NoticeKind.DM_CLOSED) for number in (1, 2)]
    message = Outgoing("m" * 25, (*closed, of_notice(3)))
    shown = await composed(message, catalogue)
    rows = reminder_view(message, shown.controls, WORDS).to_components()
    ids = [button["custom_id"] for row in rows for button in row["components"]]
    assert len(ids) == len(set(ids))
    assert ids.count("tc1:reminders-settings:1000") == 1
    assert f"tc1:reminders-mute:{'m' * 25}:0:1000" in ids


async def test_several_are_numbered_as_their_answers_are(catalogue: Catalogue) -> None:
    told = (of_session(None), *(of_notice(number) for number in range(1, 7)))
    message = Outgoing("m" * 25, told)
    shown = await composed(message, catalogue, "x" * 100)
    assert "1 · **Readers** meets" in shown.content
    assert "7 · How is" in shown.content
    assert len(shown.content) <= 2000
    view = reminder_view(message, shown.controls, WORDS)
    rows = view.to_components()
    assert len(rows) == 5
    assert [len(row["components"]) for row in rows] == [4, 4, 4, 4, 2]
    labels = [button["label"] for row in rows for button in row["components"]]
    assert labels[:2] == ["2 · On track", "2 · +3 days"]
    assert labels[-2:] == ["Mute this", "Settings"]
    ids = [button["custom_id"] for row in rows for button in row["components"]]
    assert all(custom_id.endswith(":1000") for custom_id in ids), "each tells the server"
    assert f"tc1:reminders-mute:{'m' * 25}:7:1000" in ids


async def test_of_many_that_come_together_none_is_cut_off(catalogue: Catalogue) -> None:
    told = of_session(None)
    reminder = told.said.subject
    assert isinstance(reminder, SessionReminder)
    far = club(place=Place.at("https://meet.example/" + "x" * 150))
    there = replace(reminder, session=replace(reminder.session, club=far))
    message = Outgoing("m" * 25, (replace(told, said=Said(there)),) * 8)
    shown = await composed(message, catalogue)
    assert shown.content == "**Our \\*group\\***"
    (frame,) = shown.embeds
    assert frame.description is not None
    assert frame.description.startswith("1 · **Readers** meets")
    assert frame.description.count("<https://meet.example/") == 8
    assert frame.description.endswith("x>")
    assert size(frame.description) <= 4096


async def test_the_longest_ids_are_within_what_discord_takes(catalogue: Catalogue) -> None:
    told = of_session(None)
    planned = replace(told.planned, guild_id=2**63 - 1, club_id=2**63 - 1)
    message = one(replace(told, planned=planned))
    shown = await composed(message, catalogue)
    (row,) = reminder_view(message, shown.controls, WORDS).to_components()
    assert max(len(button["custom_id"]) for button in row["components"]) <= 100


def test_the_last_call_of_a_split_leads_to_its_panel_by_a_link() -> None:
    of = Round(
        4, 1000, RoundState.COLLECTING, Terms(each=2), (), None, STARTS, STARTS, None, None, True,
        None, 55, 77, None, None, None, None,
    )  # fmt: skip
    text = split_ending_text(SplitEnding(of, 1), WORDS)
    assert text.endswith("\n[Go to the list](https://discord.com/channels/1000/55/77)")
    unposted = split_ending_text(SplitEnding(replace(of, message_id=None), 1), WORDS)
    assert "Go to" not in unposted
