"""A server's own entries on a real database: one server never sees another's."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.boards import BoardScope
from bot.domain.errors import NotFound, StaleControl
from bot.domain.members import Actor, OrganisersOnly
from bot.domain.own_entries import (
    ChangedSince,
    EditKind,
    EntryChange,
    EntryKind,
    OwnEntry,
    OwnPaper,
    ShippedEntry,
    StillNeeded,
    TheoryGone,
)
from bot.domain.progress import Depth
from bot.domain.search import SearchIndex
from bot.domain.signups import NoLongerOffered, SignedUpAlready
from bot.domain.undo import UndoneAlready, UndoOver
from bot.render.board import board_title
from bot.render.words import Words
from bot.services import catalogue_steps
from bot.services.boards import Boards
from bot.services.catalogues import Catalogues
from bot.services.curating import Curating, Made
from bot.services.signups import Signups
from bot.services.undoing import Undoing
from bot.storage import audit, readings
from bot.storage.own_entries import entry_count, feed
from tests.domain.own_entries import own_paper, own_theory
from tests.services.conftest import ANN, BOB, CAT, GUILD, OTHER_GUILD, Group, actor
from tests.services.rounds import Bulletin

ORGANISER = actor(ANN, manages=True)


class Desk:
    """What organisers do with the catalogue of a group."""

    def __init__(self, group: Group) -> None:
        self.group = group
        index = SearchIndex.build(group.catalogue, group.catalogue.vocabulary)
        self.catalogues = Catalogues(group.database, group.catalogue, index)
        self.curating = Curating(group.work, self.catalogues)
        reversals = dict.fromkeys(catalogue_steps.UNDOABLE, self.curating.take_back)
        self.undoing = Undoing(group.work, reversals)

    async def undo(self, by: Actor, made: Made) -> None:
        assert made.line_id is not None
        await self.undoing.undo(by, made.line_id)

    async def listed(self, guild_id: int = GUILD) -> set[str]:
        """Slugs of the theories of a server that are not shipped."""
        here = await self.catalogues.of(guild_id)
        return {t.slug for t in here} - {t.slug for t in self.group.catalogue}

    async def found(self, words: str, guild_id: int | None = GUILD) -> str | None:
        best = (await self.catalogues.index(guild_id)).look_up(words).best
        return None if best is None else best.paper_id or best.slug


@pytest.fixture
def desk(group: Group) -> Desk:
    return Desk(group)


async def test_a_theory_and_its_paper_live_in_their_server_alone(desk: Desk) -> None:
    theory = await desk.curating.add(ORGANISER, own_theory(name="Grokking"))
    assert theory.entry.ref == (EntryKind.THEORY, "grokking")
    paper = own_paper("", "grokking", "Beyond overfitting", arxiv="2201.02177")
    made = await desk.curating.add(ORGANISER, paper)
    assert await desk.listed() == {"grokking"}
    assert await desk.found("2201.02177") == made.entry.ref[1] == "beyond-overfitting"
    assert await desk.found("groking") == "grokking"
    for elsewhere in (OTHER_GUILD, None):
        assert await desk.catalogues.of(elsewhere) is desk.group.catalogue
        assert await desk.found("2201.02177", elsewhere) is None
    # A start later everything is as it was.
    again = Desk(desk.group)
    async with again.group.work.read() as conn:
        for catalogues in (again.catalogues, desk.catalogues):
            here = await catalogues.within(conn, GUILD)
            assert here.theory_of("beyond-overfitting") == here.get("grokking")
        assert await again.catalogues.within(conn, OTHER_GUILD) is desk.group.catalogue
    assert await again.catalogues.of(GUILD) == await desk.catalogues.of(GUILD) == here


async def test_only_organisers_change_anything_and_nobody_what_is_shipped(desk: Desk) -> None:
    with pytest.raises(OrganisersOnly):
        await desk.curating.add(actor(BOB), own_theory(name="Grokking"))
    with pytest.raises(ShippedEntry):
        await desk.curating.retire(ORGANISER, (EntryKind.THEORY, "spline"))
    with pytest.raises(NotFound):
        await desk.curating.retire(ORGANISER, (EntryKind.PAPER, "nothing"))
    with pytest.raises(NotFound):
        await desk.curating.add(ORGANISER, own_paper("x", "nowhere"))
    made = await desk.curating.add(ORGANISER, own_theory(name="Spline"))
    assert made.entry.ref[1] == "spline-2"
    with pytest.raises(StaleControl):
        await desk.undo(actor(ANN, OTHER_GUILD, manages=True), made)
    with pytest.raises(OrganisersOnly):
        await desk.undo(actor(BOB), made)


async def test_every_step_stands_in_history_and_trail_and_can_be_taken_back(desk: Desk) -> None:
    ref = (
        await desk.curating.add(ORGANISER, own_paper("power2022", title="Sudden insigth"))
    ).entry.ref

    def renamed(entry: OwnEntry) -> OwnEntry:
        assert isinstance(entry, OwnPaper)
        return replace(entry, work=replace(entry.work, title="Sudden insight"))

    changed = await desk.curating.change(ORGANISER, ref, renamed)
    retired = await desk.curating.retire(ORGANISER, ref)
    # Pressed twice, it is one step.
    assert await desk.curating.retire(ORGANISER, ref) == retired
    assert await desk.found("sudden insight") is None
    theory = (await desk.catalogues.of(GUILD)).theory_of("power2022")
    assert theory is not None
    assert "power2022" in theory.counting_ids
    with pytest.raises(ChangedSince):
        await desk.undo(ORGANISER, changed)
    other = replace(actor(BOB), manages=True)
    await desk.undo(other, retired)
    assert await desk.found("sudden insight") == "power2022"
    with pytest.raises(UndoneAlready):
        await desk.undo(other, retired)
    assert (await desk.curating.history(ORGANISER, ref)).line_id == changed.line_id
    desk.group.now += timedelta(minutes=10, seconds=1)
    with pytest.raises(UndoOver):
        await desk.undo(ORGANISER, changed)
    history = await desk.curating.history(ORGANISER, ref)
    steps = history.steps
    assert (history.entry.title, history.line_id) == ("Sudden insight", None)
    assert [(edit.kind, edit.author, edit.undone) for edit, _ in steps] == [
        (EditKind.UNDONE, "Bob", False),
        (EditKind.RETIRED, "Ann", True),
        (EditKind.CHANGED, "Ann", False),
        (EditKind.ADDED, "Ann", False),
    ]
    before = steps[2][1].before
    assert before is not None
    assert before.title == "Sudden insigth"
    async with desk.group.database.read() as conn:
        trail = await audit.lines(conn, GUILD, None, 9)
    assert [line.action for line in trail] == [
        "entries-undone", "entry-retired", "entry-changed", "entry-added",
    ]  # fmt: skip
    assert {line.subject for line in trail} == {"paper:power2022"}


async def test_what_somebody_reads_is_not_undone(desk: Desk) -> None:
    theory = await desk.curating.add(ORGANISER, own_theory(name="Grokking"))
    paper = await desk.curating.add(ORGANISER, own_paper("power2022", "grokking"))
    with pytest.raises(StillNeeded):
        await desk.undo(ORGANISER, theory)
    async with desk.group.work.write() as unit:
        await unit.arrive(actor(BOB))
        await readings.record_depth(
            unit.conn, GUILD, BOB, "Bob", "power2022", Depth.READ, desk.group.now
        )
    with pytest.raises(StillNeeded):
        await desk.undo(ORGANISER, paper)
    await desk.curating.retire(ORGANISER, paper.entry.ref)
    assert (await desk.catalogues.of(GUILD)).theory_of("power2022") is not None


async def test_no_paper_goes_back_to_a_theory_that_is_gone(desk: Desk) -> None:
    theory = await desk.curating.add(ORGANISER, own_theory(name="Late"))
    paper = await desk.curating.add(ORGANISER, own_paper("", "late", "Late nets"))

    def moved(entry: OwnEntry) -> OwnEntry:
        assert isinstance(entry, OwnPaper)
        return replace(entry, work=replace(entry.work, theory="spline"))

    move = await desk.curating.change(ORGANISER, paper.entry.ref, moved)
    await desk.undo(ORGANISER, theory)
    with pytest.raises(TheoryGone):
        await desk.undo(ORGANISER, move)
    found = (await desk.catalogues.of(GUILD)).theory_of("late-nets")
    assert found is not None
    assert found.slug == "spline"


async def test_what_is_retired_is_begun_by_nobody_and_kept_by_its_readers(desk: Desk) -> None:
    await desk.curating.add(ORGANISER, own_theory(name="Grokking"))
    refs = [(EntryKind.THEORY, "grokking")]
    for key, theory in (("power2022", "grokking"), ("quilt2020", "spline")):
        await desk.curating.add(ORGANISER, own_paper(key, theory))
        refs.append((EntryKind.PAPER, key))
    signups = Signups(desk.group.work, desk.catalogues)
    await signups.sign_up(actor(BOB), "quilt2020")
    for ref in (refs[0], refs[2]):
        await desk.curating.retire(ORGANISER, ref)
    for paper_id in ("power2022", "quilt2020"):
        for begin in (signups.sign_up, signups.wait):
            with pytest.raises(NoLongerOffered):
                await begin(actor(CAT), paper_id)
    with pytest.raises(SignedUpAlready):
        await signups.sign_up(actor(BOB), "quilt2020")
    await desk.curating.restore(ORGANISER, refs[0])
    await signups.sign_up(actor(CAT), "power2022")


async def test_a_board_of_a_retired_theory_still_says_of_which(desk: Desk) -> None:
    ref = (await desk.curating.add(ORGANISER, own_theory(name="Late insight"))).entry.ref
    await desk.curating.add(ORGANISER, own_paper("", ref[1], "Late nets"))
    boards = Boards(desk.group.work, desk.catalogues, Bulletin())
    board_id = await boards.post(ORGANISER, 5000, BoardScope.THEORY, ref[1])
    await desk.curating.retire(ORGANISER, ref)
    listing = await boards.listing(GUILD, board_id)
    assert not listing.entries
    words = Words()
    assert board_title(listing, {}, words) == "What shall we read of Late insight?"
    assert board_title(replace(listing, theory=None), {}, words) == "What shall we read?"


async def test_two_steps_at_once_both_count_and_get_ids_of_their_own(desk: Desk) -> None:
    await desk.catalogues.of(GUILD)
    made = await asyncio.gather(
        *(desk.curating.add(ORGANISER, own_theory(name="Grokking")) for _ in range(4))
    )
    ids = {one.entry.ref[1] for one in made}
    assert ids == {"grokking", "grokking-2", "grokking-3", "grokking-4"} == await desk.listed()


async def test_many_come_and_go_in_one_step(desk: Desk) -> None:
    papers = [own_paper(f"p{n}", "spline", f"Quilted nets, part {n}") for n in range(1200)]
    changes = [EntryChange(None, paper) for paper in papers]
    async with desk.group.work.write() as unit:
        step = await catalogue_steps.record_step(
            unit, desk.catalogues, ORGANISER, EditKind.IMPORTED, changes
        )
    # A form sent without a change offers no way to take all of it back.
    unchanged = await desk.curating.change(ORGANISER, papers[0].ref, lambda entry: entry)
    assert unchanged.line_id is None
    # So many are prepared in the background: shipped ones are found meanwhile.
    assert await desk.found("tropical") == "tropical"
    await desk.catalogues.settled()
    assert await desk.found("quilted nets, part 1100") == "p1100"
    # After a start they are prepared before anybody asks.
    index = SearchIndex.build(desk.group.catalogue)
    again = Catalogues(desk.group.database, desk.group.catalogue, index)
    await again.prepare_large()
    await again.settled()
    best = (await again.index(GUILD)).look_up("quilted nets, part 1100").best
    assert best is not None
    assert best.paper_id == "p1100"
    await desk.undoing.undo(ORGANISER, step.line_id)
    assert await desk.found("quilted nets, part 1100") is None
    assert await desk.catalogues.of(GUILD) is desk.group.catalogue
    async with desk.group.database.read() as conn:
        assert await entry_count(conn, GUILD) == 0
        assert (await feed(conn, GUILD)).documents == []
