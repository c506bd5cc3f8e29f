"""*Undo*: the one button by which a step of an organiser is taken back."""

from __future__ import annotations

from bot.render.words import Words
from bot.ui.controls import Control, button

ACTION = "undo"


def undo_button(line_id: int, words: Words) -> Control:
    """Takes back what stands on this line of the trail, while it can be.

    It is answered by the door of the trail, which authorises whoever presses.
    """
    return button(words.text("Undo"), ACTION, line_id)
