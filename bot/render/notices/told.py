"""A notice in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A button under a notice: what it says, which action it means and on what.

    ``in_server`` is True for what a direct message is no place for.
    """

    label: str
    action: str
    arguments: tuple[object, ...]
    in_server: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words. ``content`` fits one message."""

    content: str
    answers: tuple[Answer, ...] = ()
