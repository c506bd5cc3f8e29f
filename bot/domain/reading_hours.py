"""How long a theory takes to read, as an organiser writes it and finds it in the form again."""

from __future__ import annotations

import re

from bot.domain.catalogue import Hours
from bot.domain.paper_forms import HOURS

LONGEST_HOURS = 40


def shown_hours(hours: Hours) -> str:
    """As in "9 (5 to 14)" or "9"; empty where nobody has said any."""
    if not hours.typical:
        return ""
    if hours.low is None or hours.high is None:
        return f"{hours.typical:g}"
    return f"{hours.typical:g} ({hours.low:g} to {hours.high:g})"


def read_hours(text: str) -> Hours | None:
    """The usual hours, their two ends, or all three; nothing at all is ``Hours(0)``.

    None for anything else. The usual hours lie in the middle where only the ends are given.
    """
    if not text.strip():
        return Hours(0)
    read = [float(one.replace(",", ".")) for one in re.findall(r"\d+(?:[.,]\d+)?", text)]
    if not all(HOURS[0] <= one <= HOURS[1] for one in read):
        return None
    match sorted(read):
        case [typical]:
            return Hours(typical)
        case [low, high]:
            return Hours(round((low + high) / 2, 1), low, high)
        case [low, typical, high]:
            return Hours(typical, low, high)
    return None
