"""Suggesting papers to a member: what the community lacks, and what fits them."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Catalogue
from bot.domain.members import Actor
from bot.domain.signups import TIME_TO_READ, SignupState
from bot.domain.suggesting import Candidate, Reader, Suggestions, suggest
from bot.services.catalogues import Catalogues
from bot.services.suggesting_steps import candidates, counting_papers
from bot.services.work import Work
from bot.storage import guilds, members, readings, round_answers, signups

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
        catalogue = await self._catalogues.of(actor.guild_id)
        async with self._work.read() as conn:
            every, reader = await self.situation(conn, catalogue, actor, hours)
        return suggest(every, reader)

    async def situation(
        self,
        conn: AsyncConnection,
        catalogue: Catalogue,
        actor: Actor,
        hours: float | None = None,
    ) -> tuple[list[Candidate], Reader]:
        """What decides: every primary paper as it stands here, and the member who asks."""
        guild_id, user_id = actor.guild_id, actor.user_id
        rules = await guilds.guild_rules(conn, guild_id)
        every = await candidates(conn, guild_id, catalogue, rules)
        depths = await readings.own_depths(conn, guild_id, user_id)
        live = await signups.live_signups(conn, guild_id, user_id=user_id)
        back = await signups.papers_in(conn, guild_id, user_id, SignupState.GIVEN_BACK)
        settings = await members.settings_of(conn, guild_id, user_id)
        wishes = await round_answers.latest_wishes(conn, guild_id, user_id)
        counting = counting_papers(catalogue)
        taken_up = {*depths, *(signup.paper_id for signup in live)}
        if hours is None and settings.hours_a_week:
            hours = settings.hours_a_week * _WEEKS
        reader = Reader(
            settings.tags,
            hours,
            frozenset(slug for slug, papers in counting.items() if taken_up & set(papers)),
            back,
            wishes.points,
            wishes.rather_not,
            settings.interests,
        )
        return every, reader
