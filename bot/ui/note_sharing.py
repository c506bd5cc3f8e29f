"""The buttons under a note that was just written: who may read it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.members import NoteSharing
from bot.render.words import Words
from bot.ui.controls import Control, button


def sharing_controls(
    note_ids: Iterable[int], sharing: NoteSharing, words: Words, row: int | None = None
) -> list[Control]:
    """Share the notes or keep them private; only what would change something."""
    ids = "-".join(str(note_id) for note_id in note_ids)
    shown = []
    if sharing is not NoteSharing.SHARED:
        label = words.text("Share with the server")
        shown.append(button(label, "notes-share", ids, NoteSharing.SHARED.value, row=row))
    if sharing is not NoteSharing.PRIVATE:
        label = words.text("Keep private")
        shown.append(button(label, "notes-share", ids, NoteSharing.PRIVATE.value, row=row))
    return shown
