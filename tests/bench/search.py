"""What a search costs with nine theories and with ten thousand, in CPU time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from statistics import median

from bot.catalogue import read_catalogue
from bot.domain.catalogue import Theory
from bot.domain.entries import entry_of
from bot.domain.overlay import overlay
from bot.domain.own_entries import OwnEntry, OwnPaper, OwnTheory
from bot.domain.search import SearchIndex
from bot.domain.search.own import OwnSearch
from tests.bench.many_theories import Invention
from tests.bench.table import Row, print_table
from tests.domain.theories import DATA, founding_theories, vocabulary

MANY = 10_000
QUERIES = 240
MOST_MILLISECONDS = 5.0
HIGHEST_RATIO = 3.0

MISSES = ("how to bake bread", "qwzrtk", "2002.08839", "blockchain for cats", "🎉", "xylophone")


def rows() -> list[Row]:
    """What searching, looking up and completing cost, and how that grows."""
    few = founding_theories()
    many = (*few, *Invention().theories(MANY - len(few), first=len(few) + 1))
    small, large = (SearchIndex.build(theories, vocabulary()) for theories in (few, many))
    asked = queries(few)
    asked_of_many = [query for pair in zip(asked, queries(many), strict=True) for query in pair]
    measured = []
    for operation in ("search", "look_up", "complete"):
        of_few, of_many = interleaved(
            getattr(small, operation), [*asked, *asked], getattr(large, operation), asked_of_many
        )
        detail = f"{of_many:.3f} ms with {MANY} theories, {of_few:.3f} ms with {len(few)}"
        name = f"search: {operation}"
        measured += [
            Row(f"{name} in {MANY} theories", of_many, MOST_MILLISECONDS, " ms", detail),
            Row(f"{name}, many by few", of_many / of_few, HIGHEST_RATIO, "x", detail),
        ]
    return measured


def own_rows() -> list[Row]:
    """What a server with ten thousand entries of its own pays, one of them just changed."""
    shipped = read_catalogue(DATA)
    index = SearchIndex.build(shipped, shipped.vocabulary)
    own = own_entries()
    prepared = OwnSearch.prepare(shipped, overlay(shipped, own), own)
    changed = [replace(own[0], retired=True), *own[1:]]
    here = overlay(shipped, changed)
    before = time.process_time_ns()
    search = prepared.amended(here, changed)
    amending = (time.process_time_ns() - before) / 1e6
    asked = queries(tuple(shipped))
    of_own = [query for pair in zip(asked, queries(tuple(here)), strict=True) for query in pair]
    measured = [Row("search: one own entry of 10000 changed", amending, 500.0, " ms", "")]
    for operation in ("search", "look_up", "complete"):
        few, many = interleaved(
            getattr(index, operation), [*asked, *asked], getattr(search.index, operation), of_own
        )
        detail = f"{many:.3f} ms beside {len(own)} own entries, {few:.3f} ms without"
        name = f"search: {operation} beside own entries"
        measured += [
            Row(name, many, MOST_MILLISECONDS, " ms", detail),
            Row(f"{name}, by without", many / few, HIGHEST_RATIO, "x", detail),
        ]
    return measured


def own_entries() -> list[OwnEntry]:
    """As many as a server may have: theories, each with three papers."""
    entries: list[OwnEntry] = []
    for theory in Invention().theories(MANY // 4, first=100):
        entries.append(OwnTheory(replace(theory, papers=())))
        entries += [OwnPaper(entry_of(paper, theory.slug)) for paper in theory.papers]
    return entries


def interleaved(
    few: Callable[[str], object],
    asked_of_few: Sequence[str],
    many: Callable[[str], object],
    asked_of_many: Sequence[str],
) -> tuple[float, float]:
    """The median cost of a query of each, taking turns so that both meet the same machine."""
    costs_few, costs_many = [], []
    for one, other in zip(asked_of_few, asked_of_many, strict=True):
        costs_few.append(cost(few, one))
        costs_many.append(cost(many, other))
    return median(costs_few), median(costs_many)


def cost(ask: Callable[[str], object], query: str) -> float:
    """Milliseconds of CPU that one call takes."""
    start = time.process_time_ns()
    ask(query)
    return (time.process_time_ns() - start) / 1e6


def queries(theories: Sequence[Theory], count: int = QUERIES) -> list[str]:
    """A mix of what people type, drawn from the theories: the same mix every time."""
    random = Random(11)
    kinds = (
        lambda t: t.slug,
        lambda t: t.name,
        lambda t: random.choice(t.aliases),
        lambda t: mistyped(t.slug, random),
        lambda t: mistyped(random.choice(t.papers[0].authors).split()[-1], random),
        lambda t: t.name[: 2 + len(t.name) // 3],
        lambda t: t.slug[:4],
        lambda t: f"{t.papers[0].authors[0].split()[-1]} {t.papers[0].years[0]}",
        lambda t: t.papers[0].title,
        lambda t: " ".join(random.sample(t.papers[0].title.split(), 3)),
        lambda t: t.papers[0].arxiv or t.papers[0].doi or t.slug,
        lambda t: " ".join(t.claim.split()[3:8]),
        lambda _: "neural networks theory",
        lambda _: random.choice(MISSES),
    )
    return [kinds[n % len(kinds)](random.choice(theories)) for n in range(count)]


def mistyped(word: str, random: Random) -> str:
    """The word with two neighbouring letters swapped."""
    place = random.randrange(max(1, len(word) - 1))
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


if __name__ == "__main__":
    print_table([*rows(), *own_rows()])
