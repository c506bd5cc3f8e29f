"""What changes about a club is announced once, whatever comes between the change and the post."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.club_news import Announced, News
from bot.domain.clubs import Club, ClubEdit, ClubTrouble
from bot.domain.deadlines import DeadlineKind
from bot.domain.living import MessageTrouble, Shown
from bot.render.club_news import news_text
from bot.render.words import Words
from bot.services.club_news import ClubNews
from bot.services.deadlines import Deadlines
from bot.storage import tables
from tests.services.clubs import NEXT, ClubGroup, clubs_at, organiser, rule
from tests.services.conftest import GUILD
from tests.services.rounds import Bulletin
from tests.services.test_club_zones import planned_with_2025b

MINUTE = timedelta(minutes=1)


class Killed(Exception):
    """The process is gone."""


class Channel(Bulletin):
    """A club's channel: one message a nonce, edited by its id, as Discord has it for minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: dict[int, News] = {}
        self.nonces: dict[str, int] = {}
        self.fate: Shown | Exception | None = None

    async def announce(self, news: News, nonce: str) -> Shown:
        if isinstance(self.fate, Shown):
            return self.fate
        known = news.announcement.message_id or self.nonces.setdefault(nonce, len(self.nonces) + 1)
        self.messages[known] = news
        if self.fate is not None:
            raise self.fate
        return Shown(known, str(text_of(news)))

    @property
    def texts(self) -> list[str]:
        return [text_of(news) for news in self.messages.values()]


def text_of(news: News) -> str:
    shown = news_text(news, Words())
    return f"{shown.title}\n{shown.was}\n{shown.now}"


class Newsroom:
    """A group of clubs and the channel of its announcements."""

    def __init__(self, group: ClubGroup) -> None:
        self.group = group
        self.channel = Channel()
        self.news = ClubNews(group.work, self.channel)
        effects = {DeadlineKind.CLUB_NEWS: self.news.refresh}
        self.deadlines = Deadlines(group.work, {}, effects)

    async def later(self, after: timedelta = MINUTE) -> None:
        self.group.now += after
        await self.deadlines.meet_due()


@pytest.fixture
async def room(tmp_path: Path, founding_catalogue: Catalogue) -> AsyncIterator[Newsroom]:
    async with clubs_at(tmp_path / "club.sqlite3", founding_catalogue) as opened:
        yield Newsroom(opened)


def stamp(at: datetime) -> str:
    return f"<t:{int(at.timestamp())}:F>"


async def moved(room: Newsroom, club: Club, to: int) -> Announced:
    wall = datetime.combine(NEXT, time(to))
    change = await room.group.session_organising.move(organiser(), club.id, NEXT, wall)
    return await room.news.tell(change)


async def test_what_died_before_it_was_announced_is_announced_once(room: Newsroom) -> None:
    club = await room.group.club()
    await room.group.session_organising.skip(organiser(), club.id, NEXT)
    await room.later()
    made, skipped = room.channel.texts
    assert "A new club" in made
    assert "A session does not take place: Readers" in skipped
    await room.later()
    assert len(room.channel.messages) == 2
    assert not [d for d in await room.group.rows(tables.deadline) if d["kind"] == "club-news"]


async def test_killed_after_the_post_the_same_message_is_found_again(room: Newsroom) -> None:
    club = await room.group.club()
    await room.later()
    change = await room.group.organising.pause(organiser(), club.id, None)
    room.channel.fate = Killed()
    with pytest.raises(Killed):
        await room.news.tell(change)
    room.channel.fate = None
    await room.later()
    await room.later()
    _, told = room.channel.texts
    assert "paused until further notice" in told
    (_, row) = await room.group.rows(tables.club_news)
    assert row["message_id"] == 2


async def test_within_an_hour_a_change_edits_what_was_said_of_the_one_before(
    room: Newsroom,
) -> None:
    club = await room.group.club()
    before = club.session_on(NEXT).starts
    assert await room.news.tell(await room.group.organising.edit(
        organiser(), club.id, ClubEdit(name="Others")
    )) is Announced.SAID  # fmt: skip
    for to, wait in ((19, 30), (20, 90), (21, 0)):
        assert await moved(room, club, to) is Announced.SAID
        await room.later(wait * MINUTE)
    renamed, edited, made, anew = room.channel.texts
    assert "Was: **Readers**: every Tuesday" in renamed
    assert "Now: **Others**: every Tuesday" in renamed
    assert "A new club" in made
    assert stamp(before) in edited
    assert stamp(before + 2 * timedelta(hours=1)) in edited
    assert stamp(before + 2 * timedelta(hours=1)) in anew
    assert stamp(before + 3 * timedelta(hours=1)) in anew


async def test_a_rule_and_what_it_was_are_told_though_the_old_one_is_gone(room: Newsroom) -> None:
    club = await room.group.club()
    edit = ClubEdit(recurrence=rule(3, at="19:30"), zone="America/New_York")
    await room.group.organising.edit(organiser(), club.id, edit)
    await room.group.organising.end(organiser(), club.id)
    await room.later()
    _, changed, ended = room.channel.texts
    assert "every Tuesday at 18:00, Berlin time" in changed
    assert "every Thursday at 19:30, New York time" in changed
    assert "A club has ended" in ended
    assert "every Thursday at 19:30" in ended


async def test_no_answer_is_tried_again_and_a_refusal_flags_the_club(room: Newsroom) -> None:
    club = await room.group.club()
    await room.later()
    room.channel.fate = Shown(None, None, uncertain=True)
    assert await moved(room, club, 19) is Announced.UNSURE
    room.channel.fate = None
    await room.later()
    assert len(room.channel.messages) == 2
    room.channel.fate = Shown(2, None, MessageTrouble.FORBIDDEN)
    assert await moved(room, club, 20) is Announced.FORBIDDEN
    assert (await room.group.clubs.club(GUILD, club.id)).trouble is ClubTrouble.FORBIDDEN
    room.channel.fate = None
    assert await moved(room, club, 21) is Announced.SAID
    assert (await room.group.clubs.club(GUILD, club.id)).trouble is None
    assert len(room.channel.messages) == 2


async def test_a_session_whose_rule_is_gone_is_not_told_any_more(room: Newsroom) -> None:
    club = await room.group.club()
    await room.later()
    await room.group.session_organising.skip(organiser(), club.id, NEXT)
    await room.group.organising.edit(organiser(), club.id, ClubEdit(recurrence=rule(4)))
    await room.later()
    assert ["A club has changed" in text for text in room.channel.texts] == [False, True]


async def test_sessions_moved_by_newer_clocks_are_one_announcement_a_club(room: Newsroom) -> None:
    await planned_with_2025b(room.group)
    await room.later()
    assert len(await room.group.zones.replan()) == 4
    await room.later()
    _, told = room.channel.texts
    first = datetime(2026, 12, 9, 1, tzinfo=UTC)
    assert told.startswith("The clocks have changed: Readers")
    assert f"{stamp(first + 60 * MINUTE)} is now {stamp(first)}" in told
    assert await room.group.zones.replan() == ()
    await room.later()
    assert len(room.channel.messages) == 2
    assert date(2026, 12, 8) in [row["original"] for row in await room.group.rows(tables.session)]
