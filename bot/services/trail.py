"""Reading the audit trail."""

from __future__ import annotations

from bot.domain.members import Actor
from bot.domain.trail import PAGE_SIZE, TrailPage
from bot.services.work import Work
from bot.storage import audit, clubs, guilds, own_entry_steps, undo


class Trail:
    """What organisers did, for organisers."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def page(self, actor: Actor, before: int | None = None) -> TrailPage:
        """The newest lines, or those before a line's id. Raises OrganisersOnly."""
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            found = await audit.lines(conn, actor.guild_id, before, PAGE_SIZE + 1)
            shown = found[:PAGE_SIZE]
            ids = [line.id for line in shown]
            undoable = await undo.open_steps(conn, actor.guild_id, ids, self._work.now())
            steps = [line.step for line in shown if line.step is not None]
            contents = await own_entry_steps.contents_of(conn, actor.guild_id, steps)
            about = [line.club_id for line in shown if line.club_id is not None]
            names = await clubs.names_of(conn, actor.guild_id, about)
        older = shown[-1].id if len(found) > PAGE_SIZE else None
        return TrailPage(shown, older, undoable, contents, names)
