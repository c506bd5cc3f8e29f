"""A member's part of a published round: why it is theirs, accepting, swapping, giving back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.domain.rounds import (
    Facts,
    NotInRound,
    NotYourPaper,
    OwnPaper,
    OwnReading,
    RoundState,
    SplitChanged,
    SwapImpossible,
    SwapOption,
    swap_options,
)
from bot.domain.rounds.posing import assignment_of, explained, member_id
from bot.domain.signups import SignupState
from bot.domain.split import PairState, why
from bot.domain.split.table import Table
from bot.services import round_steps, signup_steps
from bot.services.catalogues import Catalogues
from bot.services.work import Unit, Work
from bot.storage import guilds, notices, round_answers, round_facts, round_pairs, rounds

_GOING = (PairState.PROPOSED, PairState.ACCEPTED, PairState.STARTED)
_CALLS = (NoticeKind.SPLIT_PUBLISHED, NoticeKind.SPLIT_CHANGED)
_SHOWN = (*_GOING, PairState.DONE)


class OwnReadings:
    """What each member was given; every step is checked against the round as it stands then."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def mine(self, actor: Actor, round_id: int | None = None) -> OwnReading:
        """The member's papers with the reasons for each.

        Raises NoRound, RoundOver, and NotInRound for who has none (yet).
        """
        facts = await self._read(actor, round_id)
        if facts.round.state is not RoundState.PUBLISHED:
            raise NotInRound
        own = {p: s for (u, p), s in facts.pairs.items() if u == actor.user_id and s in _SHOWN}
        if not own or actor.user_id not in facts.names:
            raise NotInRound
        papers = await asyncio.to_thread(_explained, facts, actor.user_id, own)
        titles = {paper_id: item.theory.short_name for paper_id, item in facts.items.items()}
        famous = frozenset(p for p, item in facts.items.items() if item.theory.baseline)
        return OwnReading(facts.round, papers, titles, famous)

    async def seen(self, actor: Actor) -> None:
        """The member has opened their part: nothing need call their attention to it any more."""
        async with self._work.write() as unit:
            await notices.forget_kinds(unit.conn, actor.guild_id, actor.user_id, _CALLS)

    async def accept(self, actor: Actor, round_id: int) -> OwnReading:
        """The member says yes to all their papers; saying so twice is fine."""
        async with self._work.write() as unit:
            await unit.arrive(actor)
            guild_id, user_id = actor.guild_id, actor.user_id
            found = round_steps.require_round(
                await rounds.live_round(unit.conn, guild_id), round_id
            )
            await round_pairs.accept(unit.conn, guild_id, found.id, user_id, unit.now)
            await round_steps.panel_changed(unit, found)
        return await self.mine(actor, round_id)

    async def swaps(
        self, actor: Actor, round_id: int, paper_id: str
    ) -> tuple[Facts, tuple[SwapOption, ...]]:
        """The free seats that may take the paper's place. Raises RoundOver, NotYourPaper."""
        facts = await self._read(actor, round_id)
        _require_own(facts, actor.user_id, paper_id)
        return facts, await asyncio.to_thread(_options, facts, actor.user_id, paper_id)

    async def swap(self, actor: Actor, round_id: int, paper_id: str, other_id: str) -> OwnReading:
        """The member reads ``other_id`` instead. Raises RoundOver, NotYourPaper, SwapImpossible."""
        guild_id, user_id = actor.guild_id, actor.user_id
        async with self._work.write() as unit:
            await unit.arrive(actor)
            facts = await self._facts(unit, actor, round_id)
            _require_own(facts, user_id, paper_id)
            options = await asyncio.to_thread(_options, facts, user_id, paper_id)
            if other_id not in {one.paper_id for one in options}:
                raise SwapImpossible
            of, old, new = facts.round, [(user_id, paper_id)], [(user_id, other_id)]
            rules = await guilds.guild_rules(unit.conn, guild_id)
            until = round_steps.due_at(of, unit.now)
            await round_steps.end_signups(unit, guild_id, old, SignupState.REMOVED)
            try:
                await round_steps.open_signups(unit, of, new, rules, until)
            except SplitChanged:
                raise SwapImpossible from None
            await round_pairs.drop(unit.conn, guild_id, of.id, user_id, paper_id, unit.now)
            await round_pairs.add_pairs(unit.conn, guild_id, of.id, new, unit.now, accepted=True)
            await signup_steps.fill_seats(unit, guild_id, paper_id)
            await round_steps.panel_changed(unit, of)
        return await self.mine(actor, round_id)

    async def give_back(self, actor: Actor, round_id: int, paper_id: str) -> None:
        """It is too much: the paper goes back, and no other comes for it in this round.

        Raises RoundOver, NotYourPaper.
        """
        guild_id, user_id = actor.guild_id, actor.user_id
        async with self._work.write() as unit:
            await unit.arrive(actor)
            facts = await self._facts(unit, actor, round_id)
            _require_own(facts, user_id, paper_id)
            of = facts.round
            freed = await round_steps.end_signups(
                unit, guild_id, [(user_id, paper_id)], SignupState.GIVEN_BACK
            )
            await round_pairs.drop(unit.conn, guild_id, of.id, user_id, paper_id, unit.now)
            mine = [s for (u, p), s in facts.pairs.items() if u == user_id and p != paper_id]
            kept = sum(state in _SHOWN for state in mine)
            await round_answers.set_most(unit.conn, guild_id, of.id, user_id, kept)
            for freed_id in sorted(freed):
                await signup_steps.fill_seats(unit, guild_id, freed_id)
            await round_steps.panel_changed(unit, of)

    async def _read(self, actor: Actor, round_id: int | None) -> Facts:
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, actor.guild_id)
            found = round_steps.require_round(
                await rounds.live_round(conn, actor.guild_id), round_id
            )
            now = self._work.now()
            return await round_facts.facts_of(conn, found, catalogue, rules, now, raised=False)

    async def _facts(self, unit: Unit, actor: Actor, round_id: int) -> Facts:
        catalogue = await self._catalogues.of(actor.guild_id)
        rules = await guilds.guild_rules(unit.conn, actor.guild_id)
        found = await rounds.live_round(unit.conn, actor.guild_id)
        of = round_steps.require_round(found, round_id)
        return await round_facts.facts_of(unit.conn, of, catalogue, rules, unit.now, raised=False)


