"""What stands in the pictures of coverage, before anything is drawn.

A picture's value is all that is drawn, so equal values are equal pictures. Every text in it is
in the reader's language already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.coverage import Community, Standing, TheoryState, TrendPoint, most_needed
from bot.domain.progress import Depth
from bot.render.markdown import fit, plain
from bot.render.words import Words

MAP_ROWS = 10
PAIR_ROWS = 9
MARKS = {Standing.GAP: "◇", Standing.KNOWN: "◐", Standing.MET: "●", Standing.COVERED: "✔"}
_NAME = 32
# What showed within a month is drawn in full; after a year it has faded as far as it will.
_FRESH, _FADED = timedelta(days=30), timedelta(days=365)
_STEPS = 10


@dataclass(frozen=True, slots=True)
class MapRow:
    """One theory. ``counts`` are members at each depth, then those who taught it.

    ``readers`` and ``understanders`` are drawn as bars against the target. ``freshness`` is 1
    for what showed lately and 0 for what showed a year ago, or never. ``slug`` names the row
    in the text.
    """

    slug: str
    name: str
    counts: tuple[int, ...]
    readers: int
    understanders: int
    mark: str
    standing: str
    age: str
    freshness: float


@dataclass(frozen=True, slots=True)
class MapPicture:
    """Theories by depth: ``columns`` are the headings of the counts; the legend says the rest."""

    columns: tuple[str, ...]
    rows: tuple[MapRow, ...]
    target: int
    readers_label: str
    understanders_label: str
    target_label: str


@dataclass(frozen=True, slots=True)
class TrendPicture:
    """Coverage by week: theories known, covered and effective at each date, out of ``total``."""

    dates: tuple[str, ...]
    known: tuple[int, ...]
    covered: tuple[int, ...]
    effective: tuple[float, ...]
    total: int
    known_label: str
    covered_label: str
    effective_label: str
    total_label: str


@dataclass(frozen=True, slots=True)
class PairPicture:
    """Common readers: ``counts[i][j]`` for theory ``i`` and each ``j`` before it."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    slugs: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    gap_label: str


Picture = MapPicture | TrendPicture | PairPicture


def map_pages(community: Community) -> int:
    """How many pages the map has, at least one."""
    return max(1, -(-len(community.theories) // MAP_ROWS))


def map_picture(
    community: Community, catalogue: Catalogue, page: int, now: datetime, words: Words
) -> MapPicture:
    """One page of the map, the most needed theories first; a page past the end is the last."""
    page = min(max(page, 0), map_pages(community) - 1)
    states = {state.slug: state for state in community.theories}
    ordered = most_needed(_listed(community, catalogue), community.by_slug())
    shown = ordered[page * MAP_ROWS : (page + 1) * MAP_ROWS]
    return MapPicture(
        columns=depth_columns(words),
        rows=tuple(_map_row(theory, states[theory.slug], now, words) for theory in shown),
        target=community.target,
        readers_label=words.text("readers"),
        understanders_label=words.text("understand it"),
        target_label=words.text("target {n}", n=community.target),
    )


def depth_columns(words: Words) -> tuple[str, ...]:
    """The headings of the map, from signed up to taught."""
    return (
        words.text("signed up"),
        words.text("reading"),
        words.text("read"),
        words.text("almost"),
        words.text("understood"),
        words.text("taught"),
    )


def _map_row(theory: Theory, state: TheoryState, now: datetime, words: Words) -> MapRow:
    standing = state.coverage.standing
    return MapRow(
        slug=theory.slug,
        name=_name(theory),
        counts=(*(state.tally.at(depth) for depth in Depth), state.taught),
        readers=state.coverage.readers,
        understanders=state.coverage.understanders,
        mark=MARKS[standing],
        standing=standing_text(standing, words),
        age=age_text(state.last_evidence, now, words),
        freshness=freshness(state.last_evidence, now),
    )


def standing_text(standing: Standing, words: Words) -> str:
    """How far the server is with a theory, in a word."""
    match standing:
        case Standing.GAP:
            return words.text("gap")
        case Standing.KNOWN:
            return words.text("known")
        case Standing.MET:
            return words.text("met")
        case Standing.COVERED:
            return words.text("covered")


def freshness(at: datetime | None, now: datetime) -> float:
    """1 within a month, then fading to 0 over a year, in tenths; 0 for never."""
    if at is None:
        return 0.0
    faded = (now - at - _FRESH) / (_FADED - _FRESH)
    return round(min(1.0, max(0.0, 1 - faded)) * _STEPS) / _STEPS


def age_text(at: datetime | None, now: datetime, words: Words) -> str:
    """How long ago, short enough for a column: days, weeks from two on, months from two on."""
    if at is None:
        return ""
    days = max(0, (now - at).days)
    if days < 14:
        return words.text("{n} d", n=days)
    if days < 60:
        return words.text("{n} wk", n=days // 7)
    return words.text("{n} mo", n=days // 30)


def trend_picture(weeks: Sequence[TrendPoint], community: Community, words: Words) -> TrendPicture:
    """Coverage by week, the last point being now."""
    total = len(community.theories)
    return TrendPicture(
        dates=tuple(point.at.date().isoformat() for point in weeks),
        known=tuple(point.known for point in weeks),
        covered=tuple(point.covered for point in weeks),
        effective=tuple(round(point.effective, 1) for point in weeks),
        total=total,
        known_label=words.text("known"),
        covered_label=words.text("covered"),
        effective_label=words.text("effective"),
        total_label=words.plural("{n} theory in all", "{n} theories in all", total),
    )


def pair_picture(community: Community, catalogue: Catalogue, words: Words) -> PairPicture:
    """Common readers of at most nine theories: those with the most readers, in their order."""
    theories = _listed(community, catalogue)
    readers = {state.slug: state.coverage.readers for state in community.theories}
    most = sorted(theories, key=lambda theory: (-readers[theory.slug], theory.order))
    chosen = sorted(most[:PAIR_ROWS], key=theories.index)
    counts = tuple(
        tuple(common(community, chosen[j].slug, theory.slug) for j in range(i))
        for i, theory in enumerate(chosen)
    )
    return PairPicture(
        keys=tuple("ABCDEFGHI"[: len(chosen)]),
        names=tuple(_name(theory) for theory in chosen),
        slugs=tuple(theory.slug for theory in chosen),
        counts=counts,
        gap_label=words.text("no common reader"),
    )


def common(community: Community, one: str, other: str) -> int:
    """How many members have read both theories."""
    pairs = community.pairs
    return pairs.get((one, other), 0) or pairs.get((other, one), 0)


def _listed(community: Community, catalogue: Catalogue) -> list[Theory]:
    found = (catalogue.get(state.slug) for state in community.theories)
    return [theory for theory in found if theory is not None]


def _name(theory: Theory) -> str:
    return fit(plain(theory.short_name), _NAME)
