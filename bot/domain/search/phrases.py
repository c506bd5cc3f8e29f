"""The phrases by which a theory can be found, and the terms each of them is filed under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.catalogue import Paper, Role, Theory, Vocabulary
from bot.domain.search.hits import Reason
from bot.domain.search.normalise import content_of, has_digit, joined, stem, unordered, words_of

_WEIGHTS = {
    Reason.SLUG: 100,
    Reason.NAME: 97,
    Reason.ALIAS: 96,
    Reason.TITLE: 95,
    Reason.AUTHOR: 94,
    Reason.TAG: 76,
    Reason.TOPIC: 75,
    Reason.YEAR: 72,
    Reason.TEXT: 73,
}
_AMBIGUOUS_WEIGHT = 85
_ACRONYM_WEIGHT = 80
_ROLE_DISCOUNT = {Role.PRIMARY: 0, Role.FOLLOWUP: 3, Role.BACKGROUND: 6, Role.SECONDARY: 8}

_AMBIGUOUS_WORDS = frozenset({"circuit", "field", "framework", "thermo"})
"""Stems of ordinary words that a theory goes by among those who know it."""
_SHORT_ALIAS = 4

_SMALLEST_SHARE = 0.8
"""What a word is worth that is next to nothing of its phrase, the whole being worth 1."""
_FULL_SURNAME, _PART_OF_SURNAME, _GIVEN_NAME = 0.98, 0.94, 0.6
_LONGEST_COMPOUND = 24
_NOTE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_HEAD_END = re.compile(r"[:(]")


@dataclass(frozen=True, slots=True)
class Term:
    """A key a phrase is filed under, and how well it stands for the phrase (0 to 1).

    A ``word`` may also be found by its beginning or with a typo, in the form given here.
    """

    key: str
    worth: float
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text through which a theory is found, its worth (0 to 100) and its terms."""

    reason: Reason
    text: str
    weight: int
    terms: tuple[Term, ...]
    paper_id: str | None = None


def phrases_of(theory: Theory, vocabulary: Vocabulary | None) -> Iterator[Phrase]:
    """Every phrase of a theory, the most telling kinds first."""
    yield _name(Reason.SLUG, theory.slug)
    for name in dict.fromkeys((theory.name, theory.short_name)):
        yield _name(Reason.NAME, name)
        yield from _acronym(Reason.NAME, name)
    for alias in theory.aliases:
        yield _alias(alias)
        yield from _acronym(Reason.ALIAS, alias)
    for paper in theory.papers:
        yield from _of_paper(paper)
    for tag in theory.prerequisites:
        yield _plain(Reason.TAG, tag)
        if vocabulary is not None and tag in vocabulary.prerequisites:
            yield _plain(Reason.TAG, vocabulary.prerequisites[tag], _WEIGHTS[Reason.TEXT])
    yield _plain(Reason.TOPIC, theory.topic)
    if vocabulary is not None and theory.topic in vocabulary.topics:
        yield _plain(Reason.TOPIC, vocabulary.topics[theory.topic])
    for text in (theory.claim, *theory.key_ideas):
        yield _plain(Reason.TEXT, text)


def _of_paper(paper: Paper) -> Iterator[Phrase]:
    discount = _ROLE_DISCOUNT[paper.role]
    for title in dict.fromkeys((paper.title, *paper.title_variants)):
        terms = tuple(_terms_with_head(title))
        yield Phrase(Reason.TITLE, title, _WEIGHTS[Reason.TITLE] - discount, terms, paper.id)
    for author in paper.authors:
        terms = tuple(_author_terms(author, paper.years))
        yield Phrase(Reason.AUTHOR, author, _WEIGHTS[Reason.AUTHOR] - discount, terms, paper.id)
    for year in map(str, paper.years):
        weight = _WEIGHTS[Reason.YEAR] - discount
        yield Phrase(Reason.YEAR, year, weight, (Term(year, 1.0),), paper.id)


def _name(reason: Reason, text: str) -> Phrase:
    terms = (*_terms_with_head(text), *_compound(text))
    return Phrase(reason, text, _WEIGHTS[reason], terms)


def _alias(alias: str) -> Phrase:
    words = words_of(alias)
    if len(words) == 1 and (len(words[0]) <= _SHORT_ALIAS or stem(words[0]) in _AMBIGUOUS_WORDS):
        # Filed as a whole word only: no beginning and no typo of it may lead here.
        return Phrase(Reason.ALIAS, alias, _AMBIGUOUS_WEIGHT, (Term(stem(words[0]), 1.0),))
    return _name(Reason.ALIAS, alias)


def _plain(reason: Reason, text: str, weight: int | None = None) -> Phrase:
    return Phrase(reason, text, weight or _WEIGHTS[reason], tuple(_terms(text)))


def _acronym(reason: Reason, text: str) -> Iterator[Phrase]:
    """The initials of a name, as in "slt" for "Singular learning theory"."""
    words = content_of(words_of(_HEAD_END.split(text, maxsplit=1)[0]))
    if 3 <= len(words) <= 6:
        initials = "".join(word[0] for word in words)
        yield Phrase(reason, text, _ACRONYM_WEIGHT, (Term(stem(initials), 1.0),))


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
        yield Term(stem(word), _SMALLEST_SHARE + share, word)
    for pair in pairwise(content):
        yield Term(joined(pair), _SMALLEST_SHARE + 2 * share)
    if len(words) > 1:
        yield from _whole(words)


def _whole(words: Sequence[str]) -> Iterator[Term]:
    """A phrase as one term: joined to one word, and with its content in any order."""
    if words:
        content = content_of(words)
        yield Term(joined(words), 1.0)
        yield Term(joined(content), 1.0)
        yield Term(unordered(content), 1.0)


def _compound(text: str) -> Iterator[Term]:
    """A short name of several words as one word that may be mistyped: ``thermoml``."""
    words = words_of(text)
    compound = "".join(words)
    if len(words) > 1 and len(compound) <= _LONGEST_COMPOUND and not has_digit(compound):
        yield Term(joined(words), 1.0, compound)


def _author_terms(author: str, years: Sequence[int]) -> Iterator[Term]:
    surname, given = _name_parts(_NOTE.sub(" ", author))
    if not surname:
        return
    yield from _whole([*given, *surname])
    worth = _FULL_SURNAME if len(surname) == 1 else _PART_OF_SURNAME
    for word in surname:
        yield Term(stem(word), worth, word)
    for word in given:
        if len(word) > 1:
            yield Term(stem(word), _GIVEN_NAME, word)
    whole = "".join(surname)
    yield Term(stem(whole), _FULL_SURNAME, whole)
    for initials in dict.fromkeys("".join(word[0] for word in given[:n]) for n in (1, 2, 3)):
        yield Term(stem(f"{initials}{whole}"), _FULL_SURNAME)
    for year in years:
        yield Term(f"{whole}{year}", 1.0)


def _name_parts(author: str) -> tuple[list[str], list[str]]:
    """Surname and given names, from "Given Surname" as from "Surname, Given"."""
    before, comma, after = author.partition(",")
    if comma and words_of(before) and words_of(after):
        return words_of(before), words_of(after)
    *given, surname = before.split() or [""]
    return words_of(surname), words_of(" ".join(given))