def _require_own(facts: Facts, user_id: int, paper_id: str) -> None:
    if facts.pairs.get((user_id, paper_id)) not in _GOING or user_id not in facts.names:
        raise NotYourPaper


def _options(facts: Facts, user_id: int, paper_id: str) -> tuple[SwapOption, ...]:
    member, assignment = member_id(user_id), assignment_of(facts)
    if (member, paper_id) not in assignment:  # another paper of its theory was read meanwhile
        return ()
    return swap_options(explained(facts), assignment, member, paper_id)


def _explained(facts: Facts, user_id: int, own: Mapping[str, PairState]) -> tuple[OwnPaper, ...]:
    problem, assignment = explained(facts), assignment_of(facts)
    table, me = Table.of(problem), member_id(user_id)
    mine = next(one for one in facts.participants if one.user_id == user_id)
    papers = []
    for paper_id, item in facts.items.items():
        state = own.get(paper_id)
        if state is None:
            continue
        going = (me, paper_id) in assignment
        others = [u for u, p in facts.pairs if p == paper_id and u != user_id]
        companions = [
            facts.names[u]
            for u in sorted(others)
            if u in facts.names and facts.pairs[u, paper_id] in _GOING
        ]
        papers.append(
            OwnPaper(
                theory=item.theory,
                paper=item.paper,
                state=state,
                minutes=table.effort[table.member_of[me]][table.item_of[paper_id]],
                readers=len(item.readers - {user_id}),
                target=facts.target,
                place=mine.answer.wishes.place(paper_id),
                known=tuple(t for t in item.theory.prerequisites if t in mine.tags),
                companions=tuple(companions),
                swappable=going,
                instead=why(problem, assignment, me, paper_id) if going else (),
            )
        )
    return tuple(papers)
