"""One message that lives on, brought up to date: claimed, shown, settled.

Killed at any instant between the two transactions, the next try finds the claim, and looks for
the message in its channel before it posts another.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.living import EDIT_EVERY, LivingMessage, MessageTrouble, Shown
from bot.services.notices import nonce
from bot.services.work import Unit, Work
from bot.storage import deployment

# Nobody knows whether it stands: looked at again after this.
LOOK_AGAIN = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Steps:
    """How the messages of one kind are kept.

    ``claim`` notes that one is about to be posted, ``show`` shows it (given a nonce), ``settle``
    notes what became of it, ``in_trouble`` is called when it cannot be kept up to date any more.
    ``stays``: whether it is posted anew when somebody deletes it.
    """

    claim: Callable[[Unit], Awaitable[None]]
    show: Callable[[str], Awaitable[Shown]]
    settle: Callable[[Unit, Shown], Awaitable[None]]
    in_trouble: Callable[[Unit, MessageTrouble], Awaitable[None]] | None = None
    stays: bool = True


async def keep(
    work: Work, name: str, key: int, message: LivingMessage, steps: Steps
) -> tuple[Shown, datetime | None]:
    """Brings the message ``key`` of the kind ``name`` up to date.

    What became of it, and when to look again; None: not by itself.
    """
    async with work.write() as unit:
        # A claim: a message that may have been posted is looked for before another is.
        posted_at = message.posted_at or unit.now
        if message.message_id is None and message.posted_at is None:
            await steps.claim(unit)
        installation = await deployment.installation(unit.conn)
    # Each posting has its own nonce: Discord would give back one that was deleted meanwhile.
    told = nonce(installation, name, key, message.channel_id, posted_at.isoformat())
    shown = await steps.show(told)
    async with work.write() as unit:
        if shown.uncertain:
            return shown, unit.now + LOOK_AGAIN
        before = (message.message_id, message.shown, message.trouble)
        if (shown.message_id, shown.digest, shown.trouble) == before:
            return shown, None
        await steps.settle(unit, shown)
        if steps.in_trouble and shown.trouble is not None and message.trouble is None:
            await steps.in_trouble(unit, shown.trouble)
        if shown.is_gone and steps.stays:
            # It was deleted: it is posted anew, not more often than it is edited.
            return shown, unit.now + EDIT_EVERY
    return shown, None
