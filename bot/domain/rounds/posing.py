"""From what a server knows to a problem to split, and what tells two problems apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.catalogue import Theory
from bot.domain.papers import Paper
from bot.domain.rounds.terms import Round
from bot.domain.rounds.wishes import Answer
from bot.domain.signups import OPEN_LIMITS
from bot.domain.split import Item, Member, Pair, PairState, Problem, Scores, continued
from bot.domain.suggesting import LONG_HOURS

_MINUTES = 60


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """A paper of the round as the server stands to it.

    ``readers`` are the user ids of all members here who have read it (of a theory: any of its
    primary papers). ``seats`` are all its seats, ``held`` those held by somebody who takes no
    part, or kept for somebody by an offer. ``only`` are those who have one that was retired: nobody
    else is given it; None for what is on offer.
    """

    theory: Theory
    paper: Paper
    readers: frozenset[int]
    seats: int
    held: int
    only: frozenset[int] | None = None

    @property
    def hours(self) -> float:
        """Focused hours that it takes."""
        return self.paper.hours or self.theory.hours.typical


@dataclass(frozen=True, slots=True)
class Participant:
    """A member who is in and here. ``elsewhere`` counts open sign-ups for other papers."""

    user_id: int
    name: str
    answer: Answer
    tags: frozenset[str]
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides about a round, as of one moment.

    ``open`` are pairs of a participant and a paper they are signed up for, ``shared`` how many of
    these hold no seat of a paper. ``pairs`` says what became of what was published. ``absent``
    are names of those who are in, but away or gone. ``completion`` is the share of readers here
    who finish.
    """

    round: Round
    target: int
    items: Mapping[str, ItemFacts]
    participants: tuple[Participant, ...]
    absent: tuple[str, ...]
    open: frozenset[tuple[int, str]]
    shared: Mapping[str, int]
    pairs: Mapping[tuple[int, str], PairState]
    completion: float

    @property
    def names(self) -> dict[int, str]:
        """The display names of those who take part."""
        return {each.user_id: each.name for each in self.participants}


def pose(facts: Facts, *, seats: Mapping[str, int] | None = None) -> Problem:
    """The problem of a round. ``seats`` are other numbers of seats than there are.

    Efforts and hours are in minutes. A paper of more than twenty hours is only for those who
    want it. What a member is signed up for is started. What was published is a promise: it stays
    whatever it costs where the round ``keeps``, else if it can. What is read by now counts
    against the number a member takes on.
    """
    known = {each.user_id for each in facts.participants}
    everything = frozenset(
        tag for item in facts.items.values() for tag in item.theory.prerequisites
    )
    problem = Problem.of(
        (_member(each, facts, everything) for each in facts.participants),
        (
            _item(paper_id, item, facts, known, seats or {})
            for paper_id, item in facts.items.items()
        ),
        started=(pair_of(*pair) for pair in facts.open if pair not in facts.pairs),
        seed=facts.round.id,
    )
    states = {
        pair_of(user_id, paper_id): _state(state, facts.round)
        for (user_id, paper_id), state in facts.pairs.items()
        if user_id in known and paper_id in facts.items
    }
    return continued(problem, states)


def explained(facts: Facts) -> Problem:
    """The problem as if nothing had been promised: what tells a member why, and what to swap.

    What became of the round counts all the same: read is read, and dropped is not given again.
    """
    settled = {
        pair: state
        for pair, state in facts.pairs.items()
        if state in (PairState.DONE, PairState.DROPPED)
    }
    published = frozenset(facts.pairs)
    return pose(replace(facts, pairs=settled, open=facts.open - published))


def assignment_of(facts: Facts) -> tuple[Pair, ...]:
    """Who reads what as things stand: pairs that were published, and other open sign-ups."""
    going = {
        pair
        for pair, state in facts.pairs.items()
        if state in (PairState.PROPOSED, PairState.ACCEPTED, PairState.STARTED)
    }
    known = {each.user_id for each in facts.participants}
    held = {(u, p) for u, p in going | facts.open if u in known and p in facts.items}
    read = {(u, p) for p, item in facts.items.items() for u in item.readers}
    return tuple(sorted(pair_of(*pair) for pair in held - read))


def pair_of(user_id: int, paper_id: str) -> Pair:
    """A pair as the split names it."""
    return member_id(user_id), paper_id


def member_id(user_id: int) -> str:
    """A member as the split names them."""
    return str(user_id)


def fingerprint(problem: Problem, slack: int) -> str:
    """The same for equal problems, in any process: 32 hexadecimal digits."""
    told = {
        "members": [_told(member) for member in problem.members],
        "items": [
            [i.id, i.effort, i.minimum, i.seats, i.outside, i.weight, sorted(i.requires)]
            for i in problem.items
        ],
        "accepted": sorted(problem.accepted),
        "started": sorted(problem.started),
        "seed": problem.seed,
        "slack": slack,
    }
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def _told(member: Member) -> list[object]:
    wishes = member.wishes
    points = sorted(wishes.points.items()) if isinstance(wishes, Scores) else None
    sets = (member.tags, member.read, member.conflict)
    return [member.id, member.hours, member.most, *map(sorted, sets), points]


def _state(state: PairState, of: Round) -> PairState:
    if state in (PairState.PROPOSED, PairState.ACCEPTED):
        # It was published: a promise to its reader, whether they have answered or not.
        return PairState.STARTED if of.keeps else PairState.ACCEPTED
    return state


def _member(one: Participant, facts: Facts, everything: frozenset[str]) -> Member:
    answer, terms = one.answer, facts.round.terms
    wanted = answer.wishes.points
    too_long = {p for p, i in facts.items.items() if i.hours > LONG_HOURS and p not in wanted}
    retired = {
        p for p, i in facts.items.items() if i.only is not None and one.user_id not in i.only
    }
    amount = terms.usual if answer.amount is None else answer.amount
    by_hours = terms.hours_a_week is not None
    done = [
        facts.items[p]
        for (u, p), state in facts.pairs.items()
        if u == one.user_id and state is PairState.DONE and p in facts.items
    ]
    # More than a member may have open at all, no server could set as its limit.
    room = max(0, OPEN_LIMITS[-1] - one.elsewhere)
    limits = [answer.most, None if by_hours else amount]
    most = min([room, *(max(0, n - len(done)) for n in limits if n is not None)])
    spent = round(sum(item.hours for item in done) * _MINUTES)
    return Member(
        id=member_id(one.user_id),
        hours=max(0, amount * terms.weeks * _MINUTES - spent) if by_hours else None,
        most=most,
        # Who has not said what they know is not taken to know nothing.
        tags=one.tags or everything,
        read=frozenset(p for p, item in facts.items.items() if one.user_id in item.readers),
        conflict=answer.wishes.rather_not | too_long | retired,
        wishes=Scores(wanted) if wanted else None,
    )


def _item(
    paper_id: str, item: ItemFacts, facts: Facts, known: set[int], seats: Mapping[str, int]
) -> Item:
    free = max(0, seats.get(paper_id, item.seats) - item.held)
    return Item(
        id=paper_id,
        title=item.theory.short_name,
        effort=max(1, round(item.hours * _MINUTES)),
        minimum=facts.target if item.only is None else min(facts.target, len(item.only)),
        seats=free + facts.shared.get(paper_id, 0),
        outside=len(item.readers - known),
        weight=1 if item.theory.baseline else 2,
        requires=frozenset(item.theory.prerequisites),
    )
