"""Steps of sign-ups that other use cases take too, each within the caller's transaction.

Wherever a seat becomes free it is offered on in the same transaction, so that no seat is ever
free while somebody who is here waits for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.deadlines import DeadlineKind
from bot.domain.guild import GuildRules
from bot.domain.notices import NoticeKind
from bot.domain.signups import (
    GRACE,
    OFFER_STANDS,
    TIME_TO_READ,
    Signup,
    SignupState,
)
from bot.services.board_steps import boards_changed
from bot.services.work import Unit
from bot.storage import depths, guilds, seats, signups, standings

_KINDS = (
    DeadlineKind.CHECK_IN_HALF_WAY,
    DeadlineKind.CHECK_IN_BEFORE_DUE,
    DeadlineKind.SIGNUP_OVERDUE,
    DeadlineKind.SIGNUP_EXPIRES,
    DeadlineKind.OFFER_EXPIRES,
)


async def fill_seats(unit: Unit, guild_id: int, paper_id: str) -> None:
    """Offers every free seat of the paper to those who wait, in their order; tells its boards."""
    rules = await guilds.guild_rules(unit.conn, guild_id)
    await _fill(unit, guild_id, paper_id, rules)
    await boards_changed(unit, guild_id)


async def _fill(unit: Unit, guild_id: int, paper_id: str, rules: GuildRules) -> None:
    limit = await standings.seats_of(unit.conn, guild_id, paper_id, rules)
    while True:
        offered = await seats.offer_next(unit.conn, guild_id, paper_id, unit.now, seats=limit)
        if offered is None:
            return
        await announce_offer(unit, offered, NoticeKind.SEAT_OFFERED)


async def announce_offer(unit: Unit, offered: Signup, kind: NoticeKind) -> None:
    """The offer stands for a day; the member is told."""
    until = unit.now + OFFER_STANDS
    await unit.set_deadline(offered.guild_id, DeadlineKind.OFFER_EXPIRES, offered.id, until)
    await unit.tell(
        offered.guild_id,
        offered.user_id,
        kind,
        paper_id=offered.paper_id,
        signup_id=offered.id,
        expires_at=until,
    )


async def begin(unit: Unit, opened: Signup) -> tuple[int, ...]:
    """What follows when a sign-up is opened; the user ids of those it shares the paper with."""
    await depths.take_up(unit.conn, opened.guild_id, opened.user_id, opened.paper_id, unit.now)
    await set_deadlines(unit, opened)
    await unit.clear_deadlines(opened.guild_id, opened.id, DeadlineKind.OFFER_EXPIRES)
    sharing = [
        other
        for other in await signups.live_signups(
            unit.conn,
            opened.guild_id,
            paper_id=opened.paper_id,
            states=(SignupState.OPEN,),
        )
        if other.shared_at is not None and other.user_id != opened.user_id
    ]
    await _tell_sharing(unit, opened, sharing)
    await boards_changed(unit, opened.guild_id)
    return tuple(other.user_id for other in sharing)


async def begin_all(unit: Unit, guild_id: int, opened: Sequence[Signup]) -> None:
    """As ``begin`` for many sign-ups of one server, in as few statements as that takes."""
    pairs = [(one.user_id, one.paper_id) for one in opened]
    await depths.take_up_all(unit.conn, guild_id, pairs, unit.now)
    due = [(kind, one.id, at) for one in opened for kind, at in _dues(one).items() if at > unit.now]
    await unit.set_deadlines(guild_id, due)
    going = await signups.live_signups(unit.conn, guild_id, states=(SignupState.OPEN,))
    shared = [other for other in going if other.shared_at is not None]
    for one in opened:
        others = [o for o in shared if o.paper_id == one.paper_id and o.user_id != one.user_id]
        await _tell_sharing(unit, one, others)
    await boards_changed(unit, guild_id)


async def _tell_sharing(unit: Unit, opened: Signup, sharing: Sequence[Signup]) -> None:
    for other in sharing:
        await unit.tell(
            opened.guild_id,
            other.user_id,
            NoticeKind.CO_READER,
            paper_id=opened.paper_id,
            signup_id=other.id,
            other_id=opened.user_id,
        )


async def set_deadlines(unit: Unit, opened: Signup, *, asks_half_way: bool = True) -> None:
    """When its reader is asked how it goes, and when it ends by itself.

    A due date that only moves leaves the question half-way where it was: it may be answered.
    """
    due = _dues(opened)
    if not asks_half_way:
        del due[DeadlineKind.CHECK_IN_HALF_WAY]
    for kind, at in due.items():
        if at > unit.now:
            await unit.set_deadline(opened.guild_id, kind, opened.id, at)
        else:
            await unit.clear_deadlines(opened.guild_id, opened.id, kind)


def _dues(opened: Signup) -> dict[DeadlineKind, datetime]:
    assert opened.due_at is not None
    return {
        DeadlineKind.CHECK_IN_HALF_WAY: opened.half_way(),
        DeadlineKind.CHECK_IN_BEFORE_DUE: opened.before_due(),
        DeadlineKind.SIGNUP_OVERDUE: opened.due_at,
        DeadlineKind.SIGNUP_EXPIRES: opened.due_at + GRACE,
    }


async def move_due(unit: Unit, found: Signup, by: timedelta) -> Signup:
    """Gives an open sign-up more time, from its due date or, when that is past, from now.

    However often, it is never due later than a sign-up made now would be.
    """
    assert found.due_at is not None
    wanted = min(max(found.due_at, unit.now) + by, unit.now + TIME_TO_READ)
    await signups.set_due(unit.conn, found, max(found.due_at, wanted))
    later = await signups.signup_with(unit.conn, found.guild_id, found.id)
    assert later is not None
    await set_deadlines(unit, later, asks_half_way=False)
    return later


async def finish(unit: Unit, found: Signup, state: SignupState) -> None:
    """Ends a sign-up, whatever it was; its seat is offered on."""
    await end(unit, found, state)
    await fill_seats(unit, found.guild_id, found.paper_id)


async def end(unit: Unit, found: Signup, state: SignupState) -> None:
    """Ends a sign-up and leaves its seat to the caller, who must fill the paper's seats."""
    await signups.close(unit.conn, found, state, unit.now)
    await unit.clear_deadlines(found.guild_id, found.id, *_KINDS)
    await unit.withdraw_notices(found.guild_id, found.id)
    if state is not SignupState.READ and found.state in (SignupState.OPEN, SignupState.PAUSED):
        await depths.give_up(unit.conn, found.guild_id, found.user_id, found.paper_id, unit.now)


