"""Thousands of made-up theories whose words overlap as those of real ones do."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bot.domain.catalogue import Theory
from bot.domain.papers import Paper, Role
from tests.domain.theories import paper, theory

_COMMON = """
neural networks theory deep learning of the for a and in on towards geometry statistical
dynamics generalisation training models limits information mean field kernel gradient
transformer attention representation scaling optimisation bounds
"""
_TAGS = """
calculus linear-algebra probability optimization information-theory topology cnn
statistical-physics thermodynamics transformers interpretability kernel-methods
"""
_ONSETS = "b br c ch d dr f g gr h j k kl l m n p pr r s sch sh st t tr v w z"
_CODAS = "n r l s t ck nd rt m x"
_GIVEN = "Ada Boris Chen Dana Emil Fatou Goran Hana Ines Jun Kofi Lena Milan Nora Omar Pia"

COMMON, TAGS, ONSETS, GIVEN = (row.split() for row in (_COMMON, _TAGS, _ONSETS, _GIVEN))
"""``COMMON`` are the words most titles of the field are made of."""
VOWELS = ("a", "e", "i", "o", "u", "ai", "ei", "ou", "ia")
CODAS = (*_CODAS.split(), *[""] * 6)


class Invention:
    """Invents theories, always the same ones for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self._random = Random(seed)
        self._special = [self._word(3) for _ in range(6000)]
        self._surnames = [self._word(2).title() for _ in range(8000)]

    def theories(self, count: int, first: int = 1) -> Iterator[Theory]:
        """So many theories, with orders from ``first`` on."""
        for order in range(first, first + count):
            yield self._theory(order)

    def _theory(self, order: int) -> Theory:
        topic, twist = self._special_word(), self._special_word()
        return theory(
            f"{topic}-{order}",
            *(self._paper(order, number, topic) for number in range(3)),
            name=f"The {topic} {self._phrase(3)} of {twist}",
            short_name=f"{topic} {twist}",
            order=order,
            aliases=(f"{topic} theory", f"{twist} {self._common()}", self._special_word()),
            claim=self._phrase(22).capitalize(),
            key_ideas=tuple(self._phrase(20) for _ in range(6)),
            prerequisites=tuple(self._random.sample(TAGS, 4)),
            topic=self._random.choice(("geometry", "mechanisms", "ensembles")),
        )

    def _paper(self, order: int, number: int, topic: str) -> Paper:
        year = self._random.randint(1995, 2026)
        return paper(
            f"p{order}-{number}",
            f"{self._phrase(3).capitalize()} {topic}: {self._phrase(4)}",
            [self._author() for _ in range(self._random.randint(1, 6))],
            role=Role.PRIMARY if number == 0 else Role.FOLLOWUP,
            links=[f"https://example.org/{order}/{number}"],
            first_public=f"{year}-03",
            year=year + self._random.randint(0, 2),
            arxiv=f"{year % 100:02}{1 + number:02}.{order:05}",
            doi=f"10.5555/journal.{order}.{number}",
        )

    def _author(self) -> str:
        return f"{self._random.choice(GIVEN)} {self._random.choice(self._surnames)}"

    def _phrase(self, length: int) -> str:
        return " ".join(
            self._common() if self._random.random() < 0.7 else self._special_word()
            for _ in range(length)
        )

    def _common(self) -> str:
        return self._random.choice(COMMON)

    def _special_word(self) -> str:
        # Some words are everybody's and most are a few people's (Zipf).
        return self._special[int(len(self._special) * self._random.random() ** 3)]

    def _word(self, syllables: int) -> str:
        choice = self._random.choice
        return "".join(choice(ONSETS) + choice(VOWELS) + choice(CODAS) for _ in range(syllables))
