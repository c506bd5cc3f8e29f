"""From wishes to sign-ups: the preview, publishing it once, and changing it afterwards."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.errors import ClubError
from bot.domain.living import MessageTrouble, Shown
from bot.domain.members import OrganisersOnly
from bot.domain.notices import NoticeKind
from bot.domain.progress import Depth
from bot.domain.rounds import (
    Answer,
    DeadlineImpossible,
    NobodyIn,
    NoRound,
    NothingFits,
    NothingToSplit,
    NotYourPaper,
    PublishedAlready,
    RoundFull,
    RoundGoingOn,
    RoundOpenAlready,
    RoundOver,
    RoundState,
    RoundUnit,
    Sent,
    SplitChanged,
    SwapImpossible,
    TermOutOfRange,
    Terms,
    TermsContradict,
    Wishes,
)
from bot.domain.signups import AwayNow
from bot.domain.split import Item, Member, PairState, Problem
from bot.services import member_steps, split_worker
from bot.services.curating import Curating
from bot.storage import deadlines, guilds, members, round_answers, rounds, standings
from tests.domain.own_entries import own_paper, own_theory
from tests.services.conftest import GUILD, OTHER_GUILD, Group, actor
from tests.services.rounds import (
    CHANNEL,
    CIRCUITS,
    FRAMEWORK,
    ORGANISER,
    PDLT,
    Splitters,
    founders,
    organiser,
)

EIGHT = range(1, 9)
SPLINE = "spline-icml2018"


@pytest.fixture
def splitters(group: Group) -> Splitters:
    return Splitters(group)


async def test_eight_who_want_the_same_two_read_all_nine(splitters: Splitters) -> None:
    await founders(splitters)
    seen = await splitters.preview()
    free = seen.wished.metrics
    assert (free.known_items, round(free.hill[1], 1)) == (2, 2.0)
    figures = seen.split.metrics
    assert (figures.known_items, figures.met_items, round(figures.hill[1], 1)) == (9, 7, 8.7)
    assert sum(seen.readers_after().values()) == 16
    assert seen.papers_of(1)


async def test_publishing_signs_everybody_up_and_tells_them_once(splitters: Splitters) -> None:
    await founders(splitters)
    seen = await splitters.publish()
    given = {(int(member), paper) for member, paper in seen.split.assignment}
    assert await splitters.everything(EIGHT) == given
    for user_id in EIGHT:
        assert await splitters.group.kinds_told(user_id) == [NoticeKind.SPLIT_PUBLISHED]
        assert len(await splitters.given(user_id)) == 2
    async with splitters.group.database.read() as conn:
        found = await rounds.live_round(conn, GUILD)
    assert found is not None
    assert found.state is RoundState.PUBLISHED
    live = await splitters.group.signups.own(actor(1))
    assert {each.due_at for each in live} == {splitters.group.now + timedelta(weeks=6)}


async def test_of_two_who_publish_at_once_one_wins(splitters: Splitters) -> None:
    await founders(splitters)
    seen = await splitters.preview()
    outcomes = await asyncio.gather(
        *(
            splitters.splitting.publish(organiser(n), splitters.round_id, seen.fingerprint)
            for n in (98, 99)
        ),
        return_exceptions=True,
    )
    assert [type(each) for each in outcomes].count(PublishedAlready) == 1
    assert len(await splitters.everything(EIGHT)) == 16


async def test_a_sign_up_that_changed_underneath_is_looked_at_again(splitters: Splitters) -> None:
    await founders(splitters)
    seen = await splitters.preview()
    lacking = next(p for p in seen.facts.items if p not in seen.papers_of(1))
    await splitters.group.signups.sign_up(actor(1), lacking)
    with pytest.raises(SplitChanged):
        await splitters.splitting.publish(organiser(), splitters.round_id, seen.fingerprint)
    with pytest.raises(SplitChanged):
        await splitters.splitting.publish(organiser(), splitters.round_id)
    assert await splitters.everything(EIGHT) == {(1, lacking)}
    again = await splitters.preview()
    assert again.difference is not None
    assert again.difference.removed
    await splitters.publish()
    assert lacking in await splitters.signed_up(1)
    assert len(await splitters.signed_up(1)) == 2


async def test_what_was_not_shown_is_not_published(splitters: Splitters) -> None:
    await founders(splitters)
    with pytest.raises(SplitChanged):
        await splitters.splitting.publish(organiser(), splitters.round_id)


async def test_the_same_wishes_give_the_same_split(splitters: Splitters) -> None:
    await founders(splitters)
    first = await splitters.preview()
    again = await splitters.preview()
    assert first.fingerprint == again.fingerprint
    assert first.split == again.split
    assert again.difference is not None
    assert not again.difference.added
    assert not again.difference.removed


async def test_a_leaver_frees_papers_and_all_other_promises_stay(splitters: Splitters) -> None:
    await founders(splitters)
    await splitters.publish()
    for user_id in EIGHT:
        await splitters.own.accept(actor(user_id), splitters.round_id)
    before = await splitters.everything(EIGHT)
    gone = await splitters.answers.leave(actor(3), splitters.round_id)
    assert gone is not None
    assert len(gone) == 2
    seen = await splitters.preview()
    assert seen.difference is not None
    assert not seen.difference.removed
    await splitters.publish()
    after = await splitters.everything(EIGHT)
    assert after == {pair for pair in before if pair[0] != 3}


async def test_a_joiner_is_given_what_is_missing_and_others_keep_theirs(
    splitters: Splitters,
) -> None:
    await founders(splitters)
    await splitters.publish()
    before = await splitters.everything(EIGHT)
    await splitters.join(9, PDLT)
    seen = await splitters.preview()
    assert seen.difference is not None
    assert {member for member, _ in seen.difference.added} == {"9"}
    assert seen.split.metrics.met_items == 9
    await splitters.publish()
    assert await splitters.everything(EIGHT) == before
    assert len(await splitters.signed_up(9)) == 2
    assert await splitters.group.kinds_told(9) == [NoticeKind.SPLIT_CHANGED]


async def test_promises_may_move_for_coverage_only_when_an_organiser_says_so(
    splitters: Splitters,
) -> None:
    await splitters.start(Terms(each=1), seats=100)
    for user_id in range(1, 11):
        await splitters.join(user_id)
    seen = await splitters.publish()
    for user_id in range(1, 11):
        await splitters.own.accept(actor(user_id), splitters.round_id)
    alone = next(p for p, n in seen.readers_after().items() if n == 1)
    holder = next(int(m) for m, p in seen.split.assignment if p == alone)
    await splitters.answers.leave(actor(holder), splitters.round_id)
    kept = await splitters.preview()
    assert kept.split.metrics.known_items == 7
    assert kept.looser is not None
    assert kept.looser.metrics.known_items == 8
    loose = await splitters.splitting.choose(organiser(), splitters.round_id, keeps=False)
    assert loose.split.metrics.known_items == 8
    assert loose.difference is not None
    assert len(loose.difference.removed) == 1
    await splitters.splitting.publish(organiser(), splitters.round_id, loose.fingerprint)
    assert {p for _, p in await splitters.everything(range(1, 11))} == {*seen.facts.items} - {PDLT}


async def test_too_much_gives_one_back_and_brings_no_other(splitters: Splitters) -> None:
    await founders(splitters)
    await splitters.publish()
    paper, other = await splitters.given(2)
    await splitters.own.give_back(actor(2), splitters.round_id, paper)
    assert await splitters.signed_up(2) == {other}
    await splitters.publish()
    assert await splitters.signed_up(2) == {other}


async def test_a_swap_never_lowers_what_the_group_knows(splitters: Splitters) -> None:
    await founders(splitters)
    await splitters.publish()
    figures = (await splitters.preview()).split.metrics
    swapped = 0
    for user_id in EIGHT:
        for paper in await splitters.given(user_id):
            _, options = await splitters.own.swaps(actor(user_id), splitters.round_id, paper)
            assert paper not in {one.paper_id for one in options}
            if options and not swapped:
                await splitters.own.swap(
                    actor(user_id), splitters.round_id, paper, options[0].paper_id
                )
                assert options[0].paper_id in await splitters.signed_up(user_id)
                assert paper not in await splitters.signed_up(user_id)
                swapped = user_id
                break
    assert swapped
    after = (await splitters.preview()).split.metrics
    assert after.known_items >= figures.known_items
    assert after.met_items >= figures.met_items


async def test_a_swap_that_would_cost_the_group_a_theory_is_refused(splitters: Splitters) -> None:
    await founders(splitters)
    seen = await splitters.publish()
    alone = next(p for p, n in seen.readers_after().items() if n == 1)
    holder = next(int(m) for m, p in seen.split.assignment if p == alone)
    _, options = await splitters.own.swaps(actor(holder), splitters.round_id, alone)
    assert options == ()
    with pytest.raises(SwapImpossible):
        await splitters.own.swap(actor(holder), splitters.round_id, alone, CIRCUITS)
    assert alone in await splitters.signed_up(holder)


async def test_nobody_swaps_or_gives_back_what_is_not_theirs(splitters: Splitters) -> None:
    await founders(splitters)
    await splitters.publish()
    theirs = (await splitters.given(1))[0]
    (stranger, *_) = [n for n in EIGHT if theirs not in await splitters.signed_up(n)]
    with pytest.raises(NotYourPaper):
        await splitters.own.give_back(actor(stranger), splitters.round_id, theirs)
    with pytest.raises(NotYourPaper):
        await splitters.own.swap(actor(stranger), splitters.round_id, theirs, PDLT)
    with pytest.raises(NotYourPaper):
        await splitters.own.swaps(actor(77), splitters.round_id, theirs)
    for foreign in (
        splitters.own.give_back(actor(1, OTHER_GUILD), splitters.round_id, theirs),
        splitters.answers.leave(actor(1, OTHER_GUILD), splitters.round_id),
        splitters.answers.join(actor(1, OTHER_GUILD), splitters.round_id, Sent()),
    ):
        with pytest.raises(RoundOver):
            await foreign


async def test_why_me_names_what_stands_against_the_wish(splitters: Splitters) -> None:
    await founders(splitters)
    await splitters.publish()
    reasons = [
        instead
        for user_id in EIGHT
        for paper in (await splitters.own.mine(actor(user_id))).papers
        for instead in paper.instead
    ]
    assert reasons
    assert {each.item for each in reasons} <= {CIRCUITS, FRAMEWORK, PDLT}
    own = await splitters.own.mine(actor(1))
    assert own.papers[0].state is PairState.PROPOSED
    accepted = await splitters.own.accept(actor(1), splitters.round_id)
    assert {each.state for each in accepted.papers} == {PairState.ACCEPTED}


async def test_short_seats_can_be_raised_to_what_the_split_needs(splitters: Splitters) -> None:
    await splitters.start(Terms(each=3), seats=1)
    for user_id in range(1, 7):
        await splitters.join(user_id)
    seen = await splitters.preview()
    assert sum(seen.readers_after().values()) == 8
    assert seen.more_seats
    assert seen.roomy is not None
    raised = await splitters.splitting.raise_seats(organiser(), splitters.round_id)
    assert raised.more_seats is None
    assert sum(raised.readers_after().values()) == 18
    circuits = raised.readers_after()[CIRCUITS]
    assert circuits > 1
    async with splitters.group.database.read() as conn:
        rules = await guilds.guild_rules(conn, GUILD)
        assert await standings.seats_of(conn, GUILD, CIRCUITS, rules) == 1
    await splitters.publish()
    async with splitters.group.database.read() as conn:
        rules = await guilds.guild_rules(conn, GUILD)
        assert await standings.seats_of(conn, GUILD, CIRCUITS, rules) == circuits
    assert rules.open_limit == 3


async def test_who_waits_gets_the_seat_that_is_theirs_by_the_split(splitters: Splitters) -> None:
    await splitters.start(seats=1)
    await splitters.group.signups.sign_up(actor(50), CIRCUITS)
    await splitters.group.signups.wait(actor(1), CIRCUITS)
    await splitters.join(1, CIRCUITS)
    await splitters.splitting.raise_seats(organiser(), splitters.round_id)
    seen = await splitters.publish()
    assert set(seen.papers_of(1)) == await splitters.signed_up(1)


async def test_what_is_read_counts_and_is_logged(splitters: Splitters) -> None:
    await splitters.start(seats=100)
    await splitters.join(1, CIRCUITS, read=(FRAMEWORK,))
    await splitters.read(60, CIRCUITS)
    seen = await splitters.preview()
    assert seen.readers_before()[FRAMEWORK] == 1
    assert seen.readers_before()[CIRCUITS] == 1
    assert FRAMEWORK not in seen.papers_of(1)


async def test_a_deeper_reading_is_not_logged_away(splitters: Splitters) -> None:
    await splitters.start()
    await splitters.read(1, CIRCUITS, Depth.UNDERSTOOD)
    joined = await splitters.answers.join(
        actor(1), splitters.round_id, Sent(read=(CIRCUITS, FRAMEWORK))
    )
    assert joined.logged == (FRAMEWORK,)


async def test_a_long_paper_goes_only_to_who_wants_it(splitters: Splitters) -> None:
    await splitters.start(Terms(each=10), seats=100)
    await splitters.join(1)
    await splitters.join(2, PDLT)
    seen = await splitters.preview()
    assert PDLT not in seen.papers_of(1)
    assert PDLT in seen.papers_of(2)


async def test_hostile_wishes_come_to_something_or_nothing_but_never_to_a_fault(
    splitters: Splitters,
) -> None:
    begun = await splitters.start(seats=100)
    await splitters.join(1, "no-such", CIRCUITS, CIRCUITS, "': DROP", amount="9" * 5000)
    await splitters.join(2, rather_not=begun.items)
    await splitters.join(3, amount="0")
    await splitters.join(4, CIRCUITS, rather_not=(CIRCUITS,))
    await splitters.join(5, amount="-1")
    await splitters.join(6, read=begun.items)
    seen = await splitters.preview()
    given = {n: seen.papers_of(n) for n in range(1, 7)}
    async with splitters.group.database.read() as conn:
        stored = await round_answers.answers(conn, GUILD, begun.id)
    assert stored[1] == Answer(Wishes(None, (CIRCUITS,)))
    assert len(given[1]) == 2
    assert given[2] == given[3] == given[6] == ()
    assert CIRCUITS not in given[4]
    assert len(given[5]) == 2
    await splitters.publish()


async def test_one_member_and_nobody(splitters: Splitters) -> None:
    await splitters.start()
    with pytest.raises(NobodyIn):
        await splitters.preview()
    await splitters.join(1)
    await splitters.publish()
    assert len(await splitters.signed_up(1)) == 2


async def test_hours_bound_what_is_given(splitters: Splitters) -> None:
    await splitters.start(Terms(hours_a_week=1, weeks=6), seats=100)
    await splitters.join(1)
    await splitters.join(2, amount="3")
    await splitters.join(3, amount="0")
    seen = await splitters.preview()
    minutes = {
        n: sum(round(seen.facts.items[p].hours * 60) for p in seen.papers_of(n)) for n in (1, 2, 3)
    }
    assert 0 < minutes[1] <= 6 * 60
    assert minutes[1] < minutes[2] <= 18 * 60
    assert minutes[3] == 0


async def test_who_is_away_or_gone_is_left_out_by_name(splitters: Splitters) -> None:
    await founders(splitters)
    async with splitters.group.work.write() as unit:
        await members.set_departed(unit.conn, GUILD, 5, unit.now)
    seen = await splitters.preview()
    assert seen.facts.absent == ("member 5",)
    assert seen.papers_of(5) == ()


async def test_who_is_away_comes_back_before_joining(splitters: Splitters) -> None:
    await splitters.start()
    from bot.domain.members import Absence

    now = splitters.group.now
    async with splitters.group.work.write() as unit:
        await unit.arrive(actor(1))
        absence = Absence(now, now + timedelta(days=3))
        await members.set_absence(unit.conn, GUILD, 1, absence)
    with pytest.raises(AwayNow):
        await splitters.join(1)


async def test_only_organisers_start_look_and_publish(splitters: Splitters) -> None:
    with pytest.raises(OrganisersOnly):
        await splitters.rounds.start(actor(1), CHANNEL)
    await splitters.start()
    await splitters.join(1)
    member, round_id = actor(1), splitters.round_id
    for attempt in (
        splitters.splitting.preview(member, round_id),
        splitters.splitting.publish(member, round_id),
        splitters.splitting.choose(member, round_id, slack=2),
        splitters.splitting.raise_seats(member, round_id),
        splitters.rounds.cancel(member, round_id),
    ):
        with pytest.raises(OrganisersOnly):
            await attempt


async def test_one_round_at_a_time(splitters: Splitters) -> None:
    with pytest.raises(NoRound):
        await splitters.rounds.current(actor(1))
    await splitters.start()
    with pytest.raises(RoundOpenAlready) as refused:
        await splitters.start()
    assert refused.value.channel_id == CHANNEL
    first = splitters.round_id
    await splitters.join(1)
    await splitters.publish()
    with pytest.raises(RoundGoingOn):
        await splitters.start()
    await splitters.rounds.cancel(organiser(), first)
    await splitters.start()
    with pytest.raises(RoundOver):
        await splitters.own.mine(actor(1), first)
    await splitters.rounds.cancel(organiser(), splitters.round_id)
    with pytest.raises(NoRound):
        await splitters.rounds.current(actor(1))
    assert len(await splitters.signed_up(1)) == 2  # what was published stays


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ({}, TermsContradict),
        ({"each": 2, "hours_a_week": 3}, TermsContradict),
        ({"each": 0}, TermOutOfRange),
        ({"each": 11}, TermOutOfRange),
        ({"hours_a_week": 41}, TermOutOfRange),
        ({"each": 2, "weeks": 0}, TermOutOfRange),
    ],
)
def test_terms_that_make_no_round(terms: dict[str, int], error: type[ClubError]) -> None:
    with pytest.raises(error):
        Terms(**terms)  # type: ignore[arg-type]  # a test's own words


async def test_a_deadline_is_ahead_and_not_too_far(splitters: Splitters) -> None:
    now = splitters.group.now
    for deadline in (now, now - timedelta(days=1), now + timedelta(days=91)):
        with pytest.raises(DeadlineImpossible):
            await splitters.rounds.start(organiser(), CHANNEL, deadline=deadline)
    with pytest.raises(NothingToSplit):
        await splitters.rounds.start(organiser(), CHANNEL, theories=["no-such"])


async def test_single_papers_can_be_split_too(splitters: Splitters) -> None:
    begun = await splitters.start(Terms(RoundUnit.PAPERS, each=2))
    primary = [p.id for t in splitters.group.catalogue for p in t.primary_papers]
    assert set(begun.items) == set(primary)
    assert len(begun.items) > 9


async def test_the_panel_is_kept_up_to_date_and_trouble_is_told_once(splitters: Splitters) -> None:
    await splitters.start()
    due = Deadline(1, GUILD, DeadlineKind.SPLIT_PANEL, splitters.round_id, splitters.group.now)
    assert await splitters.rounds.refresh(due) is None
    await splitters.join(1)
    await splitters.rounds.refresh(due)
    assert [panel.names for panel in splitters.bulletin.panels] == [(), ("Ann",)]
    splitters.bulletin.outcome = Shown(None, None, MessageTrouble.CHANNEL_GONE)
    await splitters.rounds.refresh(due)
    await splitters.rounds.refresh(due)
    assert await splitters.group.kinds_told(ORGANISER) == [NoticeKind.SPLIT_TROUBLE]
    splitters.bulletin.outcome = Shown(None, None, uncertain=True)
    assert await splitters.rounds.refresh(due) is not None
    splitters.bulletin.outcome = Shown(None, None)
    assert await splitters.rounds.refresh(due) is not None


async def test_at_the_deadline_the_organiser_is_told(splitters: Splitters) -> None:
    await splitters.start()
    due = Deadline(1, GUILD, DeadlineKind.SPLIT_DEADLINE, splitters.round_id, splitters.group.now)
    async with splitters.group.work.write() as unit:
        await splitters.rounds.on_deadline(unit, due)
    assert await splitters.group.kinds_told(ORGANISER) == [NoticeKind.SPLIT_DEADLINE]


async def test_more_for_wishes_costs_no_theory(splitters: Splitters) -> None:
    await founders(splitters)
    strict = await splitters.splitting.choose(organiser(), splitters.round_id, slack=0)
    loose = await splitters.splitting.choose(organiser(), splitters.round_id, slack=5)
    assert (strict.slack, loose.slack) == (0, 5)
    assert loose.split.metrics.known_items == strict.split.metrics.known_items
    assert loose.split.metrics.met_items == strict.split.metrics.met_items
    assert (loose.split.metrics.mean_score or 0) >= (strict.split.metrics.mean_score or 0)
    with pytest.raises(SplitChanged):
        await splitters.splitting.choose(organiser(), splitters.round_id, slack=50)


async def test_what_is_wished_is_counted_without_regard_to_seats(splitters: Splitters) -> None:
    await splitters.start(seats=1)
    for user_id in EIGHT:
        await splitters.join(user_id, CIRCUITS)
    seen = await splitters.preview()
    assert seen.wished.metrics.known_items == 1
    assert seen.readers_after(seen.wished.assignment)[CIRCUITS] == 8


async def test_a_paper_given_back_and_taken_up_again_is_the_members_own(
    splitters: Splitters,
) -> None:
    await founders(splitters)
    await splitters.publish()
    kept, back = await splitters.given(1)
    await splitters.own.give_back(actor(1), splitters.round_id, back)
    await splitters.group.signups.sign_up(actor(1), back)
    seen = await splitters.preview()
    assert seen.difference is not None
    assert not seen.difference.removed
    await splitters.publish()
    assert await splitters.signed_up(1) == {kept, back}
    assert await splitters.answers.leave(actor(1), splitters.round_id) == (kept,)
    assert await splitters.signed_up(1) == {back}


async def test_nothing_is_taken_that_the_preview_did_not_show(splitters: Splitters) -> None:
    await founders(splitters)
    await splitters.publish()
    holder = 0
    for user_id in EIGHT:
        if SPLINE in await splitters.signed_up(user_id):
            holder = user_id
    await splitters.read(holder, "geometry-neurips2019")
    seen = await splitters.preview()
    assert seen.difference is not None
    changed = await splitters.splitting.publish(organiser(), splitters.round_id, seen.fingerprint)
    assert changed == seen.difference
    assert SPLINE in await splitters.signed_up(holder)
    _, options = await splitters.own.swaps(actor(holder), splitters.round_id, SPLINE)
    assert options == ()


async def test_raised_seats_nobody_of_the_round_takes_go_to_who_waits(
    splitters: Splitters,
) -> None:
    await splitters.start(Terms(each=5), seats=1)
    for user_id in (1, 2):
        await splitters.join(user_id)
    seen = await splitters.splitting.raise_seats(organiser(), splitters.round_id)
    raised = next(p for p, item in seen.facts.items.items() if item.seats > 1)
    await splitters.group.signups.sign_up(actor(50), raised)
    await splitters.group.signups.wait(actor(51), raised)
    for user_id in (1, 2):
        await splitters.join(user_id, rather_not=(raised,))
    await splitters.publish()
    async with splitters.group.database.read() as conn:
        rules = await guilds.guild_rules(conn, GUILD)
        standing = (await standings.standings(conn, GUILD, [raised], rules))[raised]
    assert (standing.seats, standing.taken, standing.waiting) == (2, 2, 0)


async def test_seats_an_organiser_lowers_afterwards_stay_lowered(splitters: Splitters) -> None:
    await splitters.start(Terms(each=5), seats=1)
    for user_id in (1, 2):
        await splitters.join(user_id)
    seen = await splitters.splitting.raise_seats(organiser(), splitters.round_id)
    raised = next(p for p, item in seen.facts.items.items() if item.seats > 1)
    await splitters.publish()
    async with splitters.group.work.write() as unit:
        await standings.set_seats(unit.conn, GUILD, raised, 1)
    await splitters.answers.leave(actor(1), splitters.round_id)
    await splitters.publish()
    async with splitters.group.database.read() as conn:
        rules = await guilds.guild_rules(conn, GUILD)
        assert await standings.seats_of(conn, GUILD, raised, rules) == 1


async def test_who_has_finished_is_not_given_more_than_they_took_on(splitters: Splitters) -> None:
    await founders(splitters)
    await splitters.publish()
    for paper in await splitters.given(2):
        await splitters.read(2, paper)
    seen = await splitters.preview()
    assert seen.difference is not None
    assert "2" not in {member for member, _ in seen.difference.added}


async def test_what_was_published_stays_though_nobody_has_accepted(splitters: Splitters) -> None:
    await splitters.start(Terms(each=1), seats=100)
    for user_id in range(1, 11):
        await splitters.join(user_id)
    seen = await splitters.publish()
    alone = next(p for p, n in seen.readers_after().items() if n == 1)
    holder = next(int(m) for m, p in seen.split.assignment if p == alone)
    await splitters.answers.leave(actor(holder), splitters.round_id)
    again = await splitters.preview()
    assert again.difference is not None
    assert not again.difference.removed
    assert again.looser is not None


async def test_an_offered_seat_is_the_members_in_the_round_too(splitters: Splitters) -> None:
    wanted = "tqnn-2022"
    await splitters.start(Terms(each=2), seats=1)
    await splitters.group.signups.sign_up(actor(50), wanted)
    await splitters.group.signups.wait(actor(1), wanted)
    await splitters.group.signups.withdraw(actor(50), wanted)
    await splitters.join(1, wanted)
    seen = await splitters.preview()
    assert wanted in seen.papers_of(1)
    await splitters.publish()
    await splitters.group.signups.sign_up(actor(1), wanted)
    assert wanted in await splitters.signed_up(1)


async def test_a_swap_offers_only_seats_there_are(splitters: Splitters) -> None:
    await splitters.start(Terms(each=1), seats=1)
    papers = [t.primary_papers[0].id for t in splitters.group.catalogue]
    for reader, paper in enumerate(papers, 200):
        await splitters.read(reader, paper)
        await splitters.read(reader + 100, paper)
    for user_id in range(1, 9):
        await splitters.join(user_id)
    await splitters.publish()
    for user_id in range(1, 9):
        await splitters.join(user_id, amount="3")
    await splitters.splitting.raise_seats(organiser(), splitters.round_id)
    (mine,) = await splitters.given(1)
    _, options = await splitters.own.swaps(actor(1), splitters.round_id, mine)
    for one in options[:1]:
        await splitters.own.swap(actor(1), splitters.round_id, mine, one.paper_id)


async def test_nothing_is_published_when_nothing_fits(splitters: Splitters) -> None:
    begun = await splitters.start()
    await splitters.join(1, rather_not=begun.items)
    seen = await splitters.preview()
    with pytest.raises(NothingFits):
        await splitters.splitting.publish(organiser(), splitters.round_id, seen.fingerprint)


async def test_a_round_has_an_end_of_places(
    splitters: Splitters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.round_answers.MOST_MEMBERS", 2)
    await splitters.start()
    await splitters.join(1)
    await splitters.join(2)
    await splitters.join(1, CIRCUITS)
    with pytest.raises(RoundFull):
        await splitters.join(3)


async def test_a_number_that_cannot_be_read_changes_nothing(splitters: Splitters) -> None:
    await splitters.start()
    await splitters.join(1, amount="1")
    await splitters.join(1, amount="several")
    assert len((await splitters.preview()).papers_of(1)) == 1


async def test_a_panel_that_cannot_stand_any_more_is_hung_up_elsewhere(
    splitters: Splitters,
) -> None:
    await splitters.start()
    assert not await splitters.rounds.hang_up(organiser(), 77)
    due = Deadline(1, GUILD, DeadlineKind.SPLIT_PANEL, splitters.round_id, splitters.group.now)
    splitters.bulletin.outcome = Shown(None, None, MessageTrouble.CHANNEL_GONE)
    await splitters.rounds.refresh(due)
    with pytest.raises(RoundOver):
        await splitters.rounds.hang_up(organiser(), 77, splitters.round_id + 1)
    assert await splitters.rounds.hang_up(organiser(), 77, splitters.round_id)
    splitters.bulletin.outcome = None
    await splitters.rounds.refresh(due)
    assert splitters.bulletin.panels[-1].round.channel_id == 77


async def test_my_reading_once_opened_is_not_called_to_attention_again(
    splitters: Splitters,
) -> None:
    await founders(splitters)
    await splitters.publish()
    await splitters.own.seen(actor(1))
    assert await splitters.group.kinds_told(1) == []
    assert await splitters.group.kinds_told(2) == [NoticeKind.SPLIT_PUBLISHED]


async def test_what_is_retired_is_given_to_nobody_and_kept_by_who_has_it(
    splitters: Splitters,
) -> None:
    curating = Curating(splitters.group.work, splitters.group.catalogues)
    who = actor(ORGANISER, manages=True)
    await curating.add(who, own_theory("quilts"))
    late, later = (own_paper(key, "quilts", hours=5.0) for key in ("late", "later"))
    for paper in (late, later):
        await curating.add(who, paper)
    terms = Terms(RoundUnit.PAPERS, each=2)
    begun = await splitters.rounds.start(organiser(), CHANNEL, terms, theories=["quilts"])
    splitters.round_id = begun.id
    for user_id in (1, 2):
        await splitters.join(user_id, "late", "later")
    await splitters.group.signups.sign_up(actor(1), "later")
    await splitters.preview()
    for paper in (late, later):
        await curating.retire(who, paper.ref)
    with pytest.raises(SplitChanged):
        await splitters.splitting.publish(organiser(), splitters.round_id)
    seen = await splitters.preview()
    assert seen.split.assignment == (("1", "later"),)
    assert not seen.split.unmet
    assert not (await splitters.answers.form(actor(2), splitters.round_id)).papers


async def test_the_panel_is_looked_at_when_somebody_is_erased_or_leaves(
    splitters: Splitters,
) -> None:
    await splitters.start()
    await splitters.join(1)
    for step in (member_steps.departed, member_steps.returned):
        async with splitters.group.work.write() as unit:
            await unit.clear_deadlines(GUILD, splitters.round_id, DeadlineKind.SPLIT_PANEL)
        async with splitters.group.work.write() as unit:
            await step(unit, GUILD, 1)
        async with splitters.group.database.read() as conn:
            soon = splitters.group.now + timedelta(minutes=1)
            due = await deadlines.due_deadlines(conn, soon, 50)
        assert DeadlineKind.SPLIT_PANEL in {each.kind for each in due}


def test_a_worker_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(split_worker, "_PATIENCE", 0.01)
    problem = Problem.of([Member(f"m{n}", most=2) for n in range(50)], [Item("a"), Item("b")])
    with pytest.raises(TimeoutError):
        split_worker._in_process(problem, 0, 0.6)
