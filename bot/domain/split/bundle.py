"""The best items for one member while everybody else stays: an exact knapsack.

Dynamic programming over labels (hours spent, items taken, groups touched), of which only those
survive that no other beats; R. Bellman 1957. The number of labels is bounded.
"""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

MOST_LABELS = 300


class Bundle(NamedTuple):
    """A choice of items (in order), what it adds, and the labels that were looked at."""

    value: int
    items: tuple[int, ...]
    work: int = 0


class Offer(NamedTuple):
    """One item a member could take: its place in the list, the hours and what it adds."""

    item: int
    effort: int
    value: int
    group: int


_Label = tuple[int, int, int, int, tuple[int, ...]]
"""Value, hours spent, items taken, groups touched (a bit each), and the items."""


def best_bundle(offers: list[Offer], hours: int | None, places: int, breadth: int) -> Bundle:
    """The best choice; ``breadth`` is what a group the member has nothing of adds."""
    if places <= 0:
        return Bundle(0, ())
    offers = [
        offer
        for offer in offers
        if offer.value + (breadth if offer.group else 0) > 0
        and (hours is None or offer.effort <= hours)
    ]
    if hours is None or sum(offer.effort for offer in offers) <= hours:
        hours = None
        if not breadth:
            taken = sorted(offers, key=lambda offer: -offer.value)[:places]
            return Bundle(sum(o.value for o in taken), tuple(sorted(o.item for o in taken)))
    counts = places < _most_that_fit(offers, hours)
    if hours is not None and not breadth and not counts:
        return _by_hours(offers, hours)
    labels: list[_Label] = [(0, 0, 0, 0, ())]
    work = 0
    for offer in offers:
        work += len(labels)
        labels = _survivors(labels + _extended(labels, offer, hours, places, breadth), counts)
    value, _, _, _, items = max(labels, key=lambda label: label[0])
    return Bundle(value, tuple(sorted(items)), work)


def _by_hours(offers: list[Offer], hours: int) -> Bundle:
    """The usual case, in which only the hours limit: the same labels, without the rest."""
    labels: list[tuple[int, int, int]] = [(0, 0, 0)]  # hours spent, value, places in the list
    work = 0
    for place, (_, effort, value, _) in enumerate(offers):
        work += len(labels)
        bit, latest = 1 << place, hours - effort
        more = [(s + effort, v + value, taken | bit) for s, v, taken in labels if s <= latest]
        merged, labels, best = sorted(labels + more, key=itemgetter(0)), [], -1
        for label in merged:
            if label[1] > best:
                best = label[1]
                if labels and labels[-1][0] == label[0]:
                    labels[-1] = label
                else:
                    labels.append(label)
        if len(labels) > MOST_LABELS:
            labels = sorted(sorted(labels, key=lambda label: -label[1])[:MOST_LABELS])
    _, value, taken = labels[-1]
    items = tuple(sorted(o.item for n, o in enumerate(offers) if taken >> n & 1))
    return Bundle(value, items, work)


def _most_that_fit(offers: list[Offer], hours: int | None) -> int:
    if hours is None:
        return len(offers)
    spent = 0
    for count, effort in enumerate(sorted(offer.effort for offer in offers)):
        spent += effort
        if spent > hours:
            return count
    return len(offers)


def _extended(
    labels: list[_Label], offer: Offer, hours: int | None, places: int, breadth: int
) -> list[_Label]:
    extended = []
    for value, spent, count, groups, items in labels:
        if count < places and (hours is None or spent + offer.effort <= hours):
            added = offer.value
            if breadth and offer.group & ~groups:
                added += breadth
            extended.append(
                (
                    value + added,
                    spent + (0 if hours is None else offer.effort),
                    count + 1,
                    groups | (offer.group if breadth else 0),
                    (*items, offer.item),
                )
            )
    return extended


def _survivors(labels: list[_Label], counts: bool) -> list[_Label]:
    """Those that no label with the same groups, as few hours and as few items beats."""
    labels.sort(key=lambda label: (label[1], -label[0], label[2]))
    best: dict[tuple[int, int], int] = {}
    kept = []
    for label in labels:
        value, _, count, groups, _ = label
        sizes = range(count + 1) if counts else (0,)
        if all(best.get((groups, size), -1) < value for size in sizes):
            best[groups, count if counts else 0] = value
            kept.append(label)
    if len(kept) > MOST_LABELS:
        kept.sort(key=lambda label: -label[0])
        kept = kept[:MOST_LABELS]
    return kept
