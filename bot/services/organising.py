"""What organisers do with sign-ups: remove, extend, assign with consent, set the limits."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.guild import TARGET_READERS, GuildRules
from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.domain.signups import (
    EXTENSION,
    OPEN_LIMITS,
    SEAT_LIMITS,
    LimitOutOfRange,
    PaperFull,
    PaperSignups,
    ReadAlready,
    SignedUpAlready,
    Signup,
    SignupState,
)
from bot.services import signup_steps
from bot.services.board_steps import boards_changed
from bot.services.catalogues import Catalogues
from bot.services.work import Unit, Work
from bot.storage import depths, guilds, members, seats, signups, standings


class Organising:
    """Every use case raises OrganisersOnly for anybody else, and is recorded."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def rules(self, actor: Actor) -> GuildRules:
        """What the server has decided."""
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            rules.require_organiser(actor)
            return rules

    async def paper(self, actor: Actor, paper_id: str) -> PaperSignups:
        """Everything on one paper. Raises NotFound when the catalogue does not have it."""
        await self._require_paper(actor, paper_id)
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            rules.require_organiser(actor)
            found = await signups.live_signups(conn, actor.guild_id, paper_id=paper_id)
            standing = await standings.standings(conn, actor.guild_id, [paper_id], rules)
            names = await members.display_names(
                conn, actor.guild_id, [signup.user_id for signup in found]
            )
        return PaperSignups(standing[paper_id], found, names)

    async def remove(self, actor: Actor, signup_id: int) -> Signup:
        """Takes a sign-up back into the pool; its member is told, neutrally. Raises NotFound."""
        async with self._work.write() as unit:
            found = await self._live(unit, actor, signup_id)
            await signup_steps.finish(unit, found, SignupState.REMOVED)
            await self._tell(unit, found, NoticeKind.SIGNUP_REMOVED)
            await self._record(unit, actor, "signup-removed", found)
            return found

    async def extend(self, actor: Actor, signup_id: int) -> Signup:
        """Gives a reader three more days. Raises NotFound for one that is not open."""
        async with self._work.write() as unit:
            found = await self._live(unit, actor, signup_id)
            if not found.is_open or found.due_at is None:
                raise NotFound
            later = await signup_steps.move_due(unit, found, EXTENSION)
            await self._tell(unit, found, NoticeKind.SIGNUP_EXTENDED)
            await self._record(unit, actor, "signup-extended", found)
            return later

    async def assign(self, actor: Actor, paper_id: str, user_id: int, name: str) -> Signup:
        """Keeps a seat for a member for a day; whether they take it is up to them.

        Raises NotFound, SignedUpAlready, ReadAlready, and PaperFull when no seat is free.
        """
        await self._require_paper(actor, paper_id)
        async with self._work.write() as unit:
            rules = await self._rules(unit, actor)
            live = await signups.live_signup(unit.conn, actor.guild_id, user_id, paper_id)
            if live is not None:
                raise SignedUpAlready(live)
            depth = await depths.depth_of(unit.conn, actor.guild_id, user_id, paper_id)
            if depth is not None and depth.is_reader:
                raise ReadAlready(paper_id, depth)
            await members.record_member(unit.conn, actor.guild_id, user_id, name, unit.now)
            limit = await standings.seats_of(unit.conn, actor.guild_id, paper_id, rules)
            offered = await seats.assign(
                unit.conn, actor.guild_id, user_id, paper_id, actor.user_id, unit.now, seats=limit
            )
            if offered is None:
                standing = await standings.standings(unit.conn, actor.guild_id, [paper_id], rules)
                raise PaperFull(standing[paper_id])
            await signup_steps.announce_offer(unit, offered, NoticeKind.SEAT_ASSIGNED)
            await self._record(unit, actor, "signup-assigned", offered)
            return offered

    async def set_seats(self, actor: Actor, paper_id: str, seats: int) -> None:
        """How many seats the paper has; more are offered at once, fewer take nobody's away.

        Raises NotFound, LimitOutOfRange.
        """
        await self._require_paper(actor, paper_id)
        if seats not in SEAT_LIMITS:
            raise LimitOutOfRange(SEAT_LIMITS)
        async with self._work.write() as unit:
            await self._rules(unit, actor)
            await unit.arrive(actor)
            await standings.set_seats(unit.conn, actor.guild_id, paper_id, seats)
            await signup_steps.fill_seats(unit, actor.guild_id, paper_id)
            await unit.audit(actor, "seats-set", f"paper:{paper_id}")

    async def set_limits(
        self, actor: Actor, open_limit: int, seats: int, target: int | None = None
    ) -> None:
        """How many sign-ups a member may have open, how many seats a paper has by default, and
        how many readers a theory is to have (None: as before).

        Raises LimitOutOfRange.
        """
        for number, numbers in (
            (open_limit, OPEN_LIMITS), (seats, SEAT_LIMITS), (target, TARGET_READERS),
        ):  # fmt: skip
            if number is not None and number not in numbers:
                raise LimitOutOfRange(numbers)
        async with self._work.write() as unit:
            rules = await self._rules(unit, actor)
            await unit.arrive(actor)
            await guilds.set_limits(unit.conn, actor.guild_id, open_limit, seats)
            if target is not None:
                await guilds.set_target_readers(unit.conn, actor.guild_id, target, unit.now)
            waiting = await signups.live_signups(
                unit.conn, actor.guild_id, states=(SignupState.WAITING,)
            )
            for paper_id in sorted({found.paper_id for found in waiting}):
                await signup_steps.fill_seats(unit, actor.guild_id, paper_id)
            await boards_changed(unit, actor.guild_id)
            # A form sent as it was changes nothing, and the trail says so by its silence.
            wanted = replace(
                rules,
                open_limit=open_limit,
                seats=seats,
                target_readers=target or rules.target_readers,
            )
            if wanted != rules:
                await unit.audit(actor, "limits-set", "server")

    async def _require_paper(self, actor: Actor, paper_id: str) -> None:
        catalogue = await self._catalogues.of(actor.guild_id)
        if catalogue.theory_of(paper_id) is None:
            raise NotFound

    async def _rules(self, unit: Unit, actor: Actor) -> GuildRules:
        rules = await guilds.guild_rules(unit.conn, actor.guild_id)
        rules.require_organiser(actor)
        return rules

    async def _live(self, unit: Unit, actor: Actor, signup_id: int) -> Signup:
        await self._rules(unit, actor)
        found = await signups.signup_with(unit.conn, actor.guild_id, signup_id)
        if found is None or not found.state.is_live:
            raise NotFound
        return found

    async def _tell(self, unit: Unit, found: Signup, kind: NoticeKind) -> None:
        await unit.tell(
            found.guild_id, found.user_id, kind, paper_id=found.paper_id, signup_id=found.id
        )

    async def _record(self, unit: Unit, actor: Actor, action: str, found: Signup) -> None:
        await unit.audit(actor, action, f"paper:{found.paper_id}", member_id=found.user_id)
