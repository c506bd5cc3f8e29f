"""From text as people write it to words that compare equal when they mean the same.

Folding follows Unicode's recipe for caseless matching (The Unicode Standard, section 3.13,
definition D146: NFD, case folding, NFD), with compatibility decomposition so that ligatures
and full-width letters fold too, and without the combining marks. Plurals are undone by the
S-stemmer (D. Harman, "How effective is suffixing?", JASIS 42(1), 1991).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['’ʼ]s\b|['’ʼ`]")
_SIBILANT_PLURALS = ("sses", "xes", "ches", "shes")

_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not decompose although people type them without the stroke."""

_FUNCTION_WORDS = """
a about an and are arxiv article as at by doi et al for from how in into is it its of on or
paper papers s that the their this to via what which with
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that say nothing about which theory is meant, in titles and in questions."""

LONGEST_WORD = 40
"""Longer runs of letters are cut: no name is longer, and the work per word stays bounded."""


def fold(text: str) -> str:
    """The text without case, accents, compatibility forms and apostrophes."""
    if text.isascii():
        folded = text.lower()
        if "'" not in folded and "`" not in folded:
            return folded
    else:
        decomposed = unicodedata.normalize("NFKD", text).casefold()
        marked = unicodedata.normalize("NFKD", decomposed)
        bare = "".join(sign for sign in marked if not unicodedata.combining(sign))
        folded = bare.translate(_UNDECOMPOSED)
    return _APOSTROPHE.sub("", folded)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def content_of(words: Sequence[str]) -> list[str]:
    """The words that carry meaning; all of them when none does."""
    return [word for word in words if word not in FUNCTION_WORDS] or list(words)


def stem(word: str) -> str:
    """The word without the ending of an English plural."""
    if len(word) < 4 or word[-1] != "s":
        return word
    if word.endswith("ies"):
        return word if word[-4] in "ea" else f"{word[:-3]}y"
    if word.endswith(_SIBILANT_PLURALS):
        return word[:-2]
    return word if word[-2] in "us" else word[:-1]


def joined(words: Sequence[str]) -> str:
    """The words as one, as in ``statmech`` for "stat mech"."""
    return stem("".join(words))


def unordered(words: Sequence[str]) -> str:
    """A key that is the same for the same words in any order."""
    return " ".join(sorted(stem(word) for word in words))


def has_digit(word: str) -> bool:
    """Is this a year, a number or part of an identifier? Those are never guessed at."""
    return any(sign.isdigit() for sign in word)
