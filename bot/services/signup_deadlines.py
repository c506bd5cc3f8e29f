"""What happens to sign-ups by itself: check-ins, offers that lapse, due dates long past."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.notices import NoticeKind
from bot.domain.signups import GRACE, Signup, SignupState
from bot.services import signup_steps
from bot.services.work import Unit
from bot.storage import signups

KINDS = (
    DeadlineKind.CHECK_IN_HALF_WAY,
    DeadlineKind.CHECK_IN_BEFORE_DUE,
    DeadlineKind.SIGNUP_OVERDUE,
    DeadlineKind.SIGNUP_EXPIRES,
    DeadlineKind.OFFER_EXPIRES,
)


async def meet(unit: Unit, deadline: Deadline) -> None:
    """Meets one deadline of a sign-up; nothing happens when it is over already."""
    found = await signups.signup_with(unit.conn, deadline.guild_id, deadline.subject_id)
    if found is None:
        return
    if deadline.kind is DeadlineKind.OFFER_EXPIRES:
        if found.state is SignupState.OFFERED:
            await _let_offer_lapse(unit, found)
    elif found.is_open:
        match deadline.kind:
            case DeadlineKind.SIGNUP_OVERDUE:
                await _note_overdue(unit, found)
            case DeadlineKind.SIGNUP_EXPIRES:
                await _expire(unit, found)
            case _:
                if found.logged_at is None:
                    await _check_in(unit, found)


async def _let_offer_lapse(unit: Unit, found: Signup) -> None:
    await signup_steps.finish(unit, found, SignupState.EXPIRED)
    await unit.tell(
        found.guild_id,
        found.user_id,
        NoticeKind.OFFER_EXPIRED,
        paper_id=found.paper_id,
        signup_id=found.id,
    )


async def _note_overdue(unit: Unit, found: Signup) -> None:
    if not found.is_silent_at_due():
        return
    if found.logged_at is not None or found.shared_at is not None:
        await _check_in(unit, found)
        return
    await signup_steps.share(unit, found)
    await unit.withdraw_notices(found.guild_id, found.id, NoticeKind.CHECK_IN)
    await unit.tell(
        found.guild_id,
        found.user_id,
        NoticeKind.SEAT_SHARED,
        paper_id=found.paper_id,
        signup_id=found.id,
    )


async def _expire(unit: Unit, found: Signup) -> None:
    if _is_at_it(unit, found):
        # Ask, and look again in a week.
        await _check_in(unit, found)
        await unit.set_deadline(
            found.guild_id, DeadlineKind.SIGNUP_EXPIRES, found.id, unit.now + GRACE
        )
        return
    await signup_steps.finish(unit, found, SignupState.EXPIRED)
    await unit.tell(
        found.guild_id,
        found.user_id,
        NoticeKind.SIGNUP_EXPIRED,
        paper_id=found.paper_id,
        signup_id=found.id,
    )


def _is_at_it(unit: Unit, found: Signup) -> bool:
    """Whether the reader logged something lately, or, for one week more, answered at least."""
    lately = unit.now - GRACE - timedelta(days=2)
    if found.logged_at is not None and found.logged_at > lately:
        return True
    assert found.due_at is not None
    is_first = unit.now < found.due_at + 2 * GRACE
    return is_first and found.active_at is not None and found.active_at > lately


async def _check_in(unit: Unit, found: Signup) -> None:
    """One question at a time, whether or not the one before was read."""
    await unit.withdraw_notices(found.guild_id, found.id, NoticeKind.CHECK_IN)
    await unit.tell(
        found.guild_id,
        found.user_id,
        NoticeKind.CHECK_IN,
        paper_id=found.paper_id,
        signup_id=found.id,
        detail=None if found.due_at is None else found.due_at.isoformat(),
    )
