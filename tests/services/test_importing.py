"""A file is read, confirmed once as it was seen, undone; by organisers and in their server."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.entries import Entry, Name
from bot.domain.errors import NotFound
from bot.domain.imports.drafts import ChangedMeanwhile, Imported, ImportGone, NothingToImport
from bot.domain.members import Actor, OrganisersOnly
from bot.domain.own_entries import CatalogueFull, StillNeeded
from bot.domain.trail import StepContents
from bot.exchange.bibtex_file import write_bibtex
from bot.services import catalogue_steps
from bot.services import importing as room
from bot.services.catalogues import Catalogues
from bot.services.curating import Curating
from bot.services.importing import Importing
from bot.services.trail import Trail
from bot.services.undoing import Undoing
from bot.storage import erasure
from bot.storage.own_entry_steps import contents_of
from tests.domain.own_entries import own_theory
from tests.services.catalogues import unsearched
from tests.services.conftest import ANN, BOB, OTHER_GUILD, Group, actor

BOSS, THERE = actor(ANN, manages=True), actor(ANN, OTHER_GUILD, manages=True)


class Desk:
    """Importing, exporting and undoing over one database."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.catalogues: Catalogues = unsearched(group.database, group.catalogue)
        self.importing = Importing(group.work, self.catalogues)
        self.curating = Curating(group.work, self.catalogues)
        reversals = dict.fromkeys(catalogue_steps.UNDOABLE, self.curating.take_back)
        self.undoing = Undoing(group.work, reversals)

    async def take_in(
        self, who: Actor, content: bytes, name: str = "a.bib", into: str | None = "spline"
    ) -> Imported:
        view = await self.importing.read(who, name, content, into)
        done = await self.importing.confirm(who, view.draft.id, view.seen)
        assert isinstance(done, Imported)
        return done

    async def works(self, who: Actor) -> dict[str, Entry]:
        return (await self.catalogues.server(who.guild_id)).works


@pytest.fixture
async def desk(group: Group) -> Desk:
    return Desk(group)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting the reading process costs half a second each; its bounds are held elsewhere."""
    from bot.exchange.child import answer

    monkeypatch.setattr(room, "read_lines", lambda content, format_: list(answer(format_, content)))


def work(n: int) -> Entry:
    title = f"On {n * 7919 % 10007} matters of {n * 104729 % 100003} kinds"
    return Entry(f"k{n}", title, (Name("Doe", f"J{n}"),), year=1990 + n % 30)


async def test_an_import_is_undone_unless_somebody_has_taken_a_work_up(desk: Desk) -> None:
    done = await desk.take_in(BOSS, write_bibtex([work(1), work(2)]))
    assert list(await desk.works(BOSS)) == ["k1", "k2"]
    await desk.group.signups.sign_up(actor(BOB), "k2")
    with pytest.raises(StillNeeded) as refused:
        await desk.undoing.undo(BOSS, done.line_id)
    assert refused.value.title == work(2).title
    assert list(await desk.works(BOSS)) == ["k1", "k2"]
    await desk.group.signups.withdraw(actor(BOB), "k2")


async def test_the_trail_says_what_came_in_until_its_author_is_erased(desk: Desk) -> None:
    await desk.take_in(BOSS, write_bibtex([work(1), work(2)]), "my thesis.bib")
    await desk.take_in(BOSS, write_bibtex([work(3)]), "one.bib")
    page = await Trail(desk.group.work).page(BOSS)
    steps = [line.step for line in page.lines if line.step is not None]
    assert [page.steps[step] for step in steps] == [
        StepContents(1, 0, "one.bib"),
        StepContents(2, 0, "my thesis.bib"),
    ]
    async with desk.group.database.write() as conn:
        later = desk.group.now + timedelta(seconds=1)
        await erasure.erase_traces(conn, BOSS.guild_id, BOSS.user_id, later)
        left = await contents_of(conn, BOSS.guild_id, steps)
        assert [left[step] for step in steps] == [StepContents(1, 0), StepContents(2, 0)]
        assert await contents_of(conn, OTHER_GUILD, steps) == {}


async def test_only_what_was_seen_is_imported_and_only_once(desk: Desk) -> None:
    view = await desk.importing.read(BOSS, "a.bib", write_bibtex([work(1), work(2)]))
    assert len(view.comparison.unplaced) == 2
    with pytest.raises(NothingToImport):
        await desk.importing.confirm(BOSS, view.draft.id, view.seen)
    placed = await desk.importing.put_into(BOSS, view.draft.id, "spline")
    assert placed.counts.new == 2
    now = await desk.importing.confirm(BOSS, view.draft.id, view.seen)
    assert isinstance(now, ChangedMeanwhile)
    assert now.view == placed
    twice = (desk.importing.confirm(BOSS, view.draft.id, placed.seen) for _ in range(2))
    results = await asyncio.gather(*twice, return_exceptions=True)
    assert sorted(type(one).__name__ for one in results) == ["ImportGone", "Imported"]
    assert len(await desk.works(BOSS)) == 2
    assert await desk.works(THERE) == {}


async def test_nothing_goes_into_a_theory_that_is_gone_or_retired_meanwhile(desk: Desk) -> None:
    made = await desk.curating.add(BOSS, own_theory(name="Grokking"))
    view = await desk.importing.read(BOSS, "a.bib", write_bibtex([work(1)]), "grokking")
    retired = await desk.curating.retire(BOSS, made.entry.ref)
    for undone in (), (retired, made):
        for step in undone:
            assert step.line_id is not None
            await desk.undoing.undo(BOSS, step.line_id)
        now = await desk.importing.confirm(BOSS, view.draft.id, view.seen)
        assert isinstance(now, ChangedMeanwhile)
        assert len(now.view.comparison.unplaced) == 1
    assert await desk.works(BOSS) == {}


async def test_a_newer_file_takes_the_place_of_the_last(desk: Desk) -> None:
    first = await desk.importing.read(BOSS, "a.bib", write_bibtex([work(1)]), "spline")
    second = await desk.importing.read(BOSS, "b.bib", write_bibtex([work(2)]), "spline")
    for of in (first, await desk.importing.view(BOSS, second.draft.id)):
        assert of.draft.id != 0
    with pytest.raises(ImportGone):
        await desk.importing.confirm(BOSS, first.draft.id, first.seen)
    await desk.importing.drop(BOSS, second.draft.id)
    with pytest.raises(ImportGone):
        await desk.importing.view(BOSS, second.draft.id)


async def test_what_may_not_be_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_bibtex([work(1), work(2)])
    with pytest.raises(OrganisersOnly):
        await desk.importing.read(actor(BOB), "a.bib", content, "spline")
    with pytest.raises(NotFound):
        await desk.importing.read(BOSS, "a.bib", content, "nothing-of-the-kind")
    view = await desk.importing.read(BOSS, "a.bib", content, "spline")
    for who in (THERE, actor(BOB, manages=True)):
        with pytest.raises(ImportGone):
            await desk.importing.confirm(who, view.draft.id, view.seen)
    monkeypatch.setattr("bot.services.catalogue_steps.MOST_ENTRIES", 1)
    with pytest.raises(CatalogueFull):
        await desk.importing.confirm(BOSS, view.draft.id, view.seen)
    assert (await desk.importing.view(BOSS, view.draft.id)).counts.new == 2
