"""Words, numbers and signs, and a cursor that walks over them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.schedule.reading.errors import WordsTooLong, WordsUnprintable
from bot.domain.schedule.reading.vocabulary import NUMBERS

LONGEST = 200
"""Characters that are read at most; a sentence with everything in it has fewer than 100."""

# A run of digits, a run of letters, or one sign: nothing that could be tried in two ways.
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\S")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Nd", "Nl", "No")

_Meaning = TypeVar("_Meaning")


@dataclass(frozen=True, slots=True)
class Token:
    """A word (in small letters, without accents), a number or a sign, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Is it a run of digits?"""
        return "0" <= self.text[0] <= "9"

    @property
    def is_word(self) -> bool:
        """Is it a run of letters?"""
        return self.text[0].isalpha()


def tokens_of(said: str) -> tuple[Token, ...]:
    """What ``said`` consists of. Raises WordsTooLong, WordsUnprintable."""
    if len(said) > LONGEST:
        raise WordsTooLong(LONGEST)
    for character in said:
        is_plain = character.isspace() or "0" <= character <= "9"
        if not is_plain and unicodedata.category(character) in _HIDDEN:
            raise WordsUnprintable
    return tuple(Token(_plain(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(said))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn") or text


class Cursor:
    """A place among the tokens. What is taken is behind it."""

    def __init__(self, said: str) -> None:
        self.said = said
        self.tokens = tokens_of(said)
        self.at = 0

    @property
    def is_done(self) -> bool:
        """Is everything taken?"""
        return self.at >= len(self.tokens)

    def text(self, ahead: int = 0) -> str:
        """The token so far ahead, or nothing at the end."""
        place = self.at + ahead
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def is_glued(self, ahead: int = 1) -> bool:
        """Does the token so far ahead follow the one before it without a space?"""
        place = self.at + ahead
        if not 0 < place < len(self.tokens):
            return False
        return self.tokens[place].start == self.tokens[place - 1].end

    def number(self, ahead: int = 0, digits: Container[int] = (1, 2)) -> int | None:
        """The number so far ahead, if it is one with so many digits."""
        text = self.text(ahead)
        if text and "0" <= text[0] <= "9" and len(text) in digits:
            return int(text)
        return None

    def skip(self, count: int = 1) -> None:
        """Takes that many tokens."""
        self.at += count

    def take(self, *phrases: str) -> bool:
        """Takes the first of the phrases (words with spaces between) that stands here."""
        first = self.text()
        for phrase in phrases:
            if not first or not phrase.startswith(first):
                continue
            words = phrase.split()
            if all(self.text(n) == word for n, word in enumerate(words)):
                self.skip(len(words))
                return True
        return False

    def take_all(self, words: Container[str]) -> None:
        """Takes tokens as long as they are among these."""
        while self.text() and self.text() in words:
            self.skip()

    def take_any(self, meanings: Mapping[str, _Meaning]) -> _Meaning | None:
        """Takes a token that has a meaning here, and returns it; None is never a meaning."""
        found = meanings.get(self.text())
        if found is not None:
            self.skip()
        return found

    def words(self, start: int, end: int | None = None) -> str:
        """What stands from one token to before another, as it was written."""
        stop = self.at if end is None else end
        if start >= stop or start >= len(self.tokens):
            return ""
        return self.said[self.tokens[start].start : self.tokens[stop - 1].end]


def take_number(cursor: Cursor) -> int | None:
    """Takes a number in up to four digits, or a word up to twelve."""
    number = cursor.number(digits=(1, 2, 3, 4))
    if number is None:
        return cursor.take_any(NUMBERS)
    cursor.skip()
    return number
