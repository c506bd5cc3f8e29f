"""Signing up for a paper, waiting for a seat, answering how it goes, and giving it back."""

from __future__ import annotations

from bot.domain.errors import NotFound
from bot.domain.members import Actor, DmConsent
from bot.domain.signups import (
    EXTENSION,
    TIME_TO_READ,
    AwayNow,
    CheckInAnswer,
    LinedUpEnough,
    NoLongerOffered,
    PaperFull,
    SeatFree,
    SignedUp,
    Signup,
    SignupState,
    Waiting,
)
from bot.services import signup_checks, signup_steps
from bot.services.board_steps import boards_changed
from bot.services.catalogues import Catalogues
from bot.services.free_seats import papers_with_free_seat
from bot.services.work import Unit, Work
from bot.storage import guilds, members, readings, seats, signups
from bot.storage.situation import Situation, situation

_ALTERNATIVES = 2


class Signups:
    """Who reads what, and who is next."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def sign_up(self, actor: Actor, paper_id: str) -> SignedUp:
        """The member takes a seat.

        Raises NotFound for a paper that is gone, NoLongerOffered, SignedUpAlready, ReadAlready,
        OpenLimitReached with what is open, PaperFull.
        """
        is_offered = await self._require_paper(actor, paper_id)
        async with self._work.read() as conn:
            # Most who come too late are told so without taking their turn to write.
            seen = await situation(conn, actor.guild_id, actor.user_id, paper_id)
            _require_offered(seen, is_offered=is_offered)
            if self._is_plain(actor, seen) and seen.live_state is not SignupState.OFFERED:
                await signup_checks.require_chance(conn, actor, seen)
        await self._let_in(actor, seen)
        async with self._work.write() as unit:
            now = await situation(unit.conn, actor.guild_id, actor.user_id, paper_id)
            if now.live_state is SignupState.OFFERED:
                offered = await signup_checks.live(unit.conn, actor, paper_id)
                return await self._take(unit, actor, offered)
            await signup_checks.require_chance(unit.conn, actor, now)
            await unit.arrive(actor)
            opened = await seats.open_signup(
                unit.conn,
                actor.guild_id,
                actor.user_id,
                paper_id,
                unit.now,
                unit.now + TIME_TO_READ,
                seats=now.standing.seats,
                slots=now.open_limit,
            )
            if opened is None:
                raise PaperFull(now.standing)
            return await self._begun(unit, opened)

    async def wait(self, actor: Actor, paper_id: str) -> Waiting:
        """The member waits for a seat.

        Raises NotFound, NoLongerOffered, SignedUpAlready, ReadAlready, and SeatFree when nobody
        need wait.
        """
        is_offered = await self._require_paper(actor, paper_id)
        async with self._work.read() as conn:
            seen = await situation(conn, actor.guild_id, actor.user_id, paper_id)
        _require_offered(seen, is_offered=is_offered)
        if seen.live_state is not SignupState.WAITING:
            await self._let_in(actor, seen)
        async with self._work.write() as unit:
            now = await situation(unit.conn, actor.guild_id, actor.user_id, paper_id)
            if now.live_state is SignupState.WAITING:
                assert now.live_id is not None
                before = await signups.waiting_before(
                    unit.conn, actor.guild_id, paper_id, now.live_id
                )
                return Waiting(before, asks_dm=False)
            await signup_checks.require_new(unit.conn, actor, now)
            if now.standing.free:
                raise SeatFree(paper_id)
            if now.lined_up >= now.open_limit:
                raise LinedUpEnough(paper_id, now.open_limit)
            await unit.arrive(actor)
            await signups.wait(unit.conn, actor.guild_id, actor.user_id, paper_id, unit.now)
            if now.standing.taken < now.standing.seats:  # those before are away
                await signup_steps.fill_seats(unit, actor.guild_id, paper_id)
            else:
                await boards_changed(unit, actor.guild_id)
            return Waiting(now.standing.waiting, asks_dm=now.dm is DmConsent.UNASKED)

    async def alternatives(self, actor: Actor) -> tuple[str, ...]:
        """Two papers with a free seat that the member has not taken up, most needed first."""
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            own = await signups.live_signups(conn, actor.guild_id, user_id=actor.user_id)
            known = await readings.own_depths(conn, actor.guild_id, actor.user_id)
            free = await papers_with_free_seat(conn, catalogue, actor.guild_id, rules)
        taken_up = {found.paper_id for found in own} | set(known)
        return tuple(other for other in free if other not in taken_up)[:_ALTERNATIVES]

    async def withdraw(self, actor: Actor, paper_id: str) -> Signup:
        """The member gives the paper back, or stops waiting. Raises NotFound without a sign-up."""
        async with self._work.write() as unit:
            found = await signups.live_signup(unit.conn, actor.guild_id, actor.user_id, paper_id)
            if found is None:
                raise NotFound
            await unit.arrive(actor)
            await signup_steps.finish(unit, found, SignupState.GIVEN_BACK)
            return found

    async def take_offer(self, actor: Actor, signup_id: int) -> SignedUp:
        """The member takes the seat that is kept for them; taking it twice is fine.

        Raises NotFound when it is not theirs or not offered any more, OpenLimitReached.
        """
        async with self._work.write() as unit:
            found = await self._own(unit, actor, signup_id)
            await unit.arrive(actor)
            if found.is_open:
                return SignedUp(found)
            if found.state is not SignupState.OFFERED:
                raise NotFound
            return await self._take(unit, actor, found)

    async def leave_offer(self, actor: Actor, signup_id: int) -> Signup:
        """The member does not want the seat that is kept for them; it goes to the next.

        Raises NotFound when it is not theirs or not offered any more.
        """
        async with self._work.write() as unit:
            found = await self._own(unit, actor, signup_id)
            if found.state is not SignupState.OFFERED:
                raise NotFound
            await unit.arrive(actor)
            await signup_steps.finish(unit, found, SignupState.GIVEN_BACK)
            return found

    async def answer(self, actor: Actor, signup_id: int, answer: CheckInAnswer) -> Signup:
        """The reader says how it goes; the sign-up as it is then.

        Raises NotFound when it is not theirs or not open any more.
        """
        async with self._work.write() as unit:
            found = await self._own(unit, actor, signup_id)
            if not found.is_open:
                raise NotFound
            await unit.arrive(actor)
            await signups.record_activity(unit.conn, found, unit.now, logged=False)
            await unit.withdraw_notices(actor.guild_id, found.id)
            match answer:
                case CheckInAnswer.EXTEND:
                    await signup_steps.move_due(unit, found, EXTENSION)
                case CheckInAnswer.SHARE:
                    await signup_steps.share(unit, found)
                case CheckInAnswer.PASS_ON:
                    await signup_steps.finish(unit, found, SignupState.GIVEN_BACK)
                case CheckInAnswer.ON_TRACK:
                    pass
            answered = await signups.signup_with(unit.conn, actor.guild_id, found.id)
            assert answered is not None
            return answered

    async def own(self, actor: Actor) -> tuple[Signup, ...]:
        """The member's live sign-ups, in the order they were made."""
        async with self._work.read() as conn:
            return await signups.live_signups(conn, actor.guild_id, user_id=actor.user_id)

    async def most_needed(self, guild_id: int) -> tuple[str, ...]:
        """Primary papers with a free seat, those of the most needed theories first."""
        catalogue = await self._catalogues.of(guild_id)
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, guild_id)
            return await papers_with_free_seat(conn, catalogue, guild_id, rules)

    async def _take(self, unit: Unit, actor: Actor, offered: Signup) -> SignedUp:
        rules = await guilds.guild_rules(unit.conn, actor.guild_id)
        opened = await seats.take_offer(
            unit.conn, offered, unit.now, unit.now + TIME_TO_READ, slots=rules.open_limit
        )
        if opened is None:
            raise await signup_checks.too_many(unit.conn, actor, offered.paper_id, rules.open_limit)
        await unit.withdraw_notices(actor.guild_id, opened.id)
        return await self._begun(unit, opened)

    async def _begun(self, unit: Unit, opened: Signup) -> SignedUp:
        sharing = await signup_steps.begin(unit, opened)
        names = await members.display_names(unit.conn, opened.guild_id, sharing)
        consent = await members.dm_consent(unit.conn, opened.guild_id, opened.user_id)
        return SignedUp(
            opened,
            tuple(names[user_id] for user_id in sharing if user_id in names),
            asks_dm=consent is DmConsent.UNASKED,
        )

    def _is_plain(self, actor: Actor, seen: Situation) -> bool:
        """Whether nothing has to be stored before the member can be answered."""
        has_come = seen.departed_at is None and actor.display_name is not None
        return has_come and not seen.is_away(self._work.now())

    async def _let_in(self, actor: Actor, seen: Situation) -> None:
        """A member who had left is back, whatever becomes of what they want now.

        Raises NotFound for somebody unknown who writes from a direct message, and AwayNow for
        one who is away: their sign-ups pause, and one made meanwhile would go past the limit.
        """
        if seen.departed_at is not None or actor.display_name is None:
            async with self._work.write() as unit:
                await unit.arrive(actor)
        if seen.is_away(self._work.now()):
            assert seen.away_until is not None
            raise AwayNow(seen.away_until)

    async def _require_paper(self, actor: Actor, paper_id: str) -> bool:
        """Whether the paper is on offer; raises NotFound for one that is gone."""
        catalogue = await self._catalogues.of(actor.guild_id)
        if catalogue.theory_of(paper_id) is None:
            raise NotFound
        return catalogue.offers(paper_id)

    async def _own(self, unit: Unit, actor: Actor, signup_id: int) -> Signup:
        found = await signups.signup_with(unit.conn, actor.guild_id, signup_id)
        if found is None or found.user_id != actor.user_id:
            raise NotFound
        return found


def _require_offered(seen: Situation, *, is_offered: bool) -> None:
    """Raises NoLongerOffered for a retired paper, unless it is the member's already."""
    if not is_offered and seen.live_id is None:
        raise NoLongerOffered
