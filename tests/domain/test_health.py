"""What is wrong, the worst first, of everything that is known about a server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.boards import Board, BoardScope
from bot.domain.clubs import Club, ClubTrouble, Place
from bot.domain.event_answers import EventTrouble
from bot.domain.findings import (
    BackupOverdue,
    ClockOff,
    ClubChannelGone,
    ClubShutOut,
    DiskNearlyFull,
    EventsStopped,
    Finding,
    Missed,
    NotDelivered,
    PostChannelGone,
    PostOutOfSight,
    PostShutOut,
    SendingPaused,
)
from bot.domain.health import DatabaseState, HealthReport, LedgerState, channels_of, findings
from bot.domain.living import MessageTrouble
from bot.domain.reminders import DeliveryState, Reason
from bot.domain.rounds import Round, RoundState, RoundUnit, Terms
from bot.domain.schedule import Recurrence, Series, Timetable
from bot.render.health import state_text
from bot.render.health_findings import finding_text
from bot.render.words import Words

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HALL, ATTIC, CELLAR = 501, 502, 503
_SERIES = Series(Recurrence((0,), time(18)), "UTC", date(2026, 11, 23))
CLUB = Club(
    1, 1000, "Readers", HALL, Place(), Timetable((_SERIES,)), (1,), 1, NOW, "2026a"
)  # fmt: skip
BOARD = Board(3, 1000, ATTIC, 77, BoardScope.ALL, None, None, None, None, None, None)
SPLIT = Round(
    4, 1000, RoundState.COLLECTING, Terms(RoundUnit.PAPERS, each=2), (), None, NOW, NOW, None,
    None, True, None, CELLAR, 78, None, None, None, None,
)  # fmt: skip
DATABASE = DatabaseState("0001", "3.45.1", 10**6, 10**10, NOW, NOW, is_backed_up=True)
WELL = HealthReport(
    clubs=(CLUB,),
    boards=(BOARD,),
    split=None,
    events=None,
    ledger=LedgerState(None, None, None, 0, ()),
    ahead=timedelta(),
    is_out_of_step=False,
    paused_until=None,
    database=DATABASE,
)


def found(
    report: HealthReport, missing: Mapping[int, tuple[str, ...]] | None = None, gone: Any = ()
) -> tuple[Finding, ...]:
    return findings(report, missing or {}, gone, NOW)


def missed(state: DeliveryState, reason: Reason) -> HealthReport:
    ledger = replace(WELL.ledger, missed=(Missed(CLUB.id, state, reason, 2),))
    return replace(WELL, ledger=ledger)


def test_where_all_is_well_nothing_is_found() -> None:
    assert found(WELL) == ()


def test_a_club_is_told_of_by_its_channel_as_it_is_now_and_by_what_was_refused() -> None:
    lacking = {HALL: ("embed_links",)}
    assert found(WELL, lacking) == (ClubShutOut(CLUB, ("embed_links",)),)
    assert found(WELL, gone={HALL}) == (ClubChannelGone(CLUB),)
    refused = replace(CLUB, trouble=ClubTrouble.FORBIDDEN)
    assert found(replace(WELL, clubs=(refused,))) == (ClubShutOut(refused, ()),)


def test_a_board_needs_less_than_a_club_and_may_hang_in_a_thread_at_rest() -> None:
    assert found(WELL, {ATTIC: ("embed_links",)}) == ()
    assert found(WELL, {ATTIC: ("send_messages",)}) == (PostShutOut(BOARD, ("send_messages",)),)
    assert found(WELL, gone={ATTIC}) == (PostOutOfSight(BOARD),)
    lost = replace(BOARD, trouble=MessageTrouble.CHANNEL_GONE)
    assert found(replace(WELL, boards=(lost,))) == (PostChannelGone(lost),)
    assert set(channels_of(WELL)) == {HALL, ATTIC}
    assert (
        "embed_links" in channels_of(replace(WELL, boards=(replace(BOARD, channel_id=HALL),)))[HALL]
    )


def test_the_panel_of_a_split_is_told_of_as_boards_are_with_words_of_its_own() -> None:
    split = replace(WELL, split=SPLIT)
    assert found(split) == ()
    assert channels_of(split)[CELLAR]
    lacking = PostShutOut(SPLIT, ("send_messages",))
    assert found(split, {CELLAR: ("send_messages", "embed_links")}) == (lacking,)
    assert found(split, gone={CELLAR}) == (PostOutOfSight(SPLIT),)
    lost = replace(SPLIT, trouble=MessageTrouble.CHANNEL_GONE)
    assert found(replace(WELL, split=lost), gone={CELLAR}) == (PostChannelGone(lost),)
    shut = replace(SPLIT, trouble=MessageTrouble.FORBIDDEN)
    refused = PostShutOut(shut, ())
    assert found(replace(WELL, split=shut)) == (refused,)
    for one in (lacking, PostOutOfSight(SPLIT), PostChannelGone(lost), refused):
        assert "split" in finding_text(one, Words())
        assert "board" not in finding_text(one, Words())


def test_what_nobody_could_help_and_what_the_channel_tells_already_is_no_finding() -> None:
    for state, reason in (
        (DeliveryState.SKIPPED, Reason.LATE), (DeliveryState.FAILED, Reason.FORBIDDEN),
        (DeliveryState.FAILED, Reason.CLOSED),
    ):  # fmt: skip
        assert found(missed(state, reason)) == ()
    report = missed(DeliveryState.UNKNOWN, Reason.UNREADABLE)
    assert found(report) == (NotDelivered(CLUB, report.ledger.missed[0]),)


def test_a_backup_is_overdue_once_the_newest_is_old_or_none_came_in_time() -> None:
    long_ago = NOW - timedelta(hours=27)
    for backup_at in (None, long_ago):
        late = replace(DATABASE, backup_at=backup_at, opened_at=long_ago)
        assert found(replace(WELL, database=late)) == (BackupOverdue(backup_at),)
        assert found(replace(WELL, database=replace(late, opened_at=NOW))) == ()
        assert found(replace(WELL, database=replace(late, is_backed_up=False))) == ()


def test_the_worst_comes_first_and_everything_says_what_to_do() -> None:
    report = replace(
        missed(DeliveryState.FAILED, Reason.MALFORMED),
        events=EventTrouble.FULL,
        ahead=timedelta(minutes=-3),
        is_out_of_step=True,
        paused_until=NOW,
        database=replace(DATABASE, free=10**6),
    )
    every = found(report, {HALL: ("send_messages",), ATTIC: ("send_messages",)})
    assert [type(one) for one in every] == [
        ClockOff, SendingPaused, ClubShutOut, PostShutOut, EventsStopped, NotDelivered, DiskNearlyFull,
    ]  # fmt: skip
    said = [finding_text(one, Words()) for one in every]
    assert "wrong by 3 minutes" in said[0]
    assert all(text.startswith("**") and text.count("\n") == 1 for text in said)
    assert len("".join(said)) < 3000


def test_reminders_that_stopped_are_not_taken_for_a_week_without_sessions() -> None:
    assert "Next: none within a week" in state_text(WELL, "1", Words())
    failing = replace(WELL, clubs=(replace(CLUB, trouble=ClubTrouble.CHANNEL_GONE),))
    assert "gets none until that is mended" in state_text(failing, "1", Words())
