"""What a value in a BibTeX file stands for: ``{text}``, ``"text"``, ``2020``, ``name # "text"``."""

from __future__ import annotations

import re

from bot.domain.imports.contents import Fault
from bot.exchange.limits import DEEPEST, LONGEST_LATEX, MOST_TEXT
from bot.exchange.values import EntryWrong

_WORD = re.compile(r"[^\s\"{}#,=]+")
_MARK = re.compile(r"(?<!\\)[{}\"]")
_BRACE = re.compile(r"(?<!\\)[{}]")


class Abbreviations:
    """The texts that a file defines by ``@string``, by their name in small letters.

    One that is broken or too long is as good as undefined, and so are all after ``MOST_TEXT``
    characters of them.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._length = 0

    def add(self, name: str, value: str) -> None:
        """Define ``name``; ``value`` may use what was defined before."""
        try:
            text = value_of(value, self, name)
        except EntryWrong:
            return
        self._length += len(text)
        if self._length <= MOST_TEXT:
            self._texts[name.lower()] = text

    def text(self, name: str) -> str | None:
        """The text called ``name``, or None."""
        return self._texts.get(name.lower())


def value_of(value: str, abbreviations: Abbreviations, field: str) -> str:
    """The text without what encloses it. Raises EntryWrong, naming ``field``.

    It is wrong where it is longer than a field may be, nested too deeply, made of parts that are
    not joined, or uses a name that nothing defines.
    """
    if len(value) > 2 * LONGEST_LATEX:
        raise EntryWrong(Fault.TOO_LONG, field)
    parts: list[str] = []
    place, length = 0, 0
    while True:
        part, place = _part(value, place, abbreviations, field)
        length += len(part)
        if length > LONGEST_LATEX:
            raise EntryWrong(Fault.TOO_LONG, field)
        parts.append(part)
        rest = value[place:].lstrip()
        if not rest:
            break
        if not rest.startswith("#"):
            raise EntryWrong(Fault.SYNTAX, field)
        place = len(value) - len(rest) + 1
    text = "".join(parts)
    _check_depth(text, field)
    return text


def _part(value: str, place: int, abbreviations: Abbreviations, field: str) -> tuple[str, int]:
    while place < len(value) and value[place].isspace():
        place += 1
    if value.startswith(("{", '"'), place):
        end = _end(value, place)
        if end is None:
            raise EntryWrong(Fault.SYNTAX, field)
        return value[place + 1 : end], end + 1
    word = _WORD.match(value, place)
    if word is None:
        raise EntryWrong(Fault.SYNTAX, field)
    text = word[0] if word[0].isdigit() else abbreviations.text(word[0])
    if text is None:
        raise EntryWrong(Fault.TEXT_UNDEFINED, field)
    return text, word.end()


def _end(value: str, start: int) -> int | None:
    """Where the brace or quotation mark at ``start`` is closed; None if nowhere."""
    quoted = value[start] == '"'
    depth = 0
    for mark in _MARK.finditer(value, start + 1):
        if mark[0] == '"':
            if quoted and depth == 0:
                return mark.start()
        elif mark[0] == "{":
            depth += 1
        elif depth == 0:
            return None if quoted else mark.start()
        else:
            depth -= 1
    return None


def _check_depth(text: str, field: str) -> None:
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth > DEEPEST:
            raise EntryWrong(Fault.TOO_DEEP, field)
