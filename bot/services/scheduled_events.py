"""What is needed of Discord's scheduled events, and no more."""

from __future__ import annotations

from typing import Protocol

from bot.domain.club_sessions import ClubSession
from bot.domain.event_answers import Answer, Listing
from bot.domain.native_events import Step
from bot.domain.wanted_events import WantedEvent


class ScheduledEvents(Protocol):
    """Lists and changes the events of servers. Never within a transaction; never raises."""

    async def shaped(self, tag: str, session: ClubSession, presenter: str | None) -> WantedEvent:
        """How the event of a session shall be. ``presenter`` is the name of who presents."""
        ...

    async def listed(self, guild_id: int) -> Listing | None:
        """What Discord lists now; None when it does not say."""
        ...

    async def take(self, guild_id: int, step: Step) -> Answer:
        """Takes one step, and sends no request to create anything twice."""
        ...
