"""Which papers have a free seat, those of the most needed theories first."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Catalogue
from bot.domain.coverage import TheoryCoverage, most_needed
from bot.domain.guild import GuildRules
from bot.storage import readings, standings


async def papers_with_free_seat(
    conn: AsyncConnection, catalogue: Catalogue, guild_id: int, rules: GuildRules
) -> tuple[str, ...]:
    """The ids of primary papers that anybody may take now."""
    primary = {t.slug: t.counting_ids for t in catalogue}
    every = [paper.id for theory in catalogue for paper in theory.primary_papers]
    standing = await standings.standings(conn, guild_id, every, rules)
    tallies = await readings.theory_tallies(conn, guild_id, primary)
    coverage = {
        slug: TheoryCoverage(slug, tally.readers, tally.understanders, rules.target_readers)
        for slug, tally in tallies.items()
    }
    return tuple(
        paper.id
        for theory in most_needed(catalogue, coverage)
        for paper in theory.primary_papers
        if standing[paper.id].free
    )
