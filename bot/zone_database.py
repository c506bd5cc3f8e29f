"""The time-zone database: that of the pinned package alone, whatever this machine has.

The two may be years apart, and a club would meet an hour off.
"""

from __future__ import annotations

import zoneinfo

import tzdata  # type: ignore[import-untyped]  # data alone, without types


def pin_zones() -> str:
    """Makes every zone opened from now on one of the package, and says its version ("2026f").

    Zones opened before keep what they were read with; call it at the start, before any is.
    """
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    version: str = tzdata.IANA_VERSION
    return version
