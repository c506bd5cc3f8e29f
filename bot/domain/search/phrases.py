"""The phrases by which a theory can be found, and the terms each of them is filed under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.catalogue import Theory, Vocabulary
from bot.domain.papers import Paper, Role
from bot.domain.search.hits import Reason
from bot.domain.search.normalise import content_of, has_digit, joined, stem, unordered, words_of

_SLUG, _NAME, _ALIAS, _TITLE, _AUTHOR = 100, 97, 96, 95, 94
_AMBIGUOUS_ALIAS, _ACRONYM = 85, 80
_TAG, _TOPIC, _TEXT, _YEAR = 76, 75, 73, 72
"""What being met in full is worth in each kind of field, out of 100."""
_ROLE_DISCOUNT = {Role.PRIMARY: 0, Role.FOLLOWUP: 3, Role.BACKGROUND: 6, Role.SECONDARY: 8}

_AMBIGUOUS_WORDS = frozenset({"circuit", "field", "framework", "thermo"})
"""Stems of ordinary words that a theory goes by among those who know it."""
_SHORT_ALIAS = 4

_SMALLEST_SHARE = 0.8
"""What a word is worth that is next to nothing of its phrase, the whole being worth 1."""
_FULL_SURNAME, _PART_OF_SURNAME, _GIVEN_NAME = 0.98, 0.94, 0.6
_LONGEST_COMPOUND = 24
_MOST_JOINED = 4
"""Nobody writes more words than this as one."""
_PAIR = 2
"""Two words of a query are tried joined in both orders, so they need no key of their own."""
_NOTE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_HEAD_END = re.compile(r"[:(]")


Term = tuple[str, float, str | None]
"""A key a phrase is filed under; how well it stands for the phrase (0 to 1); and the word
it comes from, if that may also be found by its beginning or with a typo. A bare tuple, because
a large catalogue makes millions of them."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text through which a theory is found, its worth (0 to 100) and its terms."""

    reason: Reason
    text: str
    weight: int
    terms: tuple[Term, ...]
    paper_id: str | None = None


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Finds the phrases of theories. Tags and topics recur, so theirs are made once."""

    _vocabulary: Vocabulary | None
    _known: dict[tuple[Reason, str], tuple[Phrase, ...]] = field(default_factory=dict)

    def phrases_of(self, theory: Theory) -> Iterator[Phrase]:
        """Every phrase of a theory, the most telling kinds first."""
        yield _name(Reason.SLUG, theory.slug, _SLUG)
        for name in dict.fromkeys((theory.name, theory.short_name)):
            yield _name(Reason.NAME, name, _NAME)
            yield from _acronym(Reason.NAME, name)
        for alias in theory.aliases:
            yield _alias(alias)
            yield from _acronym(Reason.ALIAS, alias)
        for paper in theory.papers:
            yield from phrases_of_paper(paper)
        for tag in theory.prerequisites:
            yield from self._classified(Reason.TAG, tag, _TAG)
        yield from self._classified(Reason.TOPIC, theory.topic, _TOPIC)
        for text in (theory.claim, *theory.key_ideas):
            yield Phrase(Reason.TEXT, text, _TEXT, tuple(_word_terms(text)))

    def _classified(self, reason: Reason, key: str, weight: int) -> tuple[Phrase, ...]:
        """A tag or topic, and the words that explain it."""
        if (reason, key) not in self._known:
            texts = {key: weight}
            if self._vocabulary and (meaning := self._vocabulary.prerequisites.get(key)):
                texts.setdefault(meaning, _TEXT)
            if self._vocabulary and (title := self._vocabulary.topics.get(key)):
                texts.setdefault(title, weight)
            self._known[reason, key] = tuple(
                Phrase(reason, text, worth, tuple(_terms(text))) for text, worth in texts.items()
            )
        return self._known[reason, key]


def phrases_of_paper(paper: Paper) -> Iterator[Phrase]:
    """Every phrase of one paper."""
    discount, years = _ROLE_DISCOUNT[paper.role], paper.years
    for title in dict.fromkeys((paper.title, *paper.title_variants)):
        terms = tuple(_terms_with_head(title))
        yield Phrase(Reason.TITLE, title, _TITLE - discount, terms, paper.id)
    for author in paper.authors:
        terms = tuple(_author_terms(author, years))
        yield Phrase(Reason.AUTHOR, author, _AUTHOR - discount, terms, paper.id)
    for year in map(str, years):
        yield Phrase(Reason.YEAR, year, _YEAR - discount, ((year, 1.0, None),), paper.id)


def _name(reason: Reason, text: str, weight: int) -> Phrase:
    return Phrase(reason, text, weight, (*_terms_with_head(text), *_compound(text)))


def _alias(alias: str) -> Phrase:
    words = words_of(alias)
    if len(words) == 1 and (len(words[0]) <= _SHORT_ALIAS or stem(words[0]) in _AMBIGUOUS_WORDS):
        # Filed as a whole word only: no beginning and no typo of it may lead here.
        return Phrase(Reason.ALIAS, alias, _AMBIGUOUS_ALIAS, ((stem(words[0]), 1.0, None),))
    return _name(Reason.ALIAS, alias, _ALIAS)


def _acronym(reason: Reason, text: str) -> Iterator[Phrase]:
    """The initials of a name, as in "slt" for "Singular learning theory"."""
    words = content_of(words_of(_HEAD_END.split(text, maxsplit=1)[0]))
    if 3 <= len(words) <= 6:
        initials = "".join(word[0] for word in words)
        yield Phrase(reason, text, _ACRONYM, ((stem(initials), 1.0, None),))


def _terms_with_head(text: str) -> Iterator[Term]:
    """The terms of a name or title, and of its head: what stands before a colon or bracket."""
    yield from _terms(text)
    head = _HEAD_END.split(text, maxsplit=1)[0]
    if head != text:
        yield from _whole(words_of(head))


def _terms(text: str) -> Iterator[Term]:
    words = words_of(text)
    content = content_of(words)
    if not content:
        return
    share = (1 - _SMALLEST_SHARE) / len(content)
    for word in content:
        yield (stem(word), _SMALLEST_SHARE + share, word)
    for pair in pairwise(content):
        yield (joined(pair), _SMALLEST_SHARE + 2 * share, None)
    if len(words) > 1:
        yield from _whole(words)


def _word_terms(text: str) -> Iterator[Term]:
    """Each word of a long text, as it stands: a guess at one of so many would prove nothing."""
    for word in dict.fromkeys(content_of(words_of(text))):
        yield (stem(word), _SMALLEST_SHARE, None)


def _whole(words: Sequence[str]) -> Iterator[Term]:
    """A phrase as one term: a short one joined to one word, a longer one in any order."""
    content = content_of(words)
    if 0 < len(content) <= _MOST_JOINED:
        yield (joined(words), 1.0, None)
        if len(content) < len(words):
            yield (joined(content), 1.0, None)
    if len(content) > _PAIR:
        yield (unordered(content), 1.0, None)


def _compound(text: str) -> Iterator[Term]:
    """A short name of several words as one word that may be mistyped: ``thermoml``."""
    words = words_of(text)
    compound = "".join(words)
    if len(words) > 1 and len(compound) <= _LONGEST_COMPOUND and not has_digit(compound):
        yield (joined(words), 1.0, compound)


def _author_terms(author: str, years: Sequence[int]) -> Iterator[Term]:
    surname, given = _name_parts(_NOTE.sub(" ", author))
    if not surname:
        return
    worth = _FULL_SURNAME if len(surname) == 1 else _PART_OF_SURNAME
    for word in surname:
        yield (stem(word), worth, word)
    whole = "".join(surname)
    yield (stem(whole), _FULL_SURNAME, whole)
    if given:
        yield (stem(f"{given[0]}{whole}"), 1.0, None)
        for word in given:
            if len(word) > 1:
                yield (stem(word), _GIVEN_NAME, word)
        initials = "".join(word[0] for word in given)
        for known in {initials[0]: None, initials: None}:
            yield (stem(f"{known}{whole}"), _FULL_SURNAME, None)
    for year in years:
        yield (f"{whole}{year}", 1.0, None)


def _name_parts(author: str) -> tuple[list[str], list[str]]:
    """Surname and given names, from "Given Surname" as from "Surname, Given"."""
    before, comma, after = author.partition(",")
    if comma and words_of(before) and words_of(after):
        return words_of(before), words_of(after)
    *given, surname = before.split() or [""]
    return words_of(surname), words_of(" ".join(given))
