"""What delivering reminders needs: who knows what is to be told, and who speaks with Discord."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import Answer, Look, Meaning, Outgoing, Place, Planned, Preferences, Said
from bot.services.work import Unit


class ReminderSource(Protocol):
    """Knows the clubs: what is to be delivered, and what it says at the moment it goes out."""

    async def meets(self, conn: AsyncConnection) -> bool:
        """Whether there may ever be something to plan; without it nothing is looked for."""
        ...

    async def planned(
        self, conn: AsyncConnection, now: datetime, until: datetime
    ) -> Sequence[Planned]:
        """Everything that is due until then and is of use still, in all servers."""
        ...

    async def says(
        self, conn: AsyncConnection, planned: Planned, now: datetime, *, is_out: bool
    ) -> Said | None:
        """What a reminder says now; None when it is not needed any more.

        Nobody who has finished is told to read, and nobody is called to a session that is off.
        ``is_out``: its message is there already and is to say what holds now (that it is off, say).
        """
        ...

    async def preferences(self, conn: AsyncConnection, guild_id: int, user_id: int) -> Preferences:
        """What a member has chosen; somebody who has left takes no direct messages."""
        ...

    async def told(self, unit: Unit, planned: Sequence[Planned]) -> None:
        """A member has got these, in one message; in the transaction that records it."""
        ...

    async def refused(self, unit: Unit, planned: Planned, meaning: Meaning) -> None:
        """Discord refuses messages to this place (FORBIDDEN, GONE or CLOSED).

        Whoever can mend it is told once, elsewhere; in the transaction that records it.
        """
        ...

    async def arrived(self, unit: Unit, told: Sequence[Planned]) -> None:
        """Discord took these messages: nothing is in the way of their places any more."""
        ...


class Sender(Protocol):
    """Speaks with Discord. Never called within a transaction; never raises; at most 20 s a call."""

    async def send(self, message: Outgoing) -> Answer:
        """Posts a message. The same mark again is the same message while Discord remembers it."""
        ...

    async def edit(self, message: Outgoing, message_id: int) -> Answer:
        """Brings a message that was sent up to date."""
        ...

    async def look(self, place: Place) -> Look:
        """Looks whether the message with this mark is in its channel."""
        ...

    async def discord_time(self) -> datetime | None:
        """What Discord's clock shows, to the second; None when it cannot be reached."""
        ...
