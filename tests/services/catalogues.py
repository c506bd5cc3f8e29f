"""The catalogues of servers for use cases that do not search."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.domain.search import SearchIndex
from bot.services.catalogues import Catalogues
from bot.storage.engine import Database


def unsearched(database: Database, shipped: Catalogue) -> Catalogues:
    """Every server's catalogue, with an index that finds nothing shipped: that is quick to make."""
    return Catalogues(database, shipped, SearchIndex.build(()))
