"""A form of wishes is put in order whatever it holds, and nothing that was meant gets lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rounds import Sent, Wishes, tidied
from bot.domain.rounds.wishes import MOST_ALSO

ITEMS = ("a", "b", "c", "d")
NUMBERS = range(11)
ids = st.lists(st.sampled_from([*ITEMS, "x", "", "🦊"]), max_size=8).map(tuple)


@given(ids, ids, ids, ids, st.text(max_size=12))
def test_whatever_is_sent_the_answer_is_in_order(
    first: tuple[str, ...],
    also: tuple[str, ...],
    rather_not: tuple[str, ...],
    read: tuple[str, ...],
    amount: str,
) -> None:
    tidy = tidied(Sent(first, also, rather_not, read, amount), ITEMS, NUMBERS)
    wishes = tidy.answer.wishes
    wanted = {wishes.first, *wishes.also} - {None}
    assert len(wanted) == len(wishes.also) + (wishes.first is not None)
    assert len(wishes.also) <= MOST_ALSO
    assert wanted <= set(ITEMS) - wishes.rather_not - set(tidy.read)
    assert wishes.rather_not == set(rather_not) & set(ITEMS)
    assert set(tidy.read) == set(read) & set(ITEMS)
    assert tidy.answer.amount is None or tidy.answer.amount in NUMBERS
    assert {*wanted, *tidy.dropped} == ({*first[:1], *also} & set(ITEMS))
    assert tidy.unknown == sum(
        each not in ITEMS for part in (first[:1], also, rather_not, read) for each in part
    )


@given(ids, ids)
def test_points_say_what_is_wanted_most(first: tuple[str, ...], also: tuple[str, ...]) -> None:
    wishes = tidied(Sent(first, also), ITEMS, NUMBERS).answer.wishes
    points = wishes.points
    assert set(points.values()) <= {85, 100}
    assert [p for p, n in points.items() if n == 100] == ([wishes.first] if wishes.first else [])
    assert {wishes.place(each) for each in points} <= {1, 2}
    assert wishes.place("nothing") is None


def test_a_number_is_taken_or_said_to_be_none() -> None:
    for typed, amount, unclear in (
        ("", None, False), ("0", 0, False), (" 3 ", 3, False), ("10", 10, False),
        ("11", None, True), ("-1", None, True), ("2.5", None, True), ("٣", None, True),
        ("9" * 9999, None, True), ("two", None, True),
    ):  # fmt: skip
        tidy = tidied(Sent(amount=typed), ITEMS, NUMBERS)
        assert (tidy.answer.amount, tidy.amount_unclear) == (amount, unclear), typed


def test_it_is_said_when_nothing_is_left_to_give() -> None:
    assert tidied(Sent(rather_not=ITEMS), ITEMS, NUMBERS).leaves_nothing
    assert tidied(Sent(read=ITEMS), ITEMS, NUMBERS).leaves_nothing
    assert tidied(Sent(amount="0"), ITEMS, NUMBERS).leaves_nothing
    assert not tidied(Sent(rather_not=ITEMS[1:]), ITEMS, NUMBERS).leaves_nothing


def test_a_second_wish_does_not_become_the_first() -> None:
    tidy = tidied(Sent(("a",), ("b",), rather_not=("a",)), ITEMS, NUMBERS)
    assert tidy.answer.wishes == Wishes(None, ("b",), frozenset("a"))
    assert tidy.dropped == ("a",)
