"""Taking works of the catalogue out as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.exports import ExportFormat, ExportScope, Selection, chapters
from bot.domain.members import Actor
from bot.domain.progress import Depth
from bot.exchange.member_file import NamedFile
from bot.exchange.works_file import works_file
from bot.services.catalogues import Catalogues, ServerCatalogue
from bot.services.work import Work
from bot.storage import readings

_NAMES = {ExportScope.ALL: "catalogue", ExportScope.MINE: "my-readings"}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of works, and how many it holds."""

    file: NamedFile
    works: int


class Exporting:
    """The catalogue is open to everybody; depths are the asker's own and nobody else's."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def file(
        self, actor: Actor, selection: Selection, format_: ExportFormat, title: str
    ) -> Exported:
        """The selection as a file; ``title`` heads the one that is made to be read.

        Stores nothing. Raises TopicUnknown, NothingRead, StaleControl.
        """
        own: Mapping[str, Depth] = {}
        here = await self._catalogues.server(actor.guild_id)
        if selection.scope is ExportScope.MINE:
            async with self._work.read() as conn:
                own = await readings.own_depths(conn, actor.guild_id, actor.user_id)
        # In a thread: thousands of works take longer than the loop may stand still.
        return await asyncio.to_thread(_made, here, selection, format_, title, own)


def _made(
    here: ServerCatalogue,
    selection: Selection,
    format_: ExportFormat,
    title: str,
    own: Mapping[str, Depth],
) -> Exported:
    found = chapters(here.catalogue, selection, own, here.works)
    name = _NAMES.get(selection.scope) or selection.subject
    file = NamedFile(f"theory-club-{name}.{format_.value}", works_file(format_, title, found))
    return Exported(file, sum(len(chapter.entries) for chapter in found))
