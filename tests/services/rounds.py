"""A round of splitting among the founders of a group, over a real database file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.boards import BoardListing
from bot.domain.catalogue import Catalogue
from bot.domain.club_news import News
from bot.domain.club_sessions import ClubSession
from bot.domain.living import LivingMessage, Shown
from bot.domain.members import Actor
from bot.domain.paper_polls import PaperPoll, PollCount, PollResult
from bot.domain.progress import Depth
from bot.domain.proposals import Proposal
from bot.domain.rounds import Panel, Preview, Round, Sent, Terms
from bot.domain.signups import SignupState
from bot.services.own_reading import OwnReadings
from bot.services.round_answers import RoundAnswers
from bot.services.rounds import Rounds
from bot.services.split_worker import SplitWorker
from bot.services.splitting import Splitting
from bot.storage import guilds, readings, signups
from tests.services.conftest import GUILD, Group, actor

ORGANISER = 99
CHANNEL = 5000
CIRCUITS, FRAMEWORK, PDLT = "zoom-in-2020", "framework-2021", "pdlt-book"


class Bulletin:
    """An announcer that keeps what it was to show."""

    def __init__(self) -> None:
        self.panels: list[Panel] = []
        self.outcome: Shown | None = None

    async def is_here(self, guild_id: int, user_id: int) -> bool:
        return True

    async def show_board(self, listing: BoardListing, nonce: str) -> Shown:
        return Shown(1, "board")

    async def show_proposal(self, proposal: Proposal, catalogue: Catalogue, nonce: str) -> Shown:
        return Shown(None, None)

    async def show_panel(self, panel: Panel, nonce: str) -> Shown:
        self.panels.append(panel)
        return self.outcome or Shown(1, f"panel {len(self.panels)}")

    async def announce(self, news: News, nonce: str) -> Shown:
        return Shown(1, "announced")

    async def show_card(self, found: ClubSession, message: LivingMessage, now: datetime) -> Shown:
        return Shown(message.message_id, "card")

    async def read_poll(self, poll: PaperPoll) -> PollCount | None:
        return None

    async def show_result(self, result: PollResult, nonce: str) -> Shown:
        return Shown(1, "result")

    async def take_down(self, message: LivingMessage) -> None:
        return None


class Splitters:
    """The use cases of rounds, and a round to try them on."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.bulletin = Bulletin()
        self.rounds = Rounds(group.work, group.catalogues, self.bulletin)
        self.answers = RoundAnswers(group.work, group.catalogues)
        self.splitting = Splitting(group.work, group.catalogues, SplitWorker())
        self.own = OwnReadings(group.work, group.catalogues)
        self.round_id = 0

    async def start(self, terms: Terms | None = None, *, seats: int | None = None) -> Round:
        if seats is not None:
            async with self.group.work.write() as unit:
                await unit.arrive(organiser())
                await guilds.set_limits(unit.conn, GUILD, 2, seats)
        begun = await self.rounds.start(organiser(), CHANNEL, terms)
        self.round_id = begun.id
        return begun

    async def join(self, user_id: int, *wanted: str, **sent: object) -> None:
        form = Sent(first=wanted[:1], also=wanted[1:], **sent)  # type: ignore[arg-type]  # a test's own words
        await self.answers.join(actor(user_id), self.round_id, form)

    async def preview(self) -> Preview:
        return await self.splitting.preview(organiser(), self.round_id)

    async def publish(self) -> Preview:
        seen = await self.preview()
        await self.splitting.publish(organiser(), self.round_id, seen.fingerprint)
        return seen

    async def given(self, user_id: int) -> tuple[str, ...]:
        own = await self.own.mine(actor(user_id), self.round_id)
        return tuple(each.paper.id for each in own.papers)

    async def signed_up(self, user_id: int) -> set[str]:
        async with self.group.database.read() as conn:
            live = await signups.live_signups(conn, GUILD, user_id=user_id)
        return {found.paper_id for found in live if found.state is SignupState.OPEN}

    async def everything(self, members: Iterable[int]) -> set[tuple[int, str]]:
        return {(n, paper) for n in members for paper in await self.signed_up(n)}

    async def read(self, user_id: int, paper_id: str, depth: Depth = Depth.READ) -> None:
        async with self.group.database.write() as conn:
            await readings.record_depth(
                conn, GUILD, user_id, f"member {user_id}", paper_id, depth, self.group.now
            )


def organiser(user_id: int = ORGANISER) -> Actor:
    return actor(user_id, manages=True)


async def founders(splitters: Splitters) -> None:
    """Eight members who all want the two famous theories; one wants the longest book too."""
    await splitters.start(seats=100)
    for user_id in range(1, 9):
        wanted = (CIRCUITS, FRAMEWORK, PDLT) if user_id == 1 else (CIRCUITS, FRAMEWORK)
        await splitters.join(user_id, *wanted)
