"""Proposals on a real database: whose they are, who decides, and what becomes of them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.deadlines import DeadlineKind
from bot.domain.errors import NotFound
from bot.domain.imports.matching import Evidence
from bot.domain.living import LivingMessage, Shown
from bot.domain.members import OrganisersOnly
from bot.domain.notices import NoticeKind
from bot.domain.own_entries import EntryKind, TheoryRetired
from bot.domain.proposals import (
    MOST_OPEN,
    AlreadyDecided,
    Proposal,
    QuestionMissing,
    TooManyProposals,
)
from bot.domain.search import SearchIndex
from bot.services import catalogue_steps
from bot.services.alikeness import Alike
from bot.services.catalogues import Catalogues
from bot.services.curating import Curating, Made
from bot.services.deadlines import Deadlines
from bot.services.privacy import Privacy
from bot.services.proposals import Proposals
from bot.services.undoing import Undoing
from bot.storage import erasure, restored_messages
from bot.storage.deadlines import due_deadlines
from bot.storage.own_entries import entry_count
from bot.storage.proposals import posted_of, proposal_with
from tests.domain.own_entries import own_paper, own_theory
from tests.services.conftest import ANN, BOB, CAT, GUILD, OTHER_GUILD, Group, actor

ORGANISER = actor(ANN, manages=True)
CHANNEL = 77


class Channel:
    """Shows proposals: what stands there now, by proposal."""

    def __init__(self) -> None:
        self.shown: dict[int, Proposal] = {}
        self.taken_down: list[LivingMessage] = []

    async def show_proposal(self, proposal: Proposal, *_: Any) -> Shown:
        self.shown[proposal.id] = proposal
        return Shown(1000 + proposal.id, "digest")

    async def take_down(self, message: LivingMessage) -> None:
        self.taken_down.append(message)


class Desk:
    """Proposals of a group, and the channel they are shown in."""

    def __init__(self, group: Group) -> None:
        self.group = group
        index = SearchIndex.build(group.catalogue, group.catalogue.vocabulary)
        self.channel = Channel()
        announcer: Any = self.channel
        catalogues = Catalogues(group.database, group.catalogue, index)
        self.curating = Curating(group.work, catalogues)
        self.proposals = Proposals(group.work, catalogues, self.curating, announcer)
        self.catalogues = catalogues
        reversals = dict.fromkeys(catalogue_steps.UNDOABLE, self.curating.take_back)
        self.undoing = Undoing(group.work, reversals)
        group.deadlines = Deadlines(group.work, {}, {DeadlineKind.PROPOSAL: self.proposals.refresh})

    async def sent(self, name: str, user_id: int = BOB) -> int:
        written = await self.proposals.write(actor(user_id), own_theory(name=name))
        assert not written.organises
        await self.proposals.send(actor(user_id), written.draft_id, CHANNEL)
        return written.draft_id


@pytest.fixture
def desk(group: Group) -> Desk:
    return Desk(group)


async def test_a_proposal_is_shown_asked_about_and_approved(desk: Desk) -> None:
    number = await desk.sent("Sudden insight")
    await desk.group.pass_time(seconds=1)
    assert desk.channel.shown[number].entry.title == "Sudden insight"
    for by in (actor(BOB), actor(CAT)):
        with pytest.raises(OrganisersOnly):
            await desk.proposals.approve(by, number)
    with pytest.raises(NotFound):
        await desk.proposals.approve(actor(ANN, OTHER_GUILD, manages=True), number)
    await desk.proposals.ask(ORGANISER, number, "Which  paper\nfirst?")
    await desk.group.pass_time(seconds=1)
    assert desk.channel.shown[number].question == "Which paper first?"
    made = await desk.proposals.approve(ORGANISER, number)
    assert isinstance(made, Made)
    assert made.entry.ref == (EntryKind.THEORY, "sudden-insight")
    assert (await desk.catalogues.of(GUILD)).get("sudden-insight") is not None
    told = await desk.group.told(BOB)
    assert [(notice.kind, notice.detail) for notice in told] == [
        (NoticeKind.PROPOSAL_ASKED, "Sudden insight\nWhich paper first?"),
        (NoticeKind.PROPOSAL_APPROVED, "Sudden insight"),
    ]
    for again in (desk.proposals.approve, desk.proposals.reject):
        with pytest.raises(AlreadyDecided):
            await again(ORGANISER, number)
    assert made.line_id is not None
    await desk.undoing.undo(ORGANISER, made.line_id)
    assert (await desk.catalogues.of(GUILD)).get("sudden-insight") is None


async def test_what_is_alike_is_said_before_anything_is_made(desk: Desk) -> None:
    known = own_paper("", "circuits", "Other words", arxiv="1805.06576")
    alike = (await desk.proposals.write(ORGANISER, known)).alike
    assert alike is not None
    assert (alike.slug, alike.evidence) == ("spline", Evidence.ARXIV)
    named = (await desk.proposals.write(ORGANISER, own_theory(name="Spline theory"))).alike
    assert named is not None
    assert (named.slug, named.called) == ("spline", None)
    other = (await desk.proposals.write(ORGANISER, own_theory(name="Neural tangent kernel"))).alike
    assert other is not None
    assert (other.slug, other.called) == ("pdlt", "neural tangent kernel")
    async with desk.group.database.read() as conn:
        assert await entry_count(conn, GUILD) == 0
    written = await desk.proposals.write(ORGANISER, known)
    with pytest.raises(NotFound):
        await desk.proposals.add(actor(CAT, manages=True), written.draft_id)
    made = await desk.proposals.add(ORGANISER, written.draft_id)
    assert made.entry.ref == (EntryKind.PAPER, "other-words")
    with pytest.raises(NotFound):
        await desk.proposals.add(ORGANISER, written.draft_id)
    new = await desk.proposals.write(ORGANISER, own_theory(name="Nothing like it at all"))
    assert new.made is not None


async def test_what_two_propose_is_added_once_unless_it_is_another_one(desk: Desk) -> None:
    first, second = await desk.sent("Sudden insight"), await desk.sent("Sudden Insight", CAT)
    assert isinstance(await desk.proposals.approve(ORGANISER, first), Made)
    with pytest.raises(OrganisersOnly):
        await desk.proposals.approve(actor(BOB), second)
    alike = await desk.proposals.approve(ORGANISER, second)
    assert isinstance(alike, Alike)
    assert alike.slug == "sudden-insight"
    await desk.proposals.require_waiting(ORGANISER, second)
    made = await desk.proposals.approve(ORGANISER, second, anyway=True)
    assert isinstance(made, Made)
    assert made.entry.ref == (EntryKind.THEORY, "sudden-insight-2")


async def test_the_same_from_two_organisers_at_once_is_added_once(desk: Desk) -> None:
    both = ORGANISER, actor(CAT, manages=True)
    for entry in (
        own_paper("", "spline", "Late nets", arxiv="2201.02177"),
        own_theory(name="Late"),
    ):
        written = await asyncio.gather(*(desk.proposals.write(one, entry) for one in both))
        (added,) = [one for one in written if one.made is not None]
        (other,) = [one for one in written if one.made is None]
        assert other.alike is not None
        assert added.made is not None
        assert added.made.entry.ref[1] in (other.alike.slug, other.alike.paper_id)
    numbers = await desk.sent("Sudden insight"), await desk.sent("Sudden insight", CAT)
    decided = await asyncio.gather(*(desk.proposals.approve(ORGANISER, n) for n in numbers))
    assert sorted(type(one).__name__ for one in decided) == ["Alike", "Made"]


async def test_nothing_new_comes_to_a_retired_theory_or_beside_it_unasked(desk: Desk) -> None:
    theory = (await desk.curating.add(ORGANISER, own_theory(name="Sudden *insight*"))).entry
    slug = theory.ref[1]
    paper = own_paper("", slug, "Late nets")
    draft = await desk.proposals.write(actor(BOB), paper)
    await desk.proposals.send(actor(BOB), draft.draft_id, CHANNEL)
    kept = (await desk.curating.add(ORGANISER, own_paper("", slug, "Kept nets"))).entry
    await desk.curating.retire(ORGANISER, theory.ref)
    with pytest.raises(TheoryRetired):
        await desk.proposals.approve(ORGANISER, draft.draft_id)
    with pytest.raises(TheoryRetired):
        await desk.proposals.write(ORGANISER, paper)
    # Where the same is added once more, it is the retired one that is shown.
    for again, shown in (
        (own_theory(name="sudden *Insight*"), None),
        (own_paper("", "spline", "Kept nets"), kept.ref[1]),
    ):
        alike = (await desk.proposals.write(ORGANISER, again)).alike
        assert alike is not None
        assert (alike.slug, alike.paper_id) == (slug, shown)
    await desk.curating.restore(ORGANISER, theory.ref)
    assert isinstance(await desk.proposals.approve(ORGANISER, draft.draft_id), Made)


async def test_a_member_has_five_waiting_at_most_and_only_their_own(desk: Desk) -> None:
    numbers = [await desk.sent(f"Insight of kind {n}") for n in range(MOST_OPEN)]
    with pytest.raises(TooManyProposals):
        await desk.sent("One more insight")
    written = await desk.proposals.write(actor(CAT), own_theory(name="Another insight"))
    with pytest.raises(QuestionMissing):
        await desk.proposals.ask(ORGANISER, numbers[0], " \n ")
    with pytest.raises(NotFound):
        await desk.proposals.send(actor(BOB), written.draft_id, CHANNEL)
    await desk.proposals.reject(ORGANISER, numbers[0], " Too\nnew. ")
    (told,) = await desk.group.told(BOB)
    assert (told.kind, told.detail) == (
        NoticeKind.PROPOSAL_REJECTED,
        "Insight of kind 0\nToo new.",
    )
    async with desk.group.database.read() as conn:
        rejected = await proposal_with(conn, GUILD, numbers[0])
    assert rejected is not None
    assert rejected.question is None  # the reason is not shown to all
    await desk.sent("One more insight")


async def test_a_proposal_whose_thread_was_deleted_waits_no_more(desk: Desk) -> None:
    numbers = [await desk.sent(f"Insight of kind {n}") for n in range(MOST_OPEN)]
    await desk.proposals.thread_gone(OTHER_GUILD, CHANNEL)
    await desk.proposals.require_waiting(ORGANISER, numbers[0])
    for _ in range(2):
        await desk.proposals.thread_gone(GUILD, CHANNEL)
    assert await desk.group.kinds_told(BOB) == [NoticeKind.PROPOSAL_REJECTED] * MOST_OPEN
    with pytest.raises(AlreadyDecided):
        await desk.proposals.approve(ORGANISER, numbers[0])
    async with desk.group.database.read() as conn:
        due = await due_deadlines(conn, desk.group.now, 99)
    assert {deadline.kind for deadline in due} == {DeadlineKind.NOTICE}
    await desk.sent("One more insight")


async def test_a_restored_proposal_is_shown_as_it_is_again(desk: Desk) -> None:
    waiting, decided = await desk.sent("Sudden insight"), await desk.sent("Nothing like it")
    await desk.proposals.reject(ORGANISER, decided)
    await desk.group.pass_time(seconds=10)
    desk.channel.shown.clear()
    async with desk.group.work.write() as unit:
        await restored_messages.show_again(unit.conn, unit.now, unit.now)
    await desk.group.pass_time(seconds=10)
    # What the message shows is not known, so that it is edited whatever was stored.
    assert [(n, found.shown) for n, found in desk.channel.shown.items()] == [(waiting, None)]


async def test_an_erased_member_proposes_nothing_any_more(desk: Desk) -> None:
    number = await desk.sent("Sudden insight")
    await desk.group.pass_time(seconds=1)
    remains: Any = None
    privacy = Privacy(desk.group.work, remains, desk.channel.take_down)
    async with desk.group.work.write() as unit:
        await privacy._erase(unit, GUILD, BOB, unit.now + timedelta(seconds=1), keep_notes=True)
    assert [message.message_id for message in desk.channel.taken_down] == [1000 + number]
    async with desk.group.database.read() as conn:
        assert await proposal_with(conn, GUILD, number) is None
        assert await posted_of(conn, GUILD, BOB) == ()
        assert (GUILD, BOB) not in {one[:2] for one in await erasure.seen_members(conn)}
        assert await due_deadlines(conn, desk.group.now, 9) == ()
    with pytest.raises(NotFound):
        await desk.proposals.approve(ORGANISER, number)
