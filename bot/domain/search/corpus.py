"""What is searched: all phrases of all theories, and the terms they are filed under."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.catalogue import Theory
from bot.domain.papers import Paper
from bot.domain.search.hits import Hit, Reason
from bot.domain.search.identifiers import keys_of
from bot.domain.search.lexicon import Lexicon
from bot.domain.search.normalise import has_digit, stem
from bot.domain.search.phrases import Phrase, Phrasing, phrases_of_paper
from bot.domain.search.postings import (
    GREATEST_STRENGTH,
    STRENGTH_SHIFT,
    Postings,
    PostingsBuilder,
    packed,
    strength_of,
)

_SHORTEST_WORD = 3
_NEIGHBOURS = 4


@dataclass(slots=True)
class PhraseTable:
    """The phrases by number, column by column: there are hundreds of thousands of them."""

    texts: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    papers: list[str | None] = field(default_factory=list)

    def add(self, reason: Reason, text: str, paper_id: str | None) -> int:
        """File a phrase and return its number."""
        self.texts.append(text)
        self.reasons.append(reason)
        self.papers.append(paper_id)
        return len(self.texts) - 1


@dataclass(frozen=True, slots=True)
class Corpus:
    """The searchable form of a catalogue.

    What is found is mostly a theory, whole. It may be a paper by itself: its ``_slugs`` is then
    that of its theory, and its ``keys`` the ``key_of_paper``.
    """

    keys: Sequence[str]
    postings: Postings
    identifiers: Postings
    lexicon: Lexicon
    _slugs: Sequence[str]
    _names: Sequence[str]
    _phrases: PhraseTable
    _identifier_order: Sequence[str]

    def __len__(self) -> int:
        return len(self._slugs)

    def hit(self, theory: int, score: float, phrase: int) -> Hit:
        """The theory with this number as a hit, found through this phrase."""
        table = self._phrases
        text, paper_id = table.texts[phrase], table.papers[phrase]
        return Hit(self._slugs[theory], score, table.reasons[phrase], text, paper_id)

    def first_hit(self, theory: int) -> Hit:
        """The theory as a hit that nothing speaks for."""
        return Hit(self._slugs[theory], 0.0, Reason.NAME, self._names[theory])

    def beside(self, key: str) -> Iterator[int]:
        """The postings of the known identifiers that stand nearest in order, of the same kind."""
        kind, order = key.partition(":")[0], self._identifier_order
        place = bisect_left(order, key)
        near = list(order[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS])
        near.sort(key=lambda k: (-_shared(k, key), k))
        for known in near:
            if known.startswith(f"{kind}:"):
                yield from self.identifiers.strongest(known)


@dataclass(slots=True)
class CorpusBuilder:
    """Takes in theories, and papers that are found by themselves, in catalogue order."""

    _phrasing: Phrasing
    _postings: PostingsBuilder = field(default_factory=PostingsBuilder)
    _identifiers: PostingsBuilder = field(default_factory=PostingsBuilder)
    _words: set[str] = field(default_factory=set)
    _keys: list[str] = field(default_factory=list)
    _slugs: list[str] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)
    _phrases: PhraseTable = field(default_factory=PhraseTable)
    _identifier_keys: set[str] = field(default_factory=set)

    def add(self, theory: Theory) -> None:
        """File everything a theory can be found by."""
        phrases = self._phrasing.phrases_of(theory)
        self._add(theory.slug, theory.slug, theory.name, phrases, theory.papers)

    def add_paper(self, slug: str, paper: Paper) -> None:
        """File everything a paper of that theory can be found by, without its theory."""
        key = key_of_paper(paper.id)
        self._add(key, slug, paper.title, phrases_of_paper(paper), (paper,))

    def _add(
        self, key: str, slug: str, name: str, phrases: Iterable[Phrase], papers: Iterable[Paper]
    ) -> None:
        number = len(self._slugs)
        self._keys.append(key)
        self._slugs.append(slug)
        self._names.append(name)
        strongest: dict[str, int] = {}
        for phrase in phrases:
            self._file(phrase, number, strongest)
        self._postings.add(strongest)
        self._file_identifiers(papers, number)

    def finish(self) -> Corpus:
        """The corpus of all that was taken in."""
        postings = self._postings.finish()
        worth = {
            word: strength_of(postings.strongest(stem(word))[0])
            for word in self._words
            if len(word) >= _SHORTEST_WORD and not has_digit(word)
        }
        return Corpus(
            tuple(self._keys),
            postings,
            self._identifiers.finish(),
            Lexicon.build(worth),
            tuple(self._slugs),
            tuple(self._names),
            self._phrases,
            sorted(self._identifier_keys),
        )

    def _file(self, phrase: Phrase, number: int, strongest: dict[str, int]) -> None:
        phrase_number = self._phrases.add(phrase.reason, phrase.text, phrase.paper_id)
        best = packed(GREATEST_STRENGTH, number, phrase_number)
        for key, worth, word in phrase.terms:
            shortfall = GREATEST_STRENGTH - int(10 * phrase.weight * worth)
            posting = best + (shortfall << STRENGTH_SHIFT)
            known = strongest.get(key)
            if known is None or posting < known:
                strongest[key] = posting
            if word:
                self._words.add(word)

    def _file_identifiers(self, papers: Iterable[Paper], number: int) -> None:
        strongest: dict[str, int] = {}
        for paper in papers:
            for key, text, is_link in keys_of(paper):
                reason = Reason.LINK if is_link else Reason.IDENTIFIER
                phrase = self._phrases.add(reason, text, paper.id)
                strongest.setdefault(key, packed(GREATEST_STRENGTH, number, phrase))
        self._identifiers.add(strongest)
        self._identifier_keys.update(strongest)


def key_of_paper(paper_id: str) -> str:
    """What a paper by itself is filed under; no slug holds a slash, so it is nobody else's."""
    return f"/{paper_id}"


def _shared(one: str, other: str) -> int:
    """How many signs two texts have in common from their start."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
