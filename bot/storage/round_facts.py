"""Everything that decides about a round, read in one unit: a handful of statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Catalogue
from bot.domain.guild import GuildRules
from bot.domain.progress import Depth
from bot.domain.rounds import Facts, ItemFacts, Participant, Round, RoundUnit
from bot.domain.signups import SignupState
from bot.domain.split import PairState
from bot.domain.split.metrics import COMPLETION
from bot.storage import coverage, round_answers, round_pairs, rounds, standings
from bot.storage.tables import member, member_tag, reading, signup, split_answer

_READ = (Depth.READ, Depth.ALMOST, Depth.UNDERSTOOD)
# With fewer papers finished or given up, a share of them says little.
_ENOUGH = 10


async def facts_of(
    conn: AsyncConnection,
    of: Round,
    catalogue: Catalogue,
    rules: GuildRules,
    now: datetime,
    *,
    raised: bool = True,
) -> Facts:
    """The round as it stands at this moment. Papers that have left the catalogue are left out, and
    so are those that were retired and that nobody who takes part has.

    ``raised`` counts the seats that an organiser wants to give, beside those there are.
    """
    guild_id = of.guild_id
    here, absent = await _participants(conn, of, now)
    known = {each.user_id for each in here}
    more = await rounds.raised_seats(conn, guild_id, of.id) if raised else {}
    signups = [
        found
        for state in (SignupState.OPEN, SignupState.OFFERED)
        for found in await _signups(conn, guild_id, of.items, state)
    ]
    pairs = await round_pairs.published(conn, guild_id, of.id)
    # What somebody has read counts against what they take on, as before.
    have = {(user_id, paper_id) for user_id, paper_id, _ in signups}
    have |= {(pair.user_id, pair.paper_id) for pair in pairs if pair.state is PairState.DONE}
    only: defaultdict[str, set[int]] = defaultdict(set)
    for user_id, paper_id in have:
        if user_id in known and not catalogue.offers(paper_id):
            only[paper_id].add(user_id)
    items = await _items(conn, of, catalogue, rules, known, more, only)
    signups = [found for found in signups if found[1] in items]
    # Who was offered a seat they waited for has it, as far as the round goes.
    going = frozenset((user_id, paper_id) for user_id, paper_id, _ in signups if user_id in known)
    elsewhere = await _elsewhere(conn, guild_id, known, tuple(items))
    mark = await coverage.coverage_mark(conn, guild_id)
    return Facts(
        round=of,
        target=rules.target_readers,
        items=items,
        participants=tuple(
            Participant(p.user_id, p.name, p.answer, p.tags, elsewhere[p.user_id]) for p in here
        ),
        absent=absent,
        open=going,
        shared=Counter(
            paper_id for user_id, paper_id, seat in signups if user_id in known and seat is None
        ),
        pairs={
            (pair.user_id, pair.paper_id): pair.state
            for pair in pairs
            if not (pair.is_dropped and (pair.user_id, pair.paper_id) in going)
        },
        completion=mark.finished / mark.ended if mark.ended >= _ENOUGH else COMPLETION,
    )


async def _participants(
    conn: AsyncConnection, of: Round, now: datetime
) -> tuple[list[Participant], tuple[str, ...]]:
    """Those who are in: who is here, and the names of those who are away or gone."""
    given = await round_answers.answers(conn, of.guild_id, of.id)
    rows = await conn.execute(
        sa.select(
            member.c.user_id,
            member.c.display_name,
            sa.and_(
                member.c.departed_at.is_(None),
                sa.or_(
                    member.c.away_from.is_(None),
                    member.c.away_from > now,
                    member.c.away_until <= now,
                ),
            ).label("here"),
        )
        .join(
            split_answer,
            sa.and_(
                split_answer.c.guild_id == member.c.guild_id,
                split_answer.c.user_id == member.c.user_id,
            ),
        )
        .where(member.c.guild_id == of.guild_id, split_answer.c.round_id == of.id)
        .order_by(member.c.user_id)
    )
    tags: defaultdict[int, set[str]] = defaultdict(set)
    found = await conn.execute(
        sa.select(member_tag.c.user_id, member_tag.c.tag)
        .join(
            split_answer,
            sa.and_(
                split_answer.c.guild_id == member_tag.c.guild_id,
                split_answer.c.user_id == member_tag.c.user_id,
            ),
        )
        .where(member_tag.c.guild_id == of.guild_id, split_answer.c.round_id == of.id)
    )
    for row in found:
        tags[row.user_id].add(row.tag)
    here, absent = [], []
    for row in rows:
        if row.here:
            own = frozenset(tags[row.user_id])
            here.append(Participant(row.user_id, row.display_name, given[row.user_id], own, 0))
        else:
            absent.append(row.display_name)
    return here, tuple(sorted(absent))


async def _items(
    conn: AsyncConnection,
    of: Round,
    catalogue: Catalogue,
    rules: GuildRules,
    known: set[int],
    raised: Mapping[str, int],
    only: Mapping[str, set[int]],
) -> dict[str, ItemFacts]:
    theories = {
        p: t
        for p in of.items
        if (t := catalogue.theory_of(p)) is not None and (p in only or catalogue.offers(p))
    }
    by_theory = of.terms.unit is RoundUnit.THEORIES
    counted = {
        paper_id: theory.counting_ids if by_theory else [paper_id]
        for paper_id, theory in theories.items()
    }
    readers = await _readers(conn, of.guild_id, {p for ids in counted.values() for p in ids})
    standing = await standings.standings(conn, of.guild_id, tuple(theories), rules)
    held: Counter[str] = Counter()
    for state in (SignupState.OPEN, SignupState.OFFERED):
        for user_id, paper_id, seat in await _signups(conn, of.guild_id, tuple(theories), state):
            if seat is not None and user_id not in known:
                held[paper_id] += 1
    items = {}
    for paper_id, theory in theories.items():
        paper = theory.paper(paper_id)
        assert paper is not None
        seats = max(standing[paper_id].seats, raised.get(paper_id, 0))
        who = frozenset(user for each in counted[paper_id] for user in readers[each])
        have = frozenset(only[paper_id]) if paper_id in only else None
        items[paper_id] = ItemFacts(theory, paper, who, seats, held[paper_id], have)
    return items


async def _readers(
    conn: AsyncConnection, guild_id: int, paper_ids: Collection[str]
) -> Mapping[str, set[int]]:
    """Who has read each paper, of those who have not left."""
    rows = await conn.execute(
        sa.select(reading.c.paper_id, reading.c.user_id)
        .join(
            member,
            sa.and_(member.c.guild_id == reading.c.guild_id, member.c.user_id == reading.c.user_id),
        )
        .where(
            reading.c.guild_id == guild_id,
            reading.c.paper_id.in_(sorted(paper_ids)),
            reading.c.depth.in_(_READ),
            member.c.departed_at.is_(None),
        )
    )
    found: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        found[row.paper_id].add(row.user_id)
    return found


async def _signups(
    conn: AsyncConnection, guild_id: int, paper_ids: tuple[str, ...], state: SignupState
) -> list[tuple[int, str, int | None]]:
    rows = await conn.execute(
        sa.select(signup.c.user_id, signup.c.paper_id, signup.c.seat).where(
            signup.c.guild_id == guild_id,
            signup.c.paper_id.in_(paper_ids),
            signup.c.state == state,
        )
    )
    return [(row.user_id, row.paper_id, row.seat) for row in rows]


async def _elsewhere(
    conn: AsyncConnection, guild_id: int, known: Collection[int], paper_ids: tuple[str, ...]
) -> Counter[int]:
    """How many papers outside the round each of these members has open."""
    rows = await conn.execute(
        sa.select(signup.c.user_id, sa.func.count().label("papers"))
        .where(
            signup.c.guild_id == guild_id,
            signup.c.state == SignupState.OPEN,
            signup.c.paper_id.not_in(paper_ids),
        )
        .group_by(signup.c.user_id)
    )
    return Counter({row.user_id: row.papers for row in rows if row.user_id in known})
