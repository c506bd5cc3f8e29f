"""Several kinds of work that come due, met one after the other as if they were one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

Meet = Callable[[], Awaitable[datetime | None]]


def met_together(*kinds: Meet) -> Meet:
    """Does what is due of every kind, and says when the first of them is due next.

    One that raises holds up none of the others; then the first error is raised.
    """

    async def meet() -> datetime | None:
        found: list[datetime] = []
        errors: list[Exception] = []
        for kind in kinds:
            try:
                due = await kind()
            except Exception as error:  # noqa: BLE001 - raised again below
                errors.append(error)
            else:
                found += [] if due is None else [due]
        if errors:
            raise errors[0]
        return min(found, default=None)

    return meet
