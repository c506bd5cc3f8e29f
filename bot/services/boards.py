"""Living sign-up boards: posted by organisers, kept up to date by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.boards import BoardEntry, BoardListing, BoardScope
from bot.domain.catalogue import Theory
from bot.domain.coverage import TheoryCoverage, most_needed
from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.errors import NotFound
from bot.domain.living import MessageTrouble
from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.services.announcer import Announcer
from bot.services.catalogues import Catalogues
from bot.services.living import Steps, keep
from bot.services.work import Unit, Work
from bot.storage import boards, guilds, readings, standings


class Boards:
    """One message a board, edited in place."""

    def __init__(self, work: Work, catalogues: Catalogues, announcer: Announcer) -> None:
        self._work = work
        self._catalogues = catalogues
        self._announcer = announcer

    async def require_organiser(self, actor: Actor) -> None:
        """Raises OrganisersOnly for anybody else."""
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)

    async def post(
        self, actor: Actor, channel_id: int, scope: BoardScope, subject: str | None
    ) -> int:
        """Hangs up a board; its message stands a moment later. The board's id.

        The same board in the same channel is posted anew, below what was said since.
        Raises OrganisersOnly, and NotFound for a subject the catalogue does not have.
        """
        if not _theories(await self._catalogues.of(actor.guild_id), scope, subject):
            raise NotFound
        async with self._work.write() as unit:
            await unit.arrive(actor)
            (await guilds.guild_rules(unit.conn, actor.guild_id)).require_organiser(actor)
            before = await boards.same_board(unit.conn, actor.guild_id, channel_id, scope, subject)
            if before is not None:
                await boards.remove_board(unit.conn, actor.guild_id, before.id)
            board_id = await boards.add_board(
                unit.conn, actor.guild_id, channel_id, scope, subject, actor.user_id, unit.now
            )
            await unit.set_deadline(actor.guild_id, DeadlineKind.BOARD, board_id, unit.now)
            await unit.audit(actor, "board-posted", f"board:{board_id}")
        if before is not None and before.message_id is not None:
            await self._announcer.take_down(before.message)
        return board_id

    async def remove(self, actor: Actor, board_id: int) -> None:
        """Takes a board down. Raises OrganisersOnly, NotFound."""
        async with self._work.write() as unit:
            (await guilds.guild_rules(unit.conn, actor.guild_id)).require_organiser(actor)
            board = await boards.board_with(unit.conn, actor.guild_id, board_id)
            if board is None:
                raise NotFound
            await boards.remove_board(unit.conn, actor.guild_id, board_id)
            await unit.clear_deadlines(actor.guild_id, board_id, DeadlineKind.BOARD)
            await unit.audit(actor, "board-removed", f"board:{board_id}")
        if board.message_id is not None:
            await self._announcer.take_down(board.message)

    async def listing(self, guild_id: int, board_id: int) -> BoardListing:
        """What a board shows now. Raises NotFound when it is gone."""
        catalogue = await self._catalogues.of(guild_id)
        async with self._work.read() as conn:
            board = await boards.board_with(conn, guild_id, board_id)
            if board is None:
                raise NotFound
            rules = await guilds.guild_rules(conn, guild_id)
            theories = _theories(catalogue, board.scope, board.subject)
            primary = {t.slug: t.counting_ids for t in theories}
            every = [paper_id for papers in primary.values() for paper_id in papers]
            tallies = await readings.theory_tallies(conn, guild_id, primary)
            standing = await standings.standings(conn, guild_id, every, rules)
            names = await standings.readers_of(conn, guild_id, every)
        coverage = {
            slug: TheoryCoverage(slug, tally.readers, tally.understanders, rules.target_readers)
            for slug, tally in tallies.items()
        }
        entries = tuple(
            BoardEntry(theory, paper, standing[paper.id], names.get(paper.id, ()))
            for theory in most_needed(theories, coverage)
            for paper in theory.primary_papers
        )
        about = board.subject if board.scope is BoardScope.THEORY else None
        return BoardListing(board, entries, catalogue.get(about or ""))

    async def refresh(self, deadline: Deadline) -> datetime | None:
        """Meets a deadline of kind BOARD; when to look again, or None."""
        guild_id, board_id = deadline.guild_id, deadline.subject_id
        try:
            listing = await self.listing(guild_id, board_id)
        except NotFound:
            return None
        board = listing.board

        async def in_trouble(unit: Unit, trouble: MessageTrouble) -> None:
            if board.posted_by:
                await unit.tell(
                    guild_id,
                    board.posted_by,
                    NoticeKind.BOARD_TROUBLE,
                    detail=f"{trouble.value}:{board.channel_id}",
                )

        steps = Steps(
            lambda unit: boards.record_posting(unit.conn, guild_id, board_id, unit.now),
            lambda nonce: self._announcer.show_board(listing, nonce),
            lambda unit, shown: boards.settle(unit.conn, guild_id, board_id, shown, unit.now),
            in_trouble,
        )
        return (await keep(self._work, "board", board_id, board.message, steps))[1]


def _theories(
    every: Iterable[Theory], scope: BoardScope, subject: str | None
) -> tuple[Theory, ...]:
    match scope:
        case BoardScope.ALL:
            return tuple(every)
        case BoardScope.THEORY:
            return tuple(theory for theory in every if theory.slug == subject)
        case BoardScope.TOPIC:
            return tuple(t for t in every if subject in (t.topic, *t.prerequisites))
