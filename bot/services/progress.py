"""How far a member has come, and the group: for themselves, for each other, for everybody."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Catalogue
from bot.domain.coverage import TheoryCoverage
from bot.domain.history import month_of, week_of
from bot.domain.members import Actor
from bot.domain.outline import Outline
from bot.domain.overview import (
    PAGE_SIZE,
    BoardName,
    Finish,
    GroupProgress,
    Overview,
    OwnSignup,
    PaperProgress,
    Profile,
    in_order,
    tallied,
)
from bot.domain.progress import Depth, Tally
from bot.domain.signups import SignupState
from bot.services.catalogues import Catalogues
from bot.services.work import Work
from bot.storage import group_progress, guilds, notices, own_signups, progress, readings, teaching


class Progress:
    """Overviews of what is read. Nobody's private part is in anybody else's."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def own(self, actor: Actor, page: int) -> Overview:
        """A page of the member's own papers; a page that is not there is the last one."""
        guild_id, user_id = actor.guild_id, actor.user_id
        catalogue = await self._catalogues.of(guild_id)
        async with self._work.read() as conn:
            live = await own_signups.live_signups(conn, guild_id, user_id)
            papers = in_order(await _papers_of(conn, catalogue, guild_id, user_id, live))
            waiting = await notices.waiting_notices(conn, guild_id, user_id, self._work.now())
        last = max(0, -(-len(papers) // PAGE_SIZE) - 1)
        page = min(page, last)
        shown = papers[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
        return Overview(tuple(shown), page, len(papers), len(waiting))

    async def profile(self, viewer: Actor, user_id: int) -> Profile:
        """What others see of a member's reading; the same for one who hides it and for nobody."""
        guild_id, is_own = viewer.guild_id, viewer.user_id == user_id
        catalogue = await self._catalogues.of(guild_id)
        async with self._work.read() as conn:
            name = await progress.shown_name(conn, guild_id, user_id)
            if name is None:
                return Profile(user_id, is_own=is_own)
            papers = await _papers_of(conn, catalogue, guild_id, user_id, ())
        # The deepest first; when something was read is nobody else's business.
        papers.sort(key=lambda one: (-_rank(one.depth), one.theory.order, one.paper.id))
        return Profile(user_id, name, tuple(papers), is_own)

    async def likely_papers(self, guild_id: int, user_id: int) -> tuple[str, ...]:
        """The ids of papers a member most likely means: open sign-ups, then what they read."""
        async with self._work.read() as conn:
            live = await own_signups.live_signups(conn, guild_id, user_id)
            own = await progress.own_readings(conn, guild_id, user_id)
        by_date = sorted(own, key=lambda paper_id: own[paper_id][1], reverse=True)
        first = [signup.paper_id for signup in live if signup.state is SignupState.OPEN]
        return tuple(dict.fromkeys([*first, *by_date]))

    async def group(self, guild_id: int) -> GroupProgress:
        """The totals of a server, what was finished this week, and the name board."""
        now = self._work.now()
        catalogue = await self._catalogues.of(guild_id)
        primary = {t.slug: t.counting_ids for t in catalogue}
        async with self._work.read() as conn:
            tallies = await readings.theory_tallies(conn, guild_id, primary)
            target = await guilds.target_readers(conn, guild_id)
            reading = await group_progress.members_reading(conn, guild_id)
            states = await group_progress.signups_by_state(conn, guild_id)
            week = await group_progress.finishes(conn, guild_id, week_of(now))
            month = await group_progress.finishes(conn, guild_id, month_of(now))
            names = await group_progress.board_names(conn, guild_id)
        titles = {p.id: p.title for t in catalogue for p in t.every_paper}
        covered = [_coverage(slug, tally, target) for slug, tally in tallies.items()]
        return GroupProgress(
            theories=len(covered),
            known=sum(theory.is_known for theory in covered),
            met=sum(theory.is_met for theory in covered),
            covered=sum(theory.is_covered for theory in covered),
            readers=sum(theory.readers for theory in covered),
            understanders=sum(theory.understanders for theory in covered),
            reading=reading,
            open_signups=states[SignupState.OPEN],
            waiting=states[SignupState.WAITING] + states[SignupState.OFFERED],
            finished=tallied(week, titles),
            board=_board(month, names, titles),
        )

    async def show_on_name_board(self, actor: Actor, *, on: bool) -> None:
        """Puts the member's name on the board, or takes it off."""
        async with self._work.write() as unit:
            await unit.arrive(actor)
            await group_progress.put_on_board(unit.conn, actor.guild_id, actor.user_id, on=on)


async def _papers_of(
    conn: AsyncConnection,
    catalogue: Catalogue,
    guild_id: int,
    user_id: int,
    live: tuple[OwnSignup, ...],
) -> list[PaperProgress]:
    own = await progress.own_readings(conn, guild_id, user_id)
    done = await progress.all_sections_done(conn, guild_id, user_id)
    taught = await teaching.taught_of(conn, guild_id, user_id)
    signups = {signup.paper_id: signup for signup in live}
    papers = []
    for paper_id in dict.fromkeys([*own, *signups]):
        theory = catalogue.theory_of(paper_id)
        paper = None if theory is None else theory.paper(paper_id)
        if theory is None or paper is None:
            continue
        depth, changed_at = own.get(paper_id, (None, None))
        known = Outline(paper.sections).known(done.get(paper_id, frozenset()))
        papers.append(
            PaperProgress(
                theory=theory,
                paper=paper,
                depth=depth,
                done=known,
                taught=taught.get(paper_id, 0),
                changed_at=changed_at,
                signup=signups.get(paper_id),
            )
        )
    return papers


def _board(
    month: tuple[Finish, ...], names: Mapping[int, str], titles: Mapping[str, str]
) -> tuple[BoardName, ...]:
    finished: dict[int, list[str]] = {user_id: [] for user_id in names}
    for finish in month:
        if finish.user_id in finished and finish.paper_id in titles:
            finished[finish.user_id].append(titles[finish.paper_id])
    listed = sorted(names, key=lambda user_id: (names[user_id].casefold(), user_id))
    return tuple(BoardName(names[who], tuple(finished[who])) for who in listed)


def _coverage(slug: str, tally: Tally, target: int) -> TheoryCoverage:
    return TheoryCoverage(slug, tally.readers, tally.understanders, target)


def _rank(depth: Depth | None) -> int:
    return -1 if depth is None else depth.rank
