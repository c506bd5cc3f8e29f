"""How machinery that writes to a server gets that server's catalogue."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.catalogue import Catalogue

CatalogueOf = Callable[[int | None], Awaitable[Catalogue]]
"""The catalogue of a server by its id; None for the shipped one."""
