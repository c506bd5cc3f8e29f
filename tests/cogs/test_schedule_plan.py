"""``/schedule plan``: the table before anything is stored, *Save*, and planning anew."""

from __future__ import annotations

import pytest
import simcord

from bot.domain.club_sessions import ClubSession
from tests.cogs.clubs import boss, found_club
from tests.cogs.conftest import Club
from tests.cogs.test_boards import shown
from tests.cogs.test_coverage import message_of
from tests.cogs.test_signups import SPLINE, organiser, said
from tests.cogs.test_split import ids_of


async def coming(club: Club, club_id: int) -> list[ClubSession]:
    return list(await club.bot.services.sessions.coming(club.guild.id, club_id, 20))


async def readings(club: Club, club_id: int) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (reading.paper_id, reading.section_ids)
        for one in await coming(club, club_id)
        for reading in one.session.readings
    ]


async def save(club: Club, who: simcord.MemberActor, asked: simcord.InteractionResult) -> str:
    table = message_of(asked)
    (custom_id,) = ids_of(table)
    return shown(message_of(await who.click(table, custom_id=custom_id)))


async def test_a_paper_is_laid_over_the_sessions_once_it_is_saved(club: Club) -> None:
    readers = await found_club(club)
    olga = organiser(club)
    asked = await olga.slash(club.channel, "schedule plan", club="Readers", paper=SPLINE, hours=1.0)
    assert asked.ephemeral
    text = shown(message_of(asked))
    assert "A Spline Theory of Deep Learning" in text
    assert "Nothing is stored before" in text
    assert await readings(club, readers.id) == []
    assert "Saved:" in await save(club, olga, asked)
    paper = (await club.bot.services.papers.get(club.guild.id, SPLINE))[1]
    laid = await readings(club, readers.id)
    assert {paper_id for paper_id, _ in laid} == {SPLINE}
    sections = [section for _, ids in laid for section in ids]
    assert list(dict.fromkeys(sections)) == [section.id for section in paper.sections]


async def test_what_is_left_is_laid_anew_from_today(club: Club) -> None:
    readers = await found_club(club)
    olga = organiser(club)
    none = await olga.slash(club.channel, "schedule plan", club="Readers")
    assert "nothing like that" in said(none)
    asked = await olga.slash(club.channel, "schedule plan", club="Readers", paper=SPLINE, hours=0.5)
    await save(club, olga, asked)
    before = await readings(club, readers.id)
    skipped = (await coming(club, readers.id))[0].occurrence.original
    await club.bot.services.session_organising.skip(boss(club), readers.id, skipped)
    again = await olga.slash(club.channel, "schedule plan", club="Readers")
    assert "Compared with what is planned now" in shown(message_of(again))
    await save(club, olga, again)
    after = await coming(club, readers.id)
    assert after[0].session.readings == ()
    assert await readings(club, readers.id) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"paper": "🦊"}, "paper"),
        ({"then": SPLINE}, "paper"),
        ({"club": "nope", "paper": SPLINE}, "the only one is **Readers**"),
    ],
)
async def test_what_cannot_be_planned_is_refused(
    club: Club, options: dict[str, str], told: str
) -> None:
    await found_club(club)
    olga = organiser(club)
    refused = await olga.slash(club.channel, "schedule plan", **{"club": "Readers", **options})
    assert told in said(refused)


async def test_only_organisers_plan(club: Club) -> None:
    readers = await found_club(club)
    refused = await club.alice.slash(club.channel, "schedule plan", club="Readers", paper=SPLINE)
    assert "organiser" in said(refused)
    assert await readings(club, readers.id) == []
