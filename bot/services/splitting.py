"""Looking at a round's split, choosing between coverage and wishes, and publishing it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.guild import GuildRules
from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.domain.rounds import (
    SLACKS,
    Facts,
    NobodyIn,
    NothingFits,
    Preview,
    PublishedAlready,
    Round,
    RoundState,
    SplitChanged,
    fingerprint,
    pose,
)
from bot.domain.rounds.posing import assignment_of, pair_of
from bot.domain.rounds.seats import is_tight, more_seats, unlimited
from bot.domain.rounds.wished import wished
from bot.domain.signups import OPEN_LIMITS, SignupState
from bot.domain.split import (
    Difference,
    Level,
    Pair,
    Problem,
    Split,
    difference,
    usual_slack,
)
from bot.services import round_steps, signup_steps
from bot.services.catalogues import Catalogues
from bot.services.split_worker import SplitWorker
from bot.services.work import Unit, Work
from bot.storage import guilds, round_pairs, rounds, standings

_JUDGED = (Level.COVERED, Level.MET, Level.GAIN, Level.SERVED)

IdPairs = frozenset[tuple[int, str]]


class Splitting:
    """What an organiser does between wishes and sign-ups, and again when something changes."""

    def __init__(self, work: Work, catalogues: Catalogues, worker: SplitWorker) -> None:
        self._work = work
        self._catalogues = catalogues
        self._worker = worker

    async def preview(self, actor: Actor, round_id: int | None = None) -> Preview:
        """The split as it would be published now; it is what ``publish`` takes from here on.

        Raises OrganisersOnly, NoRound, RoundOver, NobodyIn.
        """
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.write() as unit:
            await unit.arrive(actor)
            found, rules = await round_steps.organised(unit, actor, round_id)
            facts = await round_steps.facts(unit, found, catalogue, rules)
            shown = await round_pairs.draft(unit.conn, actor.guild_id, found.id)
        if not facts.participants:
            raise NobodyIn
        made = await self._worked_out(facts)
        before = _texts(_going(facts) if found.state is RoundState.PUBLISHED else shown)
        given = _texts(_to_give(facts, made.split))
        changed = difference(before, given) if before else None
        async with self._work.write() as unit:
            now, _ = await round_steps.organised(unit, actor, found.id)
            if now.state is not found.state:
                raise SplitChanged
            guild_id = actor.guild_id
            await round_pairs.set_draft(unit.conn, guild_id, found.id, _to_give(facts, made.split))
            await rounds.record_shown_split(unit.conn, guild_id, found.id, made.fingerprint)
        return replace(made, difference=changed)

    async def choose(
        self, actor: Actor, round_id: int, *, slack: int | None = None, keeps: bool | None = None
    ) -> Preview:
        """How much coverage may go to wishes, or whether promises may move; the split with that.

        Raises SplitChanged for a slack nobody offers, and what ``preview`` raises.
        """
        if slack is not None and slack not in SLACKS:
            raise SplitChanged
        async with self._work.write() as unit:
            found, _ = await round_steps.organised(unit, actor, round_id)
            await rounds.set_choice(unit.conn, actor.guild_id, found.id, slack=slack, keeps=keeps)
        return await self.preview(actor, round_id)

    async def raise_seats(self, actor: Actor, round_id: int) -> Preview:
        """Gives papers as many seats as the best split would take; they hold once published.

        Raises what ``preview`` raises.
        """
        seen = await self.preview(actor, round_id)
        if not seen.more_seats:
            return seen
        async with self._work.write() as unit:
            await round_steps.organised(unit, actor, round_id)
            await rounds.raise_seats(unit.conn, actor.guild_id, round_id, seen.more_seats)
            await unit.audit(actor, "split-seats-raised", f"split:{round_id}")
        return await self.preview(actor, round_id)

    async def publish(
        self, actor: Actor, round_id: int | None = None, seen: str | None = None
    ) -> Difference:
        """Turns what was shown into sign-ups, all of it or nothing; what that changed.

        ``seen`` is the fingerprint of what this organiser looked at; without it, what any
        looked at last. Raises OrganisersOnly, NoRound, RoundOver, PublishedAlready when
        somebody was faster, and SplitChanged when it would not be the same any more.
        """
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.write() as unit:
            await unit.arrive(actor)
            found, rules = await round_steps.organised(unit, actor, round_id)
            if found.fingerprint is None and found.state is RoundState.PUBLISHED:
                raise PublishedAlready
            facts = await round_steps.facts(unit, found, catalogue, rules)
            # In a thread: hundreds of members take a while, and the loop goes on meanwhile.
            current = await asyncio.to_thread(lambda: fingerprint(pose(facts), _slack(facts)))
            if found.fingerprint != current or (seen or current) != current:
                raise SplitChanged
            if not await rounds.publish(unit.conn, actor.guild_id, found.id, current, unit.now):
                raise PublishedAlready
            changed = await self._give(unit, found, facts, rules)
            await unit.audit(actor, "split-published", f"split:{found.id}")
            await round_steps.panel_changed(unit, found)
        return changed

    async def _give(self, unit: Unit, of: Round, facts: Facts, rules: GuildRules) -> Difference:
        conn, guild_id = unit.conn, of.guild_id
        wanted = await round_pairs.draft(conn, guild_id, of.id)
        going = _going(facts)
        removed, added = going - wanted, wanted - going
        if not wanted and of.state is RoundState.COLLECTING:
            raise NothingFits
        until = round_steps.due_at(of, unit.now)
        raised = await self._set_limits(unit, facts, wanted, rules)
        freed = await round_steps.end_signups(unit, guild_id, removed, SignupState.REMOVED)
        for user_id, paper_id in removed:
            await round_pairs.withdraw(conn, guild_id, of.id, user_id, paper_id)
        await round_steps.open_signups(unit, of, added, rules, until)
        await round_pairs.add_pairs(conn, guild_id, of.id, added, unit.now)
        for paper_id in sorted({*freed, *raised, *(paper_id for _, paper_id in added)}):
            await signup_steps.fill_seats(unit, guild_id, paper_id)
        first = of.state is RoundState.COLLECTING
        kind = NoticeKind.SPLIT_PUBLISHED if first else NoticeKind.SPLIT_CHANGED
        for user_id in sorted({user_id for user_id, _ in added | removed}):
            await unit.tell(guild_id, user_id, kind, detail=str(of.id))
        return difference(_texts(going), _texts(wanted))

    async def _set_limits(
        self, unit: Unit, facts: Facts, wanted: IdPairs, rules: GuildRules
    ) -> Iterable[str]:
        """The seats that were raised, and a limit of open sign-ups that all of it fits into.

        From then on the seats are as any others; the papers that have more of them now.
        """
        guild_id = facts.round.guild_id
        raised = await rounds.raised_seats(unit.conn, guild_id, facts.round.id)
        for paper_id, number in sorted(raised.items()):
            now = await standings.seats_of(unit.conn, guild_id, paper_id, rules)
            if number > now:
                await standings.set_seats(unit.conn, guild_id, paper_id, number)
        held = Counter(user_id for user_id, _ in wanted | facts.open)
        elsewhere = {each.user_id: each.elsewhere for each in facts.participants}
        most = max((n + elsewhere.get(user_id, 0) for user_id, n in held.items()), default=0)
        if most > rules.open_limit:
            limit = min(most, OPEN_LIMITS[-1])
            await guilds.set_limits(unit.conn, guild_id, limit, rules.seats)
        await rounds.forget_raised(unit.conn, guild_id, facts.round.id)
        return tuple(raised)

    async def _worked_out(self, facts: Facts) -> Preview:
        problem, slack = await asyncio.to_thread(pose, facts), _slack(facts)
        mark = fingerprint(problem, slack)
        found = await self._split(problem, slack, facts)
        spacious = await asyncio.to_thread(lambda: pose(facts, seats=unlimited(facts)))
        choice = await asyncio.to_thread(wished, spacious, facts.completion)
        more, roomy = None, None
        if is_tight(facts, found):
            roomy = await self._split(spacious, slack, facts)
            more = more_seats(facts, roomy)
        if not more or roomy is None or not _is_better(roomy, found):
            more, roomy = None, None
        looser = None
        if facts.round.keeps and _going(facts):
            loose = replace(facts, round=replace(facts.round, keeps=False))
            looser = await self._split(await asyncio.to_thread(pose, loose), slack, facts)
            if not _is_better(looser, found, _JUDGED[:2]):
                looser = None
        return Preview(facts, problem, found, slack, mark, choice, None, more, roomy, looser)

    async def _split(self, problem: Problem, slack: int, facts: Facts) -> Split:
        mark = fingerprint(problem, slack)
        return await self._worker.split(problem, slack, facts.completion, mark)


def _slack(facts: Facts) -> int:
    chosen = facts.round.slack
    return usual_slack(len(facts.participants)) if chosen is None else chosen


def _is_better(one: Split, other: Split, levels: tuple[Level, ...] = _JUDGED) -> bool:
    return [one.levels[level] for level in levels] > [other.levels[level] for level in levels]


def _to_give(facts: Facts, found: Split) -> IdPairs:
    """What is to be published of a split: all but what members signed up for by themselves."""
    given = frozenset((int(member), paper_id) for member, paper_id in found.assignment)
    return given - (facts.open - facts.pairs.keys())


def _going(facts: Facts) -> IdPairs:
    """What was published and goes on; what members signed up for by themselves is none of it."""
    held = frozenset((int(member), paper_id) for member, paper_id in assignment_of(facts))
    return held - (facts.open - facts.pairs.keys())


def _texts(pairs: IdPairs) -> tuple[Pair, ...]:
    return tuple(sorted(pair_of(*pair) for pair in pairs))
