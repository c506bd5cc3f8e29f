"""The result of a poll is said once, when there is one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import DeadlineKind
from bot.domain.living import MessageTrouble, Shown
from bot.domain.paper_polls import PaperPoll, PollCount, PollResult, Tally
from bot.render.paper_polls import result_text
from bot.render.words import Words
from bot.services.deadlines import Deadlines
from bot.services.paper_polls import PaperPolls
from bot.storage import tables
from tests.services.clubs import ClubGroup, clubs_at, organiser
from tests.services.conftest import GUILD
from tests.services.rounds import Bulletin

SPLINE, TQNN = "spline-icml2018", "tqnn-2022"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TIE = PollCount((Tally(SPLINE, 1), Tally(TQNN, 3), Tally(None, 3)))


class Ballot(Bulletin):
    """A poll as Discord counts it, and the results that were said, one a nonce."""

    def __init__(self) -> None:
        super().__init__()
        self.count: PollCount | None = TIE
        self.said: dict[str, PollResult] = {}
        self.fate: Shown | None = None

    async def read_poll(self, poll: PaperPoll) -> PollCount | None:
        return self.count

    async def show_result(self, result: PollResult, nonce: str) -> Shown:
        self.said[nonce] = result
        return self.fate or Shown(1, "result")


class Voters:
    """A club with a poll that is open for a day."""

    def __init__(self, group: ClubGroup) -> None:
        self.group = group
        self.ballot = Ballot()
        self.polls = PaperPolls(group.work, self.ballot)
        effects = {DeadlineKind.PAPER_POLL: self.polls.refresh}
        self.deadlines = Deadlines(group.work, {}, effects)

    async def later(self, after: timedelta) -> None:
        self.group.now += after
        await self.deadlines.meet_due()

    async def left(self) -> int:
        return len(await self.group.rows(tables.paper_poll))


@pytest.fixture
async def here(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Voters]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        voters = Voters(opened)
        club = await opened.club()
        await voters.polls.opened(GUILD, club.id, 55, 777, opened.now + 24 * HOUR)
        yield voters


async def test_the_more_needed_of_equals_has_won_and_that_is_said_once(
    here: Voters, founding_catalogue: Catalogue
) -> None:
    await here.later(23 * HOUR)
    assert not here.ballot.said
    for _ in range(3):
        await here.later(HOUR)
    (result,) = here.ballot.said.values()
    assert result.winner == Tally(TQNN, 3)
    assert "next: 3 votes." in result_text(result, founding_catalogue, Words())
    assert await here.left() == 0


async def test_without_a_vote_nothing_has_won(here: Voters, founding_catalogue: Catalogue) -> None:
    here.ballot.count = PollCount((Tally(SPLINE, 0), Tally(TQNN, 0)))
    await here.later(25 * HOUR)
    (result,) = here.ballot.said.values()
    assert "Nobody has voted" in result_text(result, founding_catalogue, Words())


async def test_what_discord_still_counts_or_does_not_say_is_asked_again(here: Voters) -> None:
    here.ballot.count = PollCount(TIE.tallies, is_final=False)
    await here.later(24 * HOUR)
    assert not here.ballot.said
    here.ballot.count = None
    await here.later(MINUTE)
    assert not here.ballot.said
    here.ballot.count, here.ballot.fate = TIE, Shown(None, None, uncertain=True)
    await here.later(MINUTE)
    here.ballot.fate = None
    await here.later(MINUTE)
    # The same nonce: Discord shows the one that may have arrived.
    assert len(here.ballot.said) == 1
    assert await here.left() == 0


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_of_a_poll_or_club_that_is_gone_nothing_is_said(
    here: Voters, is_deleted: bool
) -> None:
    if is_deleted:
        here.ballot.count = PollCount(is_gone=True)
    else:
        await here.group.organising.end(organiser(), 1)
    await here.later(25 * HOUR)
    assert not here.ballot.said
    assert await here.left() == 0


async def test_what_may_not_be_said_or_comes_a_day_late_is_let_go(here: Voters) -> None:
    here.ballot.fate = Shown(None, None, MessageTrouble.FORBIDDEN)
    await here.later(25 * HOUR)
    assert await here.left() == 0
    await here.polls.opened(GUILD, 1, 55, 778, here.group.now)
    said = len(here.ballot.said)
    await here.later(25 * HOUR)
    assert len(here.ballot.said) == said
    assert await here.left() == 0
