"""The items of a JSON list, each with the line it begins on, which ``json.loads`` does not tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from bot.domain.imports.errors import FileBroken, FileEmpty, FileTooDeep

_SPACE = " \t\r\n"


def items_of(text: str) -> Iterator[tuple[int, Any]]:
    """The items of the list that ``text`` is, or the one item that it is.

    Raises FileBroken with the line where it stops being JSON, FileTooDeep, or FileEmpty.
    """
    lines = _Lines(text)
    place = _after_space(text, 0)
    if place == len(text):
        raise FileEmpty
    if text[place] != "[":
        line = lines.at(place)
        item, place = _decoded(text, place, lines)
        yield line, item
    else:
        place = _after_space(text, place + 1)
        while text[place : place + 1] != "]":
            line = lines.at(place)
            item, place = _decoded(text, place, lines)
            yield line, item
            place = _after_space(text, place)
            if text[place : place + 1] == ",":
                place = _after_space(text, place + 1)
                if text[place : place + 1] == "]":
                    raise FileBroken(lines.at(place))
            elif text[place : place + 1] != "]":
                raise FileBroken(lines.at(place))
        place += 1
    if _after_space(text, place) != len(text):
        raise FileBroken(lines.at(place))


class _Lines:
    """Counts lines as far as they were asked for, so that a long file is gone through once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1

    def at(self, place: int) -> int:
        if place >= self._place:
            self._line += self._text.count("\n", self._place, place)
            self._place = place
        return self._line


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place


def _decoded(text: str, place: int, lines: _Lines) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        raise FileBroken(error.lineno) from None
    except RecursionError:
        raise FileTooDeep from None
    except ValueError:  # a number of thousands of digits, or one that is none
        raise FileBroken(lines.at(place)) from None


def _not_json(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_constant=_not_json)
