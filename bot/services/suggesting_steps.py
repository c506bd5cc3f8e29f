"""What one more reader of each paper would change in a server, for several use cases."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Catalogue
from bot.domain.guild import GuildRules
from bot.domain.suggesting import Candidate
from bot.storage import readings, standings


def counting_papers(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """The ids of the papers of each theory whose readers count, by its slug."""
    return {theory.slug: theory.counting_ids for theory in catalogue}


async def candidates(
    conn: AsyncConnection, guild_id: int, catalogue: Catalogue, rules: GuildRules
) -> list[Candidate]:
    """Every primary paper as the server stands to its theory."""
    counting = counting_papers(catalogue)
    every = [paper_id for papers in counting.values() for paper_id in papers]
    tallies = await readings.theory_tallies(conn, guild_id, counting)
    standing = await standings.standings(conn, guild_id, every, rules)
    return [
        Candidate(
            theory,
            paper,
            standing[paper.id],
            tallies[theory.slug].readers,
            sum(standing[paper_id].taken for paper_id in counting[theory.slug]),
            rules.target_readers,
        )
        for theory in catalogue
        for paper in theory.primary_papers
    ]
