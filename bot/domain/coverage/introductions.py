"""Bringing two members together who read unlike each other, when both want it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import ClubError

# An offer to be introduced is of no use after this.
INTRODUCTION_STANDS = timedelta(weeks=2)


class CannotBeIntroduced(ClubError):
    """That member is not to be introduced: gone, or no longer willing to be named."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """``user_id`` asked to be introduced to ``asked_id``. ``agreed`` is None until answered."""

    id: int
    user_id: int
    asked_id: int
    agreed: bool | None
