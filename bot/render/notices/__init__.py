"""What a notice says, and which buttons stand under it.

One module a capability; each knows its own kinds and gives None for others.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.notices import Notice
from bot.render.words import Words


@dataclass(frozen=True, slots=True)
class Answer:
    """A button under a notice: what it says, which action it means and on what."""

    label: str
    action: str
    arguments: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words. ``content`` fits one message."""

    content: str
    answers: tuple[Answer, ...] = ()


def told(notice: Notice, catalogue: Catalogue, words: Words) -> Told:
    """The notice as the member reads it."""
    raise NotImplementedError
