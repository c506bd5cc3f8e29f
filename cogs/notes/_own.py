"""Presses and forms that change a member's own notes."""

from __future__ import annotations

from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import NotFound, StaleControl
from bot.domain.members import NoteSharing
from bot.render.notes import paper_of
from bot.render.own_notes import always_text, delete_question, own_notes_page, shared_text
from bot.ui.controls import Press, button, controls_view
from bot.ui.forms import Submission
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, turn
from bot.ui.routes import Called
from cogs.notes._forms import chosen_kind, edit_form
from cogs.notes._views import delete_view, own_notes_view

# A form has at most five fields, so no more notes come from one.
_MOST_AT_ONCE = 5


class OwnNotesCog(commands.Cog, name="own notes"):
    """Every press names a note, and every note is looked up as one of the presser's own."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._notes = bot.services.notes
        self._catalogues = bot.services.catalogues
        bot.controls.on("notes-mine", self.press_page)
        bot.controls.on("note-edit", self.press_edit)
        bot.controls.on("note-delete", self.press_delete)
        bot.controls.on("note-delete-yes", self.press_delete_yes)
        bot.controls.on("note-share", self.press_share)
        bot.controls.on("notes-share", self.press_answer)
        bot.controls.on("notes-always", self.press_always)
        bot.forms.on("note-edit", self.submit_edit)

    async def press_page(self, press: Press) -> None:
        """Another page of one's own notes."""
        await self._turn(press, press.number(0))

    async def press_edit(self, press: Press) -> None:
        """*Edit*: the note in a form."""
        who = actor(press.interaction)
        note = await self._notes.own(who, press.number(0))
        catalogue = await self._catalogues.of(who.guild_id)
        made = edit_form(note, paper_of(note, catalogue), press.number(1), self._words)
        await open_form(press.interaction, made, self._words)

    async def submit_edit(self, submission: Submission) -> None:
        """The form of *Edit*."""
        who, note_id = actor(submission.interaction), submission.number(0)
        kind, text = chosen_kind(submission), submission.text("text")
        await in_time(
            submission.interaction, self._notes.edit(who, note_id, kind, text), private=True
        )
        await self._turn(submission, submission.number(1))

    async def press_delete(self, press: Press) -> None:
        """*Delete*: ask first."""
        note_id, page = press.number(0), press.number(1)
        who = actor(press.interaction)
        note = await in_time(press.interaction, self._notes.own(who, note_id))
        catalogue = await self._catalogues.of(who.guild_id)
        embed = delete_question(note, catalogue, self._words)
        view = delete_view(note_id, page, self._words)
        await turn(press.interaction, embed=embed, view=view)

    async def press_delete_yes(self, press: Press) -> None:
        """*Delete*, once more."""
        work = self._notes.delete(actor(press.interaction), press.number(0))
        await in_time(press.interaction, work)
        await self._turn(press, press.number(1))

    async def press_share(self, press: Press) -> None:
        """*Share* and *Keep private* beside one of the listed notes."""
        shared = _choice(press.argument(2)) is NoteSharing.SHARED
        who, page = actor(press.interaction), press.number(1)
        work = self._notes.share(who, [press.number(0)], shared=shared)
        await in_time(press.interaction, work)
        await self._turn(press, page)

    async def press_answer(self, press: Press) -> None:
        """*Share with the server* and *Keep private* under notes that were just written."""
        sharing = _choice(press.argument(1))
        note_ids = _numbers(press.argument(0))
        shared = sharing is NoteSharing.SHARED
        work = self._notes.share(actor(press.interaction), note_ids, shared=shared)
        await in_time(press.interaction, work)
        said = shared_text(len(note_ids), self._words, shared=shared)
        always = button(self._words.text("Always do this"), "notes-always", sharing.value)
        view = controls_view([always])
        await reply(press.interaction, content=said, view=view, private=True)

    async def press_always(self, press: Press) -> None:
        """*Always do this*."""
        sharing = _choice(press.argument(0))
        await in_time(press.interaction, self._notes.always(actor(press.interaction), sharing))
        await reply(press.interaction, content=always_text(sharing, self._words), private=True)

    async def _turn(self, called: Called, page: int) -> None:
        interaction, who = called.interaction, actor(called.interaction)
        shown = await in_time(interaction, self._notes.mine(who, page), private=True)
        catalogue = await self._catalogues.of(who.guild_id)
        embed = own_notes_page(shown, catalogue, who.guild_id, self._words)
        await turn(interaction, embed=embed, view=own_notes_view(shown, self._words))


def _choice(text: str) -> NoteSharing:
    """Shared or private. Raises StaleControl for all else."""
    if text not in (NoteSharing.SHARED.value, NoteSharing.PRIVATE.value):
        raise StaleControl
    return NoteSharing(text)


def _numbers(text: str) -> list[int]:
    """The notes of one form. Raises StaleControl for what no form has made."""
    parts = text.split("-")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 18 for part in parts):
        raise StaleControl
    if len(parts) > _MOST_AT_ONCE:
        raise NotFound
    return [int(part) for part in parts]
