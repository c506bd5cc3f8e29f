"""The digest of a week in words: exact, within a message, and without links if plain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.catalogue import read_catalogue
from bot.domain.catalogue import Catalogue, Hours
from bot.domain.club_digests import ClubDigest, Week
from bot.domain.club_sessions import ClubSession, SessionFacts, SessionPart
from bot.domain.clubs import Club
from bot.domain.reminders import Outgoing, Said, Told, digest_due, plan_digest
from bot.domain.schedule import Skipped
from bot.domain.signups import PaperStanding
from bot.domain.suggesting import Candidate
from bot.render.digests import digest_text
from bot.render.markdown import size
from bot.render.words import Words
from bot.ui.reminder_messages import ReminderMessages
from bot.ui.reminder_sender import Composed
from tests.domain.club_reminding import STARTS, TUESDAY, changed, club

WORDS = Words()
DATA = Path(__file__).parents[2] / "data"
MONDAY = date(2026, 3, 23)
BEGINS, BEFORE, ENDS = (digest_due("Europe/Berlin", MONDAY + timedelta(n)) for n in (0, -7, 7))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(DATA)


def digest(made: Club, facts: SessionFacts | None = None, **given: object) -> ClubDigest:
    session = ClubSession(made, made.session_on(TUESDAY), facts, names={5: "Ann *"})
    told = ClubDigest(made, Week(BEGINS, ENDS, BEFORE), (session,))
    return replace(told, **given)  # type: ignore[arg-type]  # fields of a digest


def wanted(catalogue: Catalogue, readers: int = 0) -> Candidate:
    theory = catalogue.get("tropical")
    assert theory is not None
    paper = theory.primary_papers[0]
    return Candidate(theory, paper, PaperStanding(paper.id, 3), readers, 0, 2)


def message(told: ClubDigest, *, plain: bool = False) -> Outgoing:
    planned = plan_digest(1000, 7, 55, "Europe/Berlin", MONDAY)
    return Outgoing("m" * 25, (Told(planned, Said(told)),), plain=plain)


async def composed(catalogue: Catalogue, told: Outgoing) -> Composed:
    async def catalogue_of(_: int | None) -> Catalogue:
        return catalogue

    return await ReminderMessages(catalogue_of, WORDS).compose(told)


async def test_all_of_it(catalogue: Catalogue) -> None:
    first, second = (theory.primary_papers[0] for theory in list(catalogue)[:2])
    facts = SessionFacts(1, 7, TUESDAY, STARTS, 1, paper_id=first.id, presenter_id=5)
    told = digest(
        club(),
        facts,
        due={first.id: 2, "gone": 1},
        finished={second.id: ("Bob", "Cy *")},
        wanted=wanted(catalogue),
        missed=1,
        refused=2,
    )
    text = digest_text(told, catalogue, WORDS)
    at, week = int(STARTS.timestamp()), int(BEGINS.timestamp())
    assert text.splitlines()[0] == f"## Readers: the week of <t:{week}:D>"
    assert f"- **<t:{at}:F>** (<t:{at}:R>)\n  - **To read:** [{first.title}]" in text
    assert "\n  - **Presenter:** Ann \\*\n" in text
    assert "### Due to be read this week\n- " in text
    assert ": 2 members\n" in text
    assert "gone" not in text
    assert "### Finished last week\n" in text
    assert ": Bob, Cy \\*\n" in text
    assert "### Nobody here reads this yet\n**" in text
    assert "1 reminder was left out" in text
    assert "2 reminders could not be posted" in text
    (sign_up,) = (await composed(catalogue, message(told))).controls
    assert sign_up.custom_id == f"tc1:sign-up:{wanted(catalogue).paper.id}"


async def test_what_there_is_not_is_left_out(catalogue: Catalogue) -> None:
    told = digest(changed(changes={TUESDAY: Skipped()}))
    at = int(STARTS.timestamp())
    text = digest_text(told, catalogue, WORDS)
    assert text.splitlines()[1:] == ["### This week", f"- ~~<t:{at}:F>~~ does not take place"]
    assert not (await composed(catalogue, message(told))).controls
    quiet = digest_text(digest(club(), sessions=(), missed=2), catalogue, WORDS)
    assert quiet.splitlines()[1] == "No session this week."
    long = Week(BEGINS, ENDS, BEFORE - timedelta(days=7))
    text = digest_text(digest(club(), week=long, finished={"x": ("Bob",)}), catalogue, WORDS)
    assert "Finished" not in text, "of a paper that is gone"
    paper = next(iter(catalogue)).primary_papers[0].id
    text = digest_text(digest(club(), week=long, finished={paper: ("Bob",)}), catalogue, WORDS)
    assert f"Finished since <t:{int(long.finished_since.timestamp())}:D>" in text
    text = digest_text(digest(club(), wanted=wanted(catalogue, 1)), catalogue, WORDS)
    assert "### One more reader wanted" in text
    unsaid = wanted(catalogue)
    unsaid = replace(
        unsaid,
        theory=replace(unsaid.theory, hours=Hours(0)),
        paper=replace(unsaid.paper, hours=None),
    )
    text = digest_text(digest(club(), wanted=unsaid), catalogue, WORDS)
    assert "). One press signs you up." in text, "nobody has said how long it takes"


async def test_a_plain_one_holds_no_link(catalogue: Catalogue) -> None:
    facts = SessionFacts(
        1, 7, TUESDAY, STARTS, 1, paper_id=next(iter(catalogue)).primary_papers[0].id
    )
    told = digest(club(), facts, wanted=wanted(catalogue))
    assert "http" in (await composed(catalogue, message(told))).content
    assert "http" not in (await composed(catalogue, message(told, plain=True))).content


@pytest.mark.parametrize("plain", [False, True])
def test_the_fullest_one_keeps_all_its_parts_within_a_message(
    catalogue: Catalogue, plain: bool
) -> None:
    papers = [paper for theory in catalogue for paper in theory.papers]
    longest = sorted(papers, key=lambda paper: -len(paper.title))[:6]
    parts = tuple(
        SessionPart(paper.id, section.id) for paper in longest for section in paper.sections[:1]
    )
    made = club(name="*" * 60)
    facts = SessionFacts(1, 7, TUESDAY, STARTS, 1, parts=parts, presenter_id=6)
    sessions = digest(made, facts).sessions * 7
    names = tuple("*" * 32 for _ in range(40))
    told = digest(
        made,
        sessions=sessions,
        due={paper.id: 1000 for paper in papers},
        finished={paper.id: names for paper in papers},
        missed=1000,
        refused=1000,
    )
    for theory in sorted(catalogue, key=lambda one: -len(one.name + one.claim))[:2]:
        paper = theory.primary_papers[0]
        want = Candidate(theory, paper, PaperStanding(paper.id, 3), 0, 0, 2)
        text = digest_text(replace(told, wanted=want), catalogue, WORDS, linked=not plain)
        assert size(text) <= 1950, theory.slug
        assert "1000 reminders could not be posted" in text
        assert text.count("### ") == 4
