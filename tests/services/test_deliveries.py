"""Each reminder is delivered once, whatever Discord answers and whenever the process ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.reminders import (
    Answer,
    Breaker,
    DeliveryState,
    Meaning,
    Outgoing,
    Reason,
    ReminderKind,
)
from tests.services.reminding import (
    ANN,
    ROOM,
    Club,
    Killed,
    answers,
    club_at,
    kill_after,
    kill_before,
    lost_answer,
    planned,
)
from tests.storage.builders import NOW

DAY, HOUR = ReminderKind.DAY_BEFORE, ReminderKind.HOUR_BEFORE


@pytest.fixture
async def club(tmp_path: Path) -> AsyncIterator[Club]:
    async with club_at(tmp_path / "club.sqlite3") as opened:
        opened.source.plans = [planned()]
        yield opened


async def the_one(club: Club) -> tuple[DeliveryState, int | None]:
    ((state, message_id),) = await club.rows("state", "message_id")
    return state, message_id


async def test_a_reminder_that_is_due_is_sent_and_settled(club: Club) -> None:
    assert await club.deliveries.meet_due() is not None
    (message,) = club.discord.messages
    assert (message.dest, message.text) == (ROOM, "day-before v1")
    assert await the_one(club) == (DeliveryState.SENT, message.id)


async def test_nothing_is_sent_before_it_is_due(club: Club) -> None:
    club.source.plans = [planned(due=club.now + timedelta(hours=3))]
    assert await club.deliveries.meet_due() == club.now + timedelta(hours=3)
    assert not club.discord.requests
    await club.pass_time(hours=2, minutes=59)
    assert not club.discord.messages
    await club.pass_time(minutes=1)
    assert len(club.discord.messages) == 1


async def test_a_lost_answer_is_asked_for_with_the_same_nonce(club: Club) -> None:
    club.discord.faults = [lost_answer]
    await club.pass_time(minutes=1)
    (message,) = club.discord.messages
    assert await the_one(club) == (DeliveryState.SENT, message.id)
    assert club.discord.requests["send"] == 2
    assert club.discord.requests["look"] == 0


@pytest.mark.parametrize("down", [timedelta(seconds=1), timedelta(minutes=30)])
@pytest.mark.parametrize("death", [kill_before, kill_after])
async def test_one_message_when_killed_around_sending(
    club: Club, death: object, down: timedelta
) -> None:
    club.discord.faults = [death]  # type: ignore[list-item]  # parametrize forgets the type
    with pytest.raises(Killed):
        await club.deliveries.meet_due()
    club.now += down
    club.process("two")
    await club.pass_time(minutes=3)
    (message,) = club.discord.messages
    assert await the_one(club) == (DeliveryState.SENT, message.id)


async def test_after_the_window_the_channel_is_looked_through(club: Club) -> None:
    club.discord.faults = [lost_answer]
    await club.deliveries.meet_due()
    club.now += timedelta(minutes=10)
    await club.process("two").meet_due()
    assert (club.discord.requests["look"], club.discord.requests["send"]) == (1, 1)
    (message,) = club.discord.messages
    assert await the_one(club) == (DeliveryState.SENT, message.id)


async def test_a_channel_that_cannot_be_read_back_gets_no_second_message(club: Club) -> None:
    club.discord.faults = [answers(Meaning.UNCERTAIN)]
    club.discord.readable = False
    await club.deliveries.meet_due()
    club.now += timedelta(minutes=10)
    await club.pass_time(hours=30)
    assert not club.discord.messages
    assert await club.rows("state", "reason") == [(DeliveryState.UNKNOWN, Reason.UNREADABLE)]


async def test_discord_out_of_reach_is_tried_six_times_and_no_more(club: Club) -> None:
    club.discord.faults = [answers(Meaning.UNCERTAIN)] * 50
    await club.pass_time(hours=30)
    assert club.discord.requests["send"] == 6
    assert await club.rows("state", "reason") == [(DeliveryState.FAILED, Reason.ATTEMPTS)]


@pytest.mark.parametrize(
    ("meaning", "reason"),
    [
        (Meaning.FORBIDDEN, Reason.FORBIDDEN),
        (Meaning.GONE, Reason.GONE),
        (Meaning.CLOSED, Reason.CLOSED),
    ],
)
async def test_a_place_that_refuses_is_asked_once_and_somebody_is_told(
    club: Club, meaning: Meaning, reason: Reason
) -> None:
    club.source.plans += [planned(HOUR, club.now + timedelta(hours=1), timedelta(minutes=50))]
    club.discord.faults = [answers(meaning, 50013)] * 9
    await club.pass_time(hours=30)
    assert club.discord.requests["send"] == 1
    assert club.source.refusals == [(ROOM, meaning)]
    failed = (DeliveryState.FAILED, reason, 50013)
    assert await club.rows("state", "reason", "last_code") == [failed, failed]


async def test_a_malformed_message_is_not_tried_again(club: Club) -> None:
    club.discord.faults = [answers(Meaning.MALFORMED, 50035)] * 9
    await club.pass_time(hours=30)
    assert club.discord.requests["send"] == 1
    assert await club.rows("state", "reason") == [(DeliveryState.FAILED, Reason.MALFORMED)]


async def test_a_text_that_a_filter_refuses_is_sent_once_more_and_plain(club: Club) -> None:
    club.discord.faults = [answers(Meaning.BLOCKED, 200000)]
    await club.pass_time(hours=1)
    assert club.discord.plain == [False, True]
    assert len(club.discord.messages) == 1


async def test_a_plain_text_that_is_refused_too_fails(club: Club) -> None:
    club.discord.faults = [answers(Meaning.BLOCKED, 200000)] * 9
    await club.pass_time(hours=30)
    assert club.discord.plain == [False, True]
    assert await club.rows("state", "reason") == [(DeliveryState.FAILED, Reason.BLOCKED)]


async def test_a_token_that_is_not_valid_any_more_stops_everything(club: Club) -> None:
    club.source.plans += [planned(key=f"{n}") for n in range(60)]
    club.discord.faults = [answers(Meaning.UNAUTHORISED)] * 99
    await club.pass_time(hours=30)
    assert club.unauthorised == 1
    assert club.discord.requests["send"] <= 25


async def test_a_ban_pauses_everything_for_ten_minutes(club: Club) -> None:
    club.discord.faults = [answers(Meaning.BANNED)]
    start = club.now
    await club.pass_time(hours=1)
    (message,) = club.discord.messages
    assert message.at >= start + timedelta(minutes=10)


async def test_bad_requests_stay_below_the_breaker(club: Club) -> None:
    club.deliveries._breaker = Breaker(100)
    club.source.plans = [planned(key=f"{n}", dest=ROOM + n) for n in range(200)]
    club.discord.faults = [answers(Meaning.FORBIDDEN, 50013)] * 200
    await club.pass_time(minutes=9)
    # Those of one batch are on their way at once.
    assert 100 <= club.discord.requests["send"] < 125
    await club.pass_time(hours=1)
    assert club.discord.requests["send"] == 200


def test_the_breaker_opens_far_below_what_discord_bans_for() -> None:
    breaker = Breaker()
    for _ in range(499):
        breaker.count(NOW)
    assert breaker.opens_again(NOW) is None
    breaker.count(NOW)
    assert breaker.opens_again(NOW) == NOW + timedelta(minutes=10)


async def test_another_process_does_not_send_what_is_claimed(club: Club) -> None:
    one, two = club.process("one"), club.process("two")
    await one.plan()
    claimed = await one._claim(25)
    await two.meet_due()
    assert not club.discord.messages
    await one._deliver(claimed)
    assert len(club.discord.messages) == 1


async def test_who_lost_the_claim_neither_sends_nor_settles(club: Club) -> None:
    one, two = club.process("one", lease=timedelta(seconds=1)), club.process("two")
    await one.plan()
    claimed = await one._claim(25)
    club.now += timedelta(seconds=2)
    await two.meet_due()
    await one._deliver(claimed)
    assert club.discord.requests["send"] == 1
    assert (await the_one(club))[0] is DeliveryState.SENT


async def test_a_fault_in_one_reminder_holds_up_no_other(club: Club) -> None:
    club.source.plans += [planned(HOUR)]
    club.source.failing = {HOUR}
    await club.pass_time(hours=20)
    assert [message.kinds for message in club.discord.messages] == [(DAY,)]
    assert await club.rows("state", "reason") == [
        (DeliveryState.SENT, None),
        (DeliveryState.FAILED, Reason.FAULT),
    ]


async def test_what_is_not_needed_any_more_is_not_sent(club: Club) -> None:
    club.source.texts = {DAY: None}
    await club.pass_time(hours=30)
    assert not club.discord.messages
    assert await club.rows("state", "reason") == [(DeliveryState.SKIPPED, Reason.NOT_NEEDED)]


async def test_nothing_is_sent_again_while_nobody_tells_the_time(club: Club) -> None:
    club.discord.faults = [lost_answer]
    await club.deliveries.meet_due()
    club.discord.reachable = False
    await club.pass_time(minutes=2)
    assert club.discord.requests["send"] == 1
    club.discord.reachable = True
    await club.pass_time(minutes=5)
    assert len(club.discord.messages) == 1
    assert (await the_one(club))[0] is DeliveryState.SENT


async def test_looking_takes_its_turn_like_sending(club: Club) -> None:
    club.source.plans = [planned(key=f"{n}", dest=ROOM + n) for n in range(100)]
    club.discord.faults = [answers(Meaning.UNCERTAIN)] * 100
    # Sent within three seconds, and not tried again before.
    await club.pass_time(seconds=3)
    assert club.discord.requests["send"] == 100
    club.now += timedelta(minutes=10)
    began = club.now
    await club.process("two").plan()
    await club.pass_time(minutes=1)
    assert club.discord.requests["look"] == 100
    # A hundred looks and a hundred messages, of which a second's worth may come at once.
    assert max(club.discord.sent_at) - began > timedelta(seconds=2.5)


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_is_not_needed_any_more_is_looked_for_and_not_sent_again(
    club: Club, arrived: bool
) -> None:
    club.discord.faults = [lost_answer if arrived else answers(Meaning.UNCERTAIN)]
    await club.deliveries.meet_due()
    club.source.texts = {DAY: None}
    await club.pass_time(minutes=5)
    assert club.discord.requests == {"send": 1, "look": 1, "time": 2}
    skipped = (DeliveryState.SKIPPED, Reason.NOT_NEEDED)
    assert await club.rows("state", "reason") == [
        (DeliveryState.SENT, None) if arrived else skipped
    ]


async def test_only_the_reminder_right_before_the_session_mentions_and_at_most_80(
    club: Club,
) -> None:
    club.source.going = tuple(range(100, 300))
    club.source.plans += [planned(HOUR, key="other"), planned(HOUR, reader=ANN)]
    await club.pass_time(minutes=1)
    mentions = {(m.dest, m.kinds): m.mentions for m in club.discord.messages}
    assert mentions == {
        (ROOM, (DAY,)): (),
        (ROOM, (HOUR,)): tuple(range(100, 180)),
        (ANN, (HOUR,)): (),
    }


async def test_the_hour_goes_first_and_no_more_than_forty_a_second(club: Club) -> None:
    kinds = [ReminderKind.DIGEST, DAY, HOUR]
    club.source.plans = [
        planned(kinds[n % 3], key=f"{n}", dest=ROOM + n, useful=timedelta(minutes=50))
        for n in range(300)
    ]
    await club.pass_time(minutes=1)
    order = club.discord.order
    assert order == [HOUR] * 100 + [DAY] * 100 + [ReminderKind.DIGEST] * 100
    sent = sorted(club.discord.sent_at)
    for at in sent:
        assert sum(at <= other < at + timedelta(seconds=1) for other in sent) <= 80
    assert timedelta(seconds=6) < sent[-1] - sent[0] < timedelta(seconds=8)


async def test_ended_in_the_middle_of_sending_it_goes_on_at_the_next_start(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = asyncio.Event()

    async def hang(message: Outgoing) -> Answer:
        club.discord.deliver(message)
        sent.set()
        await asyncio.Event().wait()
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(club.discord, "send", hang)
        running = asyncio.create_task(club.deliveries.meet_due())
        await sent.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert await club.rows("state") == [DeliveryState.SENDING]
    club.process("two")
    await club.pass_time(minutes=2)
    assert len(club.discord.messages) == 1
    assert await club.rows("state") == [DeliveryState.SENT]


async def test_a_sender_that_breaks_does_not_break_the_others(club: Club) -> None:
    def broken(_discord: object, _message: Outgoing) -> Answer:
        raise RuntimeError("a fault of this program")

    club.source.plans += [planned(key="other")]
    club.discord.faults = [broken]
    await club.pass_time(minutes=2)
    assert len(club.discord.messages) == 2
    assert set(await club.rows("state")) == {DeliveryState.SENT}


async def test_a_source_that_breaks_over_a_refusal_leaves_the_others_settled(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("a fault of this program")

    monkeypatch.setattr(club.source, "refused", broken)
    club.source.plans += [planned(key="other", dest=ROOM + 1)]
    club.discord.faults = [answers(Meaning.FORBIDDEN, 50013)]
    await club.pass_time(minutes=2)
    assert await club.rows("state") == [DeliveryState.FAILED, DeliveryState.SENT]


async def test_what_is_said_does_not_reach_the_log(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    club.source.texts = {DAY: "sentinel text"}
    club.discord.faults = [
        lost_answer, answers(Meaning.FORBIDDEN, 50013), answers(Meaning.MALFORMED, 50035),
        answers(Meaning.BLOCKED, 200000), answers(Meaning.BANNED), kill_after,
    ]  # fmt: skip
    club.source.plans = [planned(key=f"{n}", dest=ROOM + n) for n in range(6)]
    with pytest.raises(Killed):
        await club.deliveries.meet_due()
    ours = [record for record in caplog.records if record.name.startswith("bot.")]
    assert "sentinel" not in " ".join(record.getMessage() for record in ours)
