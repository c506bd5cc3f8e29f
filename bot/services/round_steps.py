"""Steps of a round that several use cases take, each within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import DeadlineKind
from bot.domain.guild import GuildRules
from bot.domain.members import Actor
from bot.domain.rounds import Facts, NoRound, Round, RoundOver, RoundState, SplitChanged
from bot.domain.signups import OPEN_LIMITS, Signup, SignupState
from bot.services import signup_steps
from bot.services.board_steps import EDIT_EVERY
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
    soon = unit.now if of.edited_at is None else max(unit.now, of.edited_at + EDIT_EVERY)
    await unit.set_deadline(of.guild_id, DeadlineKind.SPLIT_PANEL, of.id, soon)


async def facts(unit: Unit, of: Round, catalogue: Catalogue, rules: GuildRules) -> Facts:
    """The round as it stands within this unit."""
    return await round_facts.facts_of(unit.conn, of, catalogue, rules, unit.now)


def due_at(of: Round, now: datetime) -> datetime:
    """When a paper of the round is to be read."""
    begun = of.published_at if of.state is RoundState.PUBLISHED else now
    return max((begun or now) + of.terms.time_to_read, now + _LEAST_TIME)


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
    for user_id, paper_id in sorted(pairs):
        limit = await standings.seats_of(unit.conn, of.guild_id, paper_id, rules)
        opened = await _opened(unit, of.guild_id, user_id, paper_id, until, limit)
        if opened is None:
            raise SplitChanged
        await signup_steps.begin(unit, opened)


async def _opened(
    unit: Unit, guild_id: int, user_id: int, paper_id: str, until: datetime, limit: int
) -> Signup | None:
    conn, slots = unit.conn, OPEN_LIMITS[-1]
    live = await signups.live_signup(conn, guild_id, user_id, paper_id)
    if live is None:
        return await seats.open_signup(
            conn, guild_id, user_id, paper_id, unit.now, until, seats=limit, slots=slots
        )
    await unit.withdraw_notices(guild_id, live.id)
    match live.state:
        case SignupState.WAITING:
            return await seats.admit(conn, live, unit.now, until, seats=limit, slots=slots)
        case SignupState.OFFERED:
            return await seats.take_offer(conn, live, unit.now, until, slots=slots)
        case _:
            return None
