"""The founding theories and an index of them, prepared once."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import Theory
from bot.domain.search import SearchIndex
from tests.domain import theories


@pytest.fixture(scope="session")
def founding_theories() -> tuple[Theory, ...]:
    return theories.founding_theories()


@pytest.fixture(scope="session")
def index(founding_theories: tuple[Theory, ...]) -> SearchIndex:
    return SearchIndex.build(founding_theories, theories.vocabulary())
