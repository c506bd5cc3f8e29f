"""Suggesting papers to a member: what the community lacks, and what fits them."""

from __future__ import annotations

from bot.domain.members import Actor
from bot.domain.signups import TIME_TO_READ, SignupState
from bot.domain.suggesting import Candidate, Reader, Suggestions, suggest
from bot.services.catalogues import Catalogues
from bot.services.work import Work
from bot.storage import guilds, members, readings, round_answers, signups, standings

_WEEKS = TIME_TO_READ.days / 7


class Suggesting:
    """Reads what decides in one unit, and leaves the deciding to the domain."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def suggest(self, actor: Actor, hours: float | None = None) -> Suggestions:
        """Three papers for this member. ``hours`` is what they have for one; else their own
        hours a week over the three weeks that a sign-up lasts, if they have said any.
        """
        guild_id, user_id = actor.guild_id, actor.user_id
        catalogue = await self._catalogues.of(guild_id)
        primary = {t.slug: t.counting_ids for t in catalogue}
        every = [paper_id for papers in primary.values() for paper_id in papers]
        async with self._work.read() as conn:
            rules = await guilds.guild_rules(conn, guild_id)
            tallies = await readings.theory_tallies(conn, guild_id, primary)
            standing = await standings.standings(conn, guild_id, every, rules)
            depths = await readings.own_depths(conn, guild_id, user_id)
            live = await signups.live_signups(conn, guild_id, user_id=user_id)
            back = await signups.papers_in(conn, guild_id, user_id, SignupState.GIVEN_BACK)
            settings = await members.settings_of(conn, guild_id, user_id)
            wishes = await round_answers.latest_wishes(conn, guild_id, user_id)
        taken_up = {*depths, *(signup.paper_id for signup in live)}
        if hours is None and settings.hours_a_week:
            hours = settings.hours_a_week * _WEEKS
        reader = Reader(
            settings.tags,
            hours,
            frozenset(slug for slug, papers in primary.items() if taken_up & set(papers)),
            back,
            wishes.points,
            wishes.rather_not,
        )
        candidates = [
            Candidate(
                theory,
                paper,
                standing[paper.id],
                tallies[theory.slug].readers,
                sum(standing[paper_id].taken for paper_id in primary[theory.slug]),
                rules.target_readers,
            )
            for theory in catalogue
            for paper in theory.primary_papers
        ]
        return suggest(candidates, reader)
