"""The forms of what an own entry or a proposal holds: opened, sent in, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.entry_forms import WrittenTheory
from bot.domain.entry_parts import (
    EntryPart,
    Find,
    Slip,
    Written,
    WrittenNeeds,
    WrittenRelations,
    apply,
)
from bot.domain.errors import StaleControl, TopicUnknown
from bot.domain.members import Actor
from bot.domain.own_entries import EditKind, EntryKind, OwnEntry
from bot.domain.proposals import Proposal
from bot.render.curating import made_text
from bot.render.entry_parts import relations_text
from bot.render.markdown import fit
from bot.render.proposals import rewritten_text
from bot.services.curating import Made
from bot.ui.controls import Control, Press, controls_view
from bot.ui.forms import Submission
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, is_first, reply, revise
from bot.ui.routes import Called
from cogs.catalogue._part_controls import PROPOSAL, made_controls, proposal_controls
from cogs.catalogue._part_forms import ACTION, part_digest, part_form, written_part


class PartsCog(commands.Cog, name="catalogue-parts"):
    """An entry is the organisers' to change, a proposal that waits its proposer's."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._lookup = bot.services.lookup
        self._curating = bot.services.curating
        self._proposals = bot.services.proposals
        self._catalogues = bot.services.catalogues
        bot.controls.on(ACTION, self.press_part)
        bot.controls.on("proposal-edit", self.press_proposal)
        bot.forms.on(ACTION, self.submit_part)

    async def press_part(self, press: Press) -> None:
        """One of the forms, filled in with what stands there now."""
        who, part, target = actor(press.interaction), _part(press), _target(press)
        entry = await self._entry(who, target)
        catalogue = await self._catalogues.of(who.guild_id)
        made = part_form(part, entry, target, catalogue, self._words)
        await open_form(press.interaction, made, self._words)

    async def press_proposal(self, press: Press) -> None:
        """*Change it* under a proposal."""
        who, number = actor(press.interaction), press.number(0)
        found = await in_time(press.interaction, self._proposals.own(who, number), private=True)
        text = rewritten_text(found.entry, (), self._words)
        items = proposal_controls(found.entry.ref[0], found.id, self._words)
        await reply(press.interaction, content=text, view=controls_view(items), private=True)

    async def submit_part(self, sent: Submission) -> None:
        """A form that comes back: the entry is changed, or the proposal."""
        who, part, target = actor(sent.interaction), _part(sent), _target(sent)
        written = written_part(part, sent)
        self._check(written)
        finders = await self._finders(who, written)
        catalogue = await self._catalogues.of(who.guild_id)
        # A form that an older version opened does not say what it showed.
        shown = sent.arguments[3] if len(sent.arguments) > 3 else ""
        slips: tuple[Slip, ...] = ()
        is_overtaken = False

        def changed(entry: OwnEntry) -> OwnEntry:
            nonlocal slips, is_overtaken
            is_overtaken = shown not in ("", part_digest(part, entry, catalogue, self._words))
            applied, slips = apply(written, entry, *finders)
            return applied

        work = self._change(who, target, changed)
        done = await in_time(sent.interaction, work, private=True)
        words = self._words
        if isinstance(done, Made):
            text = made_text(EditKind.CHANGED, done.entry, slips, words, is_overtaken=is_overtaken)
            items = made_controls(done, words)
        else:
            text = rewritten_text(done.entry, slips, words)
            items = proposal_controls(done.entry.ref[0], done.id, words)
        if isinstance(written, WrittenRelations):
            # Names were taken as they may be meant: here is how.
            catalogue = await self._catalogues.of(who.guild_id)
            said, _, more = text.partition("\n")
            parts = said, relations_text(done.entry, catalogue, words), more
            text = fit("\n".join(part for part in parts if part), 2000)
        await show(sent.interaction, text, items)

    async def _change(
        self, who: Actor, target: tuple[str, str], changed: Callable[[OwnEntry], OwnEntry]
    ) -> Made | Proposal:
        kind, key = target
        if kind == PROPOSAL:
            return await self._proposals.change(who, int(key), changed)
        return await self._curating.change(who, (EntryKind(kind), key), changed)

    async def _finders(self, who: Actor, written: Written) -> tuple[Find, Find]:
        """How theories are found by name; only relations name any."""
        if isinstance(written, WrittenRelations):
            return await self._lookup.finders(who.guild_id)
        return (lambda _: None), (lambda _: None)

    def _check(self, written: Written) -> None:
        """Raises TopicUnknown, and StaleControl for a tag that there is not."""
        vocabulary = self._catalogues.shipped.vocabulary
        if isinstance(written, WrittenTheory) and written.topic not in vocabulary.topics:
            raise TopicUnknown
        tags = written.prerequisites if isinstance(written, WrittenNeeds) else ()
        if not set(tags) <= set(vocabulary.prerequisites):
            raise StaleControl

    async def _entry(self, who: Actor, target: tuple[str, str]) -> OwnEntry:
        """What is to be changed, if they may change it."""
        kind, key = target
        if kind == PROPOSAL:
            return (await self._proposals.own(who, int(key))).entry
        return await self._curating.entry(who, (EntryKind(kind), key))


async def show(interaction: discord.Interaction, text: str, items: Sequence[Control]) -> None:
    """What a form has done: on the private message it was opened from, where there is one."""
    view, message = controls_view(items), interaction.message
    if message is not None and message.flags.ephemeral and await is_first(interaction):
        await revise(interaction, content=text, view=view)
    else:
        await reply(interaction, content=text, view=view, private=True)


def _part(called: Called) -> EntryPart:
    """The form that is meant. Raises StaleControl."""
    try:
        return EntryPart(called.argument(0))
    except ValueError:
        raise StaleControl from None


def _target(called: Called) -> tuple[str, str]:
    """What it is about: an entry by its kind and id, or a proposal. Raises StaleControl."""
    kind, key = called.argument(1), called.argument(2)
    if kind == PROPOSAL:
        return kind, str(called.number(2))
    if kind not in list(EntryKind):
        raise StaleControl
    return kind, key
