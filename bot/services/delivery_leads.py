"""The direct messages of a batch into which what else there is for the same member is merged."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.reminders import Planned, Told
from bot.services.delivery_ready import Ready

# More reminders than these do not go into one direct message.
_MERGED_AT_MOST = 8


class Leads:
    """One message a member and server at a time."""

    def __init__(self) -> None:
        self._of: dict[tuple[int, int], Ready] = {}

    def of(self, planned: Planned) -> Ready | None:
        """The message that is going to the same member now, while there is room in it."""
        lead = self._of.get(_member(planned))
        if lead is None or lead.message is None or len(lead.message.told) >= _MERGED_AT_MOST:
            return None
        return lead

    def begin(self, lead: Ready) -> None:
        """From now on the message takes others along."""
        self._of[_member(lead.delivery.planned)] = lead

    def grown(self, lead: Ready, told: Told) -> Ready:
        """The message with one thing more, as it goes out now."""
        assert lead.message is not None
        message = replace(lead.message, told=(*lead.message.told, told))
        grown = self._of[_member(told.planned)] = replace(lead, message=message)
        return grown

    def end(self, planned: Planned) -> None:
        """The message does not go out."""
        self._of.pop(_member(planned), None)


def _member(planned: Planned) -> tuple[int, int]:
    return planned.guild_id, planned.reader
