"""Steps of a round that several use cases take, each within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import DeadlineKind
from bot.domain.guild import GuildRules
from bot.domain.living import edit_at
from bot.domain.members import Actor
from bot.domain.rounds import Facts, NoRound, Round, RoundOver, RoundState, SplitChanged
from bot.domain.signups import OPEN_LIMITS, Signup, SignupState
from bot.services import signup_steps
from bot.services.work import Unit
from bot.storage import guilds, round_facts, rounds, seats, signups, standings

Pairs = Iterable[tuple[int, str]]
# Whoever changes papers late in a round has at least so long to read the new one.
_LEAST_TIME = timedelta(weeks=1)


async def organised(
    unit: Unit, actor: Actor, round_id: int | None = None
) -> tuple[Round, GuildRules]:
    """The live round for an organiser. Raises OrganisersOnly, NoRound, RoundOver."""
    rules = await guilds.guild_rules(unit.conn, actor.guild_id)
    rules.require_organiser(actor)
    found = await rounds.live_round(unit.conn, actor.guild_id)
    return require_round(found, round_id), rules


def require_round(found: Round | None, round_id: int | None = None) -> Round:
    """The live round, which a button of round ``round_id`` is about. Raises NoRound, RoundOver."""
    if found is None:
        raise NoRound if round_id is None else RoundOver
    if round_id is not None and found.id != round_id:
        raise RoundOver
    return found


async def panel_changed(unit: Unit, of: Round) -> None:
    """What the panel shows has changed: it is edited soon, but never too often."""
    soon = edit_at(of.edited_at, unit.now)
    await unit.set_deadline(of.guild_id, DeadlineKind.SPLIT_PANEL, of.id, soon)


async def names_changed(unit: Unit, guild_id: int) -> None:
    """Somebody has left, come back or been erased: the panel names who is in."""
    found = await rounds.live_round(unit.conn, guild_id)
    if found is not None:
        await panel_changed(unit, found)


async def facts(unit: Unit, of: Round, catalogue: Catalogue, rules: GuildRules) -> Facts:
    """The round as it stands within this unit."""
    return await round_facts.facts_of(unit.conn, of, catalogue, rules, unit.now)


def due_at(of: Round, now: datetime) -> datetime:
    """When a paper of the round is to be read."""
    if of.state is RoundState.PUBLISHED:
        return max(of.due_at, now + _LEAST_TIME)
    return now + of.terms.time_to_read


async def end_signups(unit: Unit, guild_id: int, pairs: Pairs, state: SignupState) -> set[str]:
    """Ends these sign-ups; the papers whose seats the caller has to fill afterwards."""
    papers = set()
    for user_id, paper_id in sorted(pairs):
        found = await signups.live_signup(unit.conn, guild_id, user_id, paper_id)
        if found is not None:
            await signup_steps.end(unit, found, state)
            papers.add(paper_id)
    return papers


async def open_signups(
    unit: Unit, of: Round, pairs: Pairs, rules: GuildRules, until: datetime
) -> None:
    """Signs these members up, past waiting lists and their own limits.

    Raises SplitChanged when a seat is not to be had.
    """
    guild_id, wanted = of.guild_id, sorted(pairs)
    live = {
        (found.user_id, found.paper_id): found
        for found in await signups.live_signups(unit.conn, guild_id)
    }
    papers = sorted({paper_id for _, paper_id in wanted})
    limits = await standings.standings(unit.conn, guild_id, papers, rules)
    opened = []
    for user_id, paper_id in wanted:
        before, seats_in_all = live.get((user_id, paper_id)), limits[paper_id].seats
        if before is None:
            one = await seats.open_signup(
                unit.conn, guild_id, user_id, paper_id, unit.now, until,
                seats=seats_in_all, slots=OPEN_LIMITS[-1],
            )  # fmt: skip
        else:
            one = await _moved_up(unit, before, until, seats_in_all)
        if one is None:
            raise SplitChanged
        opened.append(one)
    await signup_steps.begin_all(unit, guild_id, opened)


async def _moved_up(unit: Unit, live: Signup, until: datetime, limit: int) -> Signup | None:
    """One who waits, or to whom a seat is offered, has it now; None for any other sign-up."""
    await unit.withdraw_notices(live.guild_id, live.id)
    await unit.clear_deadlines(live.guild_id, live.id, DeadlineKind.OFFER_EXPIRES)
    slots = OPEN_LIMITS[-1]
    match live.state:
        case SignupState.WAITING:
            return await seats.admit(unit.conn, live, unit.now, until, seats=limit, slots=slots)
        case SignupState.OFFERED:
            return await seats.take_offer(unit.conn, live, unit.now, until, slots=slots)
        case _:
            return None
