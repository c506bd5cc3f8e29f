"""Answering a round: the form of wishes, being in, and not being in any more."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.members import Actor, DmConsent
from bot.domain.progress import Depth
from bot.domain.rounds import (
    Joined,
    Round,
    RoundForm,
    RoundFull,
    RoundState,
    Sent,
    papers_of,
    tidied,
)
from bot.domain.signups import AwayNow, SignupState
from bot.domain.split.problem import MOST_MEMBERS
from bot.services import round_steps, signup_steps
from bot.services.catalogues import Catalogues
from bot.services.work import Unit, Work
from bot.storage import depths, members, readings, round_answers, round_pairs, rounds

_GOING = ("proposed", "accepted", "started")


class RoundAnswers:
    """What members say to the round that goes on."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def form(self, actor: Actor, round_id: int | None = None) -> RoundForm:
        """The form of wishes for a member. Raises NoRound, RoundOver."""
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            found = round_steps.require_round(
                await rounds.live_round(conn, actor.guild_id), round_id
            )
            answer = await round_answers.answer_of(conn, actor.guild_id, found.id, actor.user_id)
            known = await readings.own_depths(conn, actor.guild_id, actor.user_id)
        papers = papers_of(found, catalogue)
        unread = frozenset(
            paper.id
            for _, paper in papers
            if paper.id not in known or known[paper.id].rank < Depth.READ.rank
        )
        return RoundForm(found, papers, unread, answer)

    async def join(self, actor: Actor, round_id: int, sent: Sent) -> Joined:
        """The member is in, with what they sent; what they have read is logged as *read*.

        Raises RoundOver, AwayNow.
        """
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.write() as unit:
            await unit.arrive(actor)
            guild_id, user_id = actor.guild_id, actor.user_id
            found = round_steps.require_round(
                await rounds.live_round(unit.conn, guild_id), round_id
            )
            absence = (await members.presence_of(unit.conn, guild_id, user_id)).absence
            if absence is not None and absence.covers(unit.now):
                raise AwayNow(absence.ends)
            offered = [paper.id for _, paper in papers_of(found, catalogue)]
            tidy = tidied(sent, offered, found.terms.numbers)
            answer = tidy.answer
            before = await round_answers.answer_of(unit.conn, guild_id, found.id, user_id)
            if before is None and await self._is_full(unit, found):
                raise RoundFull
            if tidy.amount_unclear and before is not None:
                # What could not be read changes nothing.
                answer = replace(answer, amount=before.amount)
            logged = [p for p in tidy.read if await self._log_read(unit, actor, p)]
            await round_answers.set_answer(unit.conn, guild_id, found.id, user_id, answer, unit.now)
            await round_steps.panel_changed(unit, found)
            own = await round_pairs.published(unit.conn, guild_id, found.id, user_id)
            consent = await members.dm_consent(unit.conn, guild_id, user_id)
        late = found.state is RoundState.PUBLISHED
        holds = any(pair.state.value in _GOING for pair in own)
        tidy = replace(tidy, answer=answer)
        return Joined(found, tidy, tuple(logged), late, holds, consent is DmConsent.UNASKED)

    async def _is_full(self, unit: Unit, found: Round) -> bool:
        return await round_answers.count(unit.conn, found.guild_id, found.id) >= MOST_MEMBERS

    async def held(self, actor: Actor, round_id: int) -> tuple[str, ...]:
        """The papers of the round that are the member's now. Raises RoundOver."""
        async with self._work.read() as conn:
            live = await rounds.live_round(conn, actor.guild_id)
            found = round_steps.require_round(live, round_id)
            own = await round_pairs.published(conn, actor.guild_id, found.id, actor.user_id)
        return tuple(pair.paper_id for pair in own if pair.state.value in _GOING)

    async def leave(self, actor: Actor, round_id: int) -> tuple[str, ...] | None:
        """The member is not in any more; the papers that went back, None for who was not in.

        Raises RoundOver.
        """
        async with self._work.write() as unit:
            guild_id, user_id = actor.guild_id, actor.user_id
            found = round_steps.require_round(
                await rounds.live_round(unit.conn, guild_id), round_id
            )
            await unit.arrive(actor)
            if not await round_answers.remove_answer(unit.conn, guild_id, found.id, user_id):
                return None
            own = await round_pairs.published(unit.conn, guild_id, found.id, user_id)
            given = [(user_id, pair.paper_id) for pair in own if pair.state.value in _GOING]
            freed = await round_steps.end_signups(unit, guild_id, given, SignupState.GIVEN_BACK)
            for _, paper_id in given:
                await round_pairs.drop(unit.conn, guild_id, found.id, user_id, paper_id, unit.now)
            for paper_id in sorted(freed):
                await signup_steps.fill_seats(unit, guild_id, paper_id)
            await round_steps.panel_changed(unit, found)
        return tuple(paper_id for _, paper_id in given)

    async def _log_read(self, unit: Unit, actor: Actor, paper_id: str) -> bool:
        """Logs a paper as read; whether that was news. What is known deeper stays."""
        row = (actor.guild_id, actor.user_id, paper_id)
        known = await depths.depth_of(unit.conn, *row)
        if known is not None and known.rank >= Depth.READ.rank:
            return False
        await depths.set_depth(unit.conn, *row, Depth.READ, unit.now)
        await signup_steps.close_as_read(unit, *row)
        return True
