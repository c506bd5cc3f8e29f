"""Exports of thousands of works: made beside the loop, not on it."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.exports import ExportFormat, Selection
from bot.domain.imports.contents import Format
from bot.services.exporting import Exporting
from tests.bench.many_theories import Invention
from tests.domain.theories import vocabulary
from tests.exchange.works import read
from tests.services.catalogues import unsearched
from tests.services.conftest import ANN, Group, actor


@pytest.fixture(scope="module")
def large() -> Catalogue:
    return Catalogue(tuple(Invention().theories(600)), (), vocabulary())


@pytest.mark.parametrize("format_", list(ExportFormat))
async def test_thousands_of_works_hold_nobody_up(
    group: Group, large: Catalogue, format_: ExportFormat
) -> None:
    export = Exporting(group.work, unsearched(group.database, large))
    making = asyncio.ensure_future(export.file(actor(ANN), Selection(), format_, "All"))
    turns = 0
    while not making.done():
        await asyncio.sleep(0)
        turns += 1
    assert (await making).works == 1800
    # Made on the loop, it would leave no turn between the first and the last.
    assert turns > 100


async def test_all_of_a_large_catalogue_is_in_the_file(group: Group, large: Catalogue) -> None:
    export = Exporting(group.work, unsearched(group.database, large))
    made = await export.file(actor(ANN), Selection(), ExportFormat.CSV, "All")
    contents = read(Format.CSV, made.file.content)
    assert [e.entry.key for e in contents.entries] == [p.id for t in large for p in t.papers]
