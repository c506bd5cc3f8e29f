"""Cards of sessions: posted for whoever asks, then kept up to date in place by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.club_sessions import ClubSession, PostedCard
from bot.domain.deadlines import Deadline
from bot.domain.errors import NotFound
from bot.domain.living import Shown
from bot.domain.schedule.errors import SessionUnknown
from bot.domain.sessions import Phase
from bot.services import clubs_steps
from bot.services.announcer import Announcer
from bot.services.card_steps import cards_changed
from bot.services.event_steps import events_changed
from bot.services.living import LOOK_AGAIN
from bot.services.work import Work
from bot.storage import session_cards, sessions

# So many of a session's messages are kept up to date: the newest, and the first, to which its
# scheduled event leads. The others are edited once it is over, and when somebody is erased.
_KEPT = 5
# So many are known; the oldest but one makes room.
_KNOWN = 25


class SessionCards:
    """A session may be shown in several places; each shows what is true."""

    def __init__(self, work: Work, announcer: Announcer) -> None:
        self._work = work
        self._announcer = announcer

    async def stands(
        self,
        guild_id: int,
        club_id: int,
        original: date,
        channel_id: int,
        message_id: int,
        shown: str,
    ) -> None:
        """The session's card stands there, and ``shown`` is the digest of what it shows.

        It follows from now on whatever changes about the session. Raises NotFound,
        SessionUnknown.
        """
        async with self._work.write() as unit:
            club = await clubs_steps.club_of(unit.conn, guild_id, club_id)
            row_id = await clubs_steps.session_row(unit, club, club.session_on(original))
            known = await session_cards.cards_of(unit.conn, guild_id, row_id)
            await session_cards.note_card(
                unit.conn, guild_id, row_id, channel_id, message_id, shown, unit.now
            )
            if message_id not in {card.message_id for card in known}:
                for card in known[_KNOWN - 2 : -1]:
                    unit.after_commit(partial(self._announcer.take_down, card.message))
                    await session_cards.forget_card(unit.conn, guild_id, card.id)
                await cards_changed(unit, guild_id, row_id)
                if not known:
                    # The session's scheduled event leads to it.
                    await events_changed(unit, guild_id)

    async def refresh(self, deadline: Deadline) -> datetime | None:
        """Meets a deadline of kind SESSION_CARDS; when to look again, or None."""
        guild_id, session_id = deadline.guild_id, deadline.subject_id
        async with self._work.read() as conn:
            cards = await session_cards.cards_of(conn, guild_id, session_id)
            found = await _session(conn, guild_id, session_id) if cards else None
        now = self._work.now()
        if found is None:
            for card in cards:
                await self._announcer.take_down(card.message)
            await self._forget(guild_id, cards)
            return None
        session = found.session
        outcomes = [
            (card, await self._announcer.show_card(found, card.message, now))
            for card in _followed(cards, session.phase(now))
        ]
        await self._settle(guild_id, outcomes)
        if any(shown.uncertain for _, shown in outcomes):
            return self._work.now() + LOOK_AGAIN
        return min((at for at in (session.starts, session.ends) if at > now), default=None)

    async def _settle(self, guild_id: int, outcomes: Sequence[tuple[PostedCard, Shown]]) -> None:
        news = [
            (card, shown)
            for card, shown in outcomes
            if not shown.uncertain
            and (shown.message_id, shown.digest, shown.trouble)
            != (card.message_id, card.shown, None)
        ]
        if not news:
            return
        async with self._work.write() as unit:
            for card, shown in news:
                if shown.message_id is None or shown.trouble is not None:
                    # Deleted, or out of reach: whoever wants a card calls up another.
                    await session_cards.forget_card(unit.conn, guild_id, card.id)
                    await events_changed(unit, guild_id)
                else:
                    await session_cards.record_shown(
                        unit.conn, guild_id, card.id, shown.digest, unit.now
                    )

    async def _forget(self, guild_id: int, cards: Sequence[PostedCard]) -> None:
        async with self._work.write() as unit:
            for card in cards:
                await session_cards.forget_card(unit.conn, guild_id, card.id)


def _followed(cards: Sequence[PostedCard], phase: Phase) -> Sequence[PostedCard]:
    """Those of a session's messages that are brought up to date, of all from the newest on."""
    if phase is Phase.OVER:
        return cards
    older = [card for card in cards[_KEPT - 1 : -1] if card.shown is None]
    return [*cards[: _KEPT - 1], *older, *cards[_KEPT - 1 :][-1:]]


async def _session(conn: AsyncConnection, guild_id: int, session_id: int) -> ClubSession | None:
    """The session of a row; None when the rule it came from holds no more."""
    facts = await sessions.session_with(conn, guild_id, session_id)
    if facts is None or facts.original is None:
        return None
    try:
        club = await clubs_steps.club_of(conn, guild_id, facts.club_id)
        return await clubs_steps.view_one(conn, club, facts.original)
    except (NotFound, SessionUnknown):
        return None