async def share(unit: Unit, found: Signup) -> None:
    """The seat opens to a co-reader, the first who waits or whoever comes; the member reads on."""
    await signups.share(unit.conn, found, unit.now)
    await fill_seats(unit, found.guild_id, found.paper_id)


async def close_as_read(unit: Unit, guild_id: int, user_id: int, paper_id: str) -> None:
    """The member has read the paper: a sign-up for it, in whatever state, is done."""
    found = await signups.live_signup(unit.conn, guild_id, user_id, paper_id)
    if found is not None:
        await finish(unit, found, SignupState.READ)


async def touched(unit: Unit, guild_id: int, user_id: int, paper_id: str) -> None:
    """The member has logged something: nobody needs to ask how it goes."""
    found = await signups.live_signup(unit.conn, guild_id, user_id, paper_id)
    if found is not None and found.is_open:
        await signups.record_activity(unit.conn, found, unit.now, logged=True)
        await unit.withdraw_notices(guild_id, found.id, NoticeKind.CHECK_IN)


async def pause(unit: Unit, guild_id: int, user_id: int) -> None:
    """The member is away or gone: their seats go on, and their time to read stands still.

    Where they wait they keep their place and are passed over.
    """
    for found in await signups.live_signups(unit.conn, guild_id, user_id=user_id):
        if found.is_open:
            assert found.due_at is not None
            left = max(0, int((found.due_at - unit.now).total_seconds()))
            await signups.pause(unit.conn, found, left)
        elif found.state is SignupState.OFFERED:
            await signups.wait_again(unit.conn, found)
        else:
            continue
        await unit.clear_deadlines(guild_id, found.id, *_KINDS)
        await unit.withdraw_notices(guild_id, found.id)
        await fill_seats(unit, guild_id, found.paper_id)


async def resume(unit: Unit, guild_id: int, user_id: int) -> None:
    """The member is back: what was put aside goes on with the time that was left."""
    rules = await guilds.guild_rules(unit.conn, guild_id)
    for found in await signups.live_signups(unit.conn, guild_id, user_id=user_id):
        if found.state is SignupState.PAUSED:
            assert found.seconds_left is not None
            # At least a few days, or the first word after the return would be "overdue".
            left = max(timedelta(seconds=found.seconds_left), timedelta(days=3))
            limit = await standings.seats_of(unit.conn, guild_id, found.paper_id, rules)
            opened = await seats.resume(unit.conn, found, unit.now, unit.now + left, seats=limit)
            assert opened is not None
            await set_deadlines(unit, opened)
        await fill_seats(unit, guild_id, found.paper_id)


async def withdraw_all(unit: Unit, guild_id: int, user_id: int) -> None:
    """Everything the member signed up for goes back."""
    for found in await signups.live_signups(unit.conn, guild_id, user_id=user_id):
        await finish(unit, found, SignupState.GIVEN_BACK)
