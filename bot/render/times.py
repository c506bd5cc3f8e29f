"""Moments as Discord shows them to each reader in their own zone."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

Style = Literal["t", "T", "d", "D", "f", "F", "R"]


def timestamp(at: datetime, style: Style) -> str:
    """A moment in message text: D a day, f a day and time, R "in three weeks".

    Source: Discord's reference, message formatting, timestamp styles. They do not render in
    labels, menus, forms or pictures.
    """
    return f"<t:{int(at.timestamp())}:{style}>"
