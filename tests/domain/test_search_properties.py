"""What holds for every text and every catalogue."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.search import SearchIndex
from bot.domain.search.normalise import words_of
from tests.domain.theories import founding_theories, theory, vocabulary

THEORIES = founding_theories()
INDEX = SearchIndex.build(THEORIES, vocabulary())
AMBIGUOUS = {"circuit", "fields", "framework", "thermo"}

ANY_TEXT = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Lu", "Nd"]), max_size=60),
    st.sampled_from(
        ["\ud800", "\x00", "\u202eenilps", "e\u0301" * 4000, "a" * 6000, "10./", "%ff"]
    ),
)
SURE = [
    (name, entry.slug)
    for entry in THEORIES
    for name in (entry.slug, entry.name, entry.short_name, *entry.aliases)
    if len(name) > 4 and name not in AMBIGUOUS
]
TITLED = [
    (title, entry.slug)
    for entry in THEORIES
    for work in entry.papers
    for title in (work.title, *work.title_variants)
]
NAMED = [
    (name, entry.slug) for entry in THEORIES for name in (entry.slug, entry.name, entry.short_name)
]


@settings(deadline=None)
@given(ANY_TEXT)
def test_no_text_breaks_a_search_and_something_is_always_near(text: str) -> None:
    for hits in (INDEX.search(text), INDEX.complete(text)):
        assert all(0 <= hit.score <= 100 for hit in hits)
        assert list(hits) == sorted(hits, key=lambda hit: -hit.score)
    found = INDEX.look_up(text)
    assert len(found.nearest) == 3
    assert found.best is None or found.best not in found.alternatives


@pytest.mark.parametrize(("name", "slug"), [*SURE, *TITLED])
def test_every_name_alias_and_title_lands(name: str, slug: str) -> None:
    best = INDEX.look_up(name).best
    assert best is not None
    assert best.slug == slug


@settings(deadline=None)
@given(st.sampled_from([*SURE, *TITLED]), st.randoms(use_true_random=False))
def test_the_order_of_words_is_irrelevant(named: tuple[str, str], random: Random) -> None:
    words = words_of(named[0])
    shuffled = random.sample(words, len(words))
    assert INDEX.search(" ".join(shuffled))[0].slug == INDEX.search(" ".join(words))[0].slug


@settings(deadline=None)
@given(st.sampled_from([*SURE, *TITLED]), st.randoms(use_true_random=False))
def test_case_and_accents_are_irrelevant(named: tuple[str, str], random: Random) -> None:
    name, _ = named
    written = "".join(
        sign + "\u0301" if sign in "aeioun" and random.random() < 0.5 else sign for sign in name
    )
    expected = INDEX.search(name)
    assert INDEX.search(written) == expected
    assert INDEX.search(name.upper()) == expected


def mistyped(word: str, random: Random) -> str:
    """The word with one letter inserted, deleted, replaced or swapped with the next."""
    place = random.randrange(len(word) - 1)
    letter = random.choice("abcdefghijklmnopqrstuvwxyz")
    kept, rest = word[:place], word[place:]
    return random.choice(
        [
            kept + letter + rest,
            kept + rest[1:],
            kept + letter + rest[1:],
            kept + rest[1] + rest[0] + rest[2:],
        ]
    )


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from([pair for pair in NAMED if len(pair[0]) >= 6]),
    st.randoms(use_true_random=False),
)
def test_one_typo_is_forgiven(named: tuple[str, str], random: Random) -> None:
    name, slug = named
    found = INDEX.look_up(mistyped(name, random))
    assert found.best is not None
    # "circuits" with a typo is as near to one theory of circuits as to the other.
    assert slug in {found.best.slug, *(hit.slug for hit in found.alternatives)}


@settings(deadline=None, max_examples=30)
@given(st.permutations(THEORIES), st.sampled_from([*SURE, *TITLED]))
def test_the_order_of_building_is_irrelevant(order: list, named: tuple[str, str]) -> None:  # type: ignore[type-arg]
    index = SearchIndex.build(order, vocabulary())
    assert index.search(named[0]) == INDEX.search(named[0])


WORDS = st.sampled_from(["deep", "neural", "network", "theory", "tropical", "tropic", "splines"])


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=60), st.data())
def test_a_theory_is_found_by_its_own_name_among_others(
    names: list[list[str]], data: st.DataObject
) -> None:
    crowd = [
        theory(f"t{n}-{'-'.join(words)}", name=" ".join(words), order=n)
        for n, words in enumerate(names)
    ]
    wanted = data.draw(st.sampled_from(crowd))
    best = SearchIndex.build(crowd).look_up(wanted.slug).best
    assert best is not None
    assert best.slug == wanted.slug
