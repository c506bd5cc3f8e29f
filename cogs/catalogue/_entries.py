"""What becomes of a form, and the presses on own entries: history, offer again."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.catalogue import Vocabulary
from bot.domain.entry_parts import Slip
from bot.domain.errors import NotFound, StaleControl, TopicUnknown
from bot.domain.members import Actor
from bot.domain.own_entries import EditKind, EntryKind, EntryRef, OwnEntry
from bot.render.curating import alike_text, edit_text, history_text, made_text, retired_text
from bot.render.proposals import proposed_text
from bot.render.words import Words
from bot.services.curating import Made
from bot.services.proposals import Written
from bot.ui.controls import Control, Press, button, controls_view
from bot.ui.forms import Submission
from bot.ui.place import actor
from bot.ui.reply import in_time, reply
from bot.ui.undoing import undo_button
from cogs.catalogue._forms import PAPER, THEORY, role_of, written_paper, written_theory
from cogs.catalogue._part_controls import entry_controls, made_controls, proposal_controls
from cogs.catalogue._threads import place_for


class EntriesCog(commands.Cog, name="catalogue-entries"):
    """Every press is authorised again; what it is about is looked up in its server."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._words = bot.words
        self._placing: set[int] = set()
        self._curating = bot.services.curating
        self._proposals = bot.services.proposals
        self._vocabulary: Vocabulary = bot.services.catalogues.shipped.vocabulary
        bot.forms.on(THEORY, self.submit_theory)
        bot.forms.on(PAPER, self.submit_paper)
        bot.controls.on("entry-history", self.press_history)
        bot.controls.on("entry-restore", self.press_restore)
        bot.controls.on("entry-anyway", self.press_anyway)

    async def submit_theory(self, sent: Submission) -> None:
        """The form of a new theory."""
        written = written_theory(sent)
        if written.topic not in self._vocabulary.topics:
            raise TopicUnknown
        await self._write(sent.interaction, written.applied(), ())

    async def submit_paper(self, sent: Submission) -> None:
        """The form of a new paper."""
        role = role_of(sent.arguments[1] if len(sent.arguments) > 1 else "")
        entry, unread = written_paper(sent).applied(theory=sent.argument(0), role=role)
        await self._write(sent.interaction, entry, unread)

    async def edit(self, interaction: discord.Interaction, ref: EntryRef) -> None:
        """``/catalogue edit``: the forms of an entry."""
        work = self._curating.entry(actor(interaction), ref)
        entry = await in_time(interaction, work, private=True)
        text = edit_text(entry, self._words)
        view = controls_view(entry_controls(ref, None, self._words))
        await reply(interaction, content=text, view=view, private=True)

    async def retire(self, interaction: discord.Interaction, ref: EntryRef) -> None:
        """``/catalogue retire``; one that is retired already can be offered again."""
        who = actor(interaction)
        entry = await in_time(interaction, self._curating.entry(who, ref), private=True)
        if entry.retired:
            again = button(self._words.text("Offer it again"), "entry-restore", *_named(ref))
            text, view = retired_text(entry, self._words), controls_view([again])
            await reply(interaction, content=text, view=view, private=True)
            return
        made = await in_time(interaction, self._curating.retire(who, ref), private=True)
        await self._say(interaction, EditKind.RETIRED, made, ())

    async def history(self, interaction: discord.Interaction, ref: EntryRef) -> None:
        """What was done to an entry, with *Undo* for what can be taken back."""
        work = self._curating.history(actor(interaction), ref)
        found = await in_time(interaction, work, private=True)
        items = [] if found.line_id is None else [undo_button(found.line_id, self._words)]
        text = history_text(found.entry, found.steps, self._words)
        await reply(interaction, content=text, view=controls_view(items), private=True)

    async def press_history(self, press: Press) -> None:
        """*History*."""
        await self.history(press.interaction, _ref(press))

    async def press_restore(self, press: Press) -> None:
        """*Offer it again*."""
        work = self._curating.restore(actor(press.interaction), _ref(press))
        made = await in_time(press.interaction, work, private=True)
        await self._say(press.interaction, EditKind.RESTORED, made, ())

    async def press_anyway(self, press: Press) -> None:
        """*It is another one*: added by an organiser, proposed by anybody else."""
        interaction, who, draft_id = press.interaction, actor(press.interaction), press.number(0)
        if press.argument(1) == "add":
            made = await in_time(interaction, self._proposals.add(who, draft_id), private=True)
            await self._say(interaction, EditKind.ADDED, made, ())
        else:
            await self._propose(interaction, who, draft_id, ())

    async def _write(
        self, interaction: discord.Interaction, entry: OwnEntry, unread: Sequence[Slip]
    ) -> None:
        who, words = actor(interaction), self._words
        done = await in_time(interaction, self._proposals.write(who, entry), private=True)
        if done.made is not None:
            await self._say(interaction, EditKind.ADDED, done.made, unread)
        elif done.alike is not None:
            alike = done.alike
            text = alike_text(
                entry, alike.title, alike.evidence, done.organises, words, alike.called
            )
            view = controls_view(_choice(done, words))
            await reply(interaction, content=text, view=view, private=True)
        else:
            await self._propose(interaction, who, done.draft_id, unread)

    async def _propose(
        self,
        interaction: discord.Interaction,
        who: Actor,
        draft_id: int,
        unread: Sequence[Slip],
    ) -> None:
        """Finds a place first: a thread of its own, or the channel itself."""
        if draft_id in self._placing:
            # Pressed twice at once: a second thread would stay behind, empty.
            raise NotFound
        self._placing.add(draft_id)
        try:
            work = self._proposals.require_room(who, draft_id)
            entry = await in_time(interaction, work, private=True)
            place = place_for(interaction, await self._home(who.guild_id), entry, self._words)
            channel_id = await in_time(interaction, place, private=True)
            await self._proposals.send(who, draft_id, channel_id)
        finally:
            self._placing.remove(draft_id)
        text = proposed_text(entry, channel_id, unread, self._words)
        items = proposal_controls(entry.ref[0], draft_id, self._words)
        await reply(interaction, content=text, view=controls_view(items), private=True)

    async def _home(self, guild_id: int) -> int | None:
        """The home channel; where none is set, that of the first club."""
        rules = await self._bot.services.guild_settings.rules(guild_id)
        if rules.home_channel_id is not None:
            return rules.home_channel_id
        clubs = await self._bot.services.clubs.clubs(guild_id)
        return clubs[0].channel_id if clubs else None

    async def _say(
        self,
        interaction: discord.Interaction,
        kind: EditKind,
        made: Made,
        unread: Sequence[Slip],
    ) -> None:
        words = self._words
        items = made_controls(made, words)
        text = made_text(kind, made.entry, unread, words)
        await reply(interaction, content=text, view=controls_view(items), private=True)


def _choice(done: Written, words: Words) -> list[Control]:
    assert done.alike is not None
    label = words.text("Add it anyway") if done.organises else words.text("Propose it anyway")
    return [
        button(words.text("Show the one there is"), "card", done.alike.slug, "card"),
        button(label, "entry-anyway", done.draft_id, "add" if done.organises else "propose"),
    ]


def _named(ref: EntryRef) -> tuple[str, str]:
    return ref[0].value, ref[1]


def _ref(press: Press) -> EntryRef:
    """The entry a button names. Raises StaleControl."""
    try:
        return EntryKind(press.argument(0)), press.argument(1)
    except ValueError:
        raise StaleControl from None
