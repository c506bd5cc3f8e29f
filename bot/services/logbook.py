"""Logging how far a member has come with a paper, correcting it, and taking it back."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Theory
from bot.domain.errors import NotFound, StaleControl
from bot.domain.logbook import (
    LOGGABLE,
    LogEntry,
    LogForm,
    Logged,
    NothingLogged,
    Take,
    depth_after,
    same_field,
)
from bot.domain.members import Actor, NoteSharing
from bot.domain.notes import NoteKind
from bot.domain.outline import Outline, SectionsUnclear
from bot.domain.papers import Paper
from bot.domain.progress import Depth
from bot.services import log_steps, signup_steps
from bot.services.catalogues import Catalogues
from bot.services.papers import Papers
from bot.services.work import Unit, Work
from bot.storage import depths, own_signups, progress, readings, takes


class Logbook:
    """Depths, sections and the notes written along with them."""

    def __init__(self, work: Work, catalogues: Catalogues, papers: Papers) -> None:
        self._work = work
        self._catalogues = catalogues
        self._papers = papers

    async def form(self, actor: Actor, paper_id: str) -> LogForm:
        """What the form for a paper is filled in with. Raises StaleControl for a paper gone."""
        theory, paper = await self._papers.get(actor.guild_id, paper_id)
        guild_id, user_id = actor.guild_id, actor.user_id
        async with self._work.read() as conn:
            depth, _ = await progress.standing(conn, guild_id, user_id, paper_id)
            stored = await progress.sections_done(conn, guild_id, user_id, paper_id)
            newest = await takes.newest_takes(conn, guild_id, user_id, paper_id)
        done = Outline(paper.sections).known(stored)
        return LogForm(theory, paper, depth, done, _one_a_field(newest))

    async def form_of_theory(self, actor: Actor, slug: str) -> LogForm:
        """The form for the paper of a theory that the member most likely means.

        The primary one they signed up for, else the one they know deepest, else the first.
        Raises StaleControl for a theory that is gone, or has nothing to read.
        """
        catalogue = await self._catalogues.of(actor.guild_id)
        theory = catalogue.get(slug)
        if theory is None or not theory.primary_papers:
            raise StaleControl
        async with self._work.read() as conn:
            own = await readings.own_depths(conn, actor.guild_id, actor.user_id)
            live = await own_signups.live_signups(conn, actor.guild_id, actor.user_id)
        signed_up = {signup.paper_id for signup in live if signup.due_at is not None}

        def likely(paper: Paper) -> tuple[bool, int]:
            depth = own.get(paper.id)
            return paper.id in signed_up, -1 if depth is None else depth.rank

        return await self.form(actor, max(theory.primary_papers, key=likely).id)

    async def log(
        self, actor: Actor, paper_id: str, entry: LogEntry, interaction_id: int
    ) -> Logged:
        """Stores what came back from a form, all of it at once.

        Sections that cannot be understood stay as they were and everything else is stored, so
        that no text is lost; the result says so. Raises StaleControl for a paper that is gone
        and NothingLogged when there is nothing to store and nothing was stored before.
        """
        theory, paper = await self._papers.get(actor.guild_id, paper_id)
        sections, unclear = _sections_of(paper, entry)
        async with self._work.write() as unit:
            await unit.arrive(actor)
            stored, _ = await progress.standing(unit.conn, actor.guild_id, actor.user_id, paper_id)
            depth = depth_after(stored, entry, any_done=bool(sections))
            added, noted = await log_steps.write_takes(unit, actor, paper_id, entry, interaction_id)
            if (
                depth is None
                and not noted
                and unclear is None
                and not await log_steps.has_takes(unit, actor, paper_id)
            ):
                raise NothingLogged
            if depth is not None:
                await self._set(unit, actor, paper, depth)
                await log_steps.set_sections(unit, actor, paper, sections)
            closed = await _tell_signup(unit, actor, paper_id, depth)
            return await self._logged(
                unit.conn,
                actor,
                theory,
                paper,
                closed=closed,
                added=added,
                noted=noted,
                unclear=unclear,
            )

    async def set_depth(self, actor: Actor, paper_id: str, depth: Depth) -> Logged:
        """Sets the depth of a paper that the member took up, deeper or as a correction.

        Raises NotFound when they have not, and StaleControl for a depth nobody can log.
        """
        theory, paper = await self._papers.get(actor.guild_id, paper_id)
        if depth not in LOGGABLE:
            raise StaleControl
        async with self._work.write() as unit:
            await unit.arrive(actor)
            guild_id, user_id = actor.guild_id, actor.user_id
            if await depths.depth_of(unit.conn, guild_id, user_id, paper_id) is None:
                raise NotFound
            await self._set(unit, actor, paper, depth)
            closed = await _tell_signup(unit, actor, paper_id, depth)
            return await self._logged(unit.conn, actor, theory, paper, closed=closed)

    async def stored(self, actor: Actor, paper_id: str) -> Logged:
        """What is stored of a paper that the member took up. Raises NotFound otherwise."""
        theory, paper = await self._papers.get(actor.guild_id, paper_id)
        async with self._work.read() as conn:
            result = await self._logged(conn, actor, theory, paper)
        if result.depth is None:
            raise NotFound
        return result

    async def remove(self, actor: Actor, paper_id: str) -> Logged:
        """Takes a paper back with its sections; notes stay. Raises NotFound when there is none.

        While the member's sign-up for it is open, the paper is back at *signed up*.
        """
        theory, paper = await self._papers.get(actor.guild_id, paper_id)
        async with self._work.write() as unit:
            await unit.arrive(actor)
            conn, guild_id, user_id = unit.conn, actor.guild_id, actor.user_id
            stored = await depths.depth_of(conn, guild_id, user_id, paper_id)
            if stored is None:
                raise NotFound
            if await own_signups.open_until(conn, guild_id, user_id, paper_id) is None:
                await depths.take_back(conn, guild_id, user_id, paper_id, unit.now)
            else:
                done = await progress.sections_done(conn, guild_id, user_id, paper_id)
                await progress.unmark_done(conn, guild_id, user_id, paper_id, done)
                await depths.set_depth(conn, guild_id, user_id, paper_id, Depth.SIGNED_UP, unit.now)
            return await self._logged(unit.conn, actor, theory, paper)

    async def _set(self, unit: Unit, actor: Actor, paper: Paper, depth: Depth) -> None:
        await depths.set_depth(unit.conn, actor.guild_id, actor.user_id, paper.id, depth, unit.now)

    async def _logged(
        self,
        conn: AsyncConnection,
        actor: Actor,
        theory: Theory,
        paper: Paper,
        *,
        closed: bool = False,
        added: tuple[int, ...] = (),
        noted: tuple[NoteKind, ...] = (),
        unclear: SectionsUnclear | None = None,
    ) -> Logged:
        paper_id, guild_id, user_id = paper.id, actor.guild_id, actor.user_id
        depth, sharing = await progress.standing(conn, guild_id, user_id, paper_id)
        done = await progress.sections_done(conn, guild_id, user_id, paper_id)
        return Logged(
            theory=theory,
            paper=paper,
            depth=depth,
            done=Outline(paper.sections).known(done),
            due_at=await own_signups.open_until(conn, guild_id, user_id, paper_id),
            closed=closed,
            noted=noted,
            sharing=sharing,
            undecided=added if sharing is NoteSharing.ASK else (),
            unclear=unclear,
        )


def _one_a_field(newest: tuple[Take, ...]) -> tuple[Take, ...]:
    """The newest for each field; a doubt and a question share one."""
    kept: list[Take] = []
    for take in newest:
        if not any(same_field(take.kind, other.kind) for other in kept):
            kept.append(take)
    return tuple(kept)


def _sections_of(
    paper: Paper, entry: LogEntry
) -> tuple[frozenset[str] | None, SectionsUnclear | None]:
    outline = Outline(paper.sections)
    if not isinstance(entry.sections, str):
        return None if entry.sections is None else outline.known(entry.sections), None
    try:
        return outline.parse(entry.sections), None
    except SectionsUnclear as unclear:
        return None, unclear


async def _tell_signup(unit: Unit, actor: Actor, paper_id: str, depth: Depth | None) -> bool:
    """Lets a sign-up know that something was logged; whether that has closed it."""
    row = (actor.guild_id, actor.user_id, paper_id)
    await signup_steps.touched(unit, *row)
    if depth is None or not depth.is_reader:
        return False
    was_open = await own_signups.open_until(unit.conn, *row) is not None
    await signup_steps.close_as_read(unit, *row)
    return was_open
