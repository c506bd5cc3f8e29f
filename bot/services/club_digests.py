"""The digest of a club's week, gathered at the moment it goes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalogue import Catalogue
from bot.domain.club_digests import ClubDigest, Week, week_of
from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club
from bot.domain.overview import Finish
from bot.domain.reminders import REFUSED, Planned
from bot.domain.suggesting import most_wanted
from bot.services import clubs_steps
from bot.services.suggesting_steps import candidates
from bot.storage import digests, group_progress, guilds, members


async def digest_of(
    conn: AsyncConnection, catalogue: Catalogue, club: Club, planned: Planned, now: datetime
) -> ClubDigest | None:
    """What the digest tells when it goes out now; None when the club has nothing to tell."""
    guild_id = club.guild_id
    last = await digests.last_digest(conn, guild_id, club.id, planned.due)
    week = week_of(planned, club.series.zone, None if last is None else last.due)
    missed = await digests.missed_reminders(conn, guild_id, club.id, last, planned.due, now)
    refused = sum(count for reason, count in missed.items() if reason in REFUSED)
    sessions = await _sessions(conn, club, week, now)
    digest = ClubDigest(
        club, week, sessions, missed=sum(missed.values()) - refused, refused=refused
    )
    if not digest.is_of_use:
        return None
    rules = await guilds.guild_rules(conn, guild_id)
    finishes = await group_progress.finishes(conn, guild_id, week.finished_since)
    return replace(
        digest,
        due=await digests.papers_due(conn, guild_id, week.begins, week.ends),
        finished=_named(finishes),
        wanted=most_wanted(await candidates(conn, guild_id, catalogue, rules)),
    )


async def _sessions(
    conn: AsyncConnection, club: Club, week: Week, now: datetime
) -> tuple[ClubSession, ...]:
    """The sessions of the week that have not begun, with the names of those who present."""
    coming = club.sessions(max(week.begins, now), week.ends)
    found = await clubs_steps.view(conn, club, coming)
    presenting = {one.session.presenter_id for one in found if one.session.presenter_id}
    names = await members.display_names(conn, club.guild_id, presenting)
    return tuple(replace(one, names=names) for one in found)


def _named(finishes: Iterable[Finish]) -> Mapping[str, tuple[str, ...]]:
    """By paper, those who finished it and put their names on the board."""
    names: dict[str, list[str]] = {}
    for one in finishes:
        if one.name is not None:
            names.setdefault(one.paper_id, []).append(one.name)
    return {paper: tuple(sorted(who, key=str.casefold)) for paper, who in names.items()}
