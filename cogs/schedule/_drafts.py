"""A club that is to be made or edited: written, echoed, changed, and saved when confirmed.

What was written stands on the message of the echo and is read back from it; when it was read,
and in whose zone, stands in the id of *Save*. So a draft outlives a restart, and means the same.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import discord

from bot.client import ClubBot
from bot.domain.club_drafts import Written, edit_of
from bot.domain.club_news import Announced, ClubMade
from bot.domain.clubs import Club, ClubChange, ClubDraft, ClubEdit
from bot.domain.errors import ClubError, StaleControl
from bot.domain.members import Actor
from bot.domain.schedule.reading import When
from bot.render.club_drafts import (
    draft_embed,
    edit_text,
    is_change,
    new_club_text,
    overtaken_text,
    question_text,
    title_of,
    written_on,
)
from bot.render.club_words import announced_text, club_line, next_text
from bot.render.refusals import refusal
from bot.render.schedule_words import in_words
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import Control, Press, button, controls_view
from bot.ui.forms import Submission
from bot.ui.living import require_posting
from bot.ui.opening import again_button, open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, turn
from cogs.schedule._choices import original_in, place_of, place_written
from cogs.schedule._form import ACTION, club_form, sent_of

# No draft was shown later; a number beyond it was made up.
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)


class DraftDoor:
    """Every press is authorised and everything is read again."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._clubs = bot.services.clubs
        self._organising = bot.services.club_organising
        self._reading = bot.services.schedule_reading
        self._news = bot.services.club_news
        bot.controls.on(ACTION, self.press_change)
        bot.controls.on("schedule-save", self.press_save)
        bot.forms.on(ACTION, self.submit)

    async def create(self, interaction: discord.Interaction, written: Written) -> None:
        """Show what a new club would be."""
        await self._show(interaction, 0, None, written)

    async def edit(
        self, interaction: discord.Interaction, club_id: int, original: date | None
    ) -> None:
        """Open the form with what holds for the club."""
        await self._open(interaction, club_id, original, None)

    async def press_change(self, press: Press) -> None:
        """*Change*, *Edit*: the form, with what was written before or what holds."""
        club_id, original = press.number(0), original_in(press, 1)
        message = press.interaction.message
        written = None if message is None else written_on(message.embeds)
        if written is None and club_id == 0:
            raise StaleControl
        await self._open(press.interaction, club_id, original, written)

    async def submit(self, sent: Submission) -> None:
        """The form was sent in."""
        await self._show(sent.interaction, sent.number(0), original_in(sent, 1), sent_of(sent))

    async def press_save(self, press: Press) -> None:
        """*Save*: what is written on the message, read as when it was shown."""
        interaction, who = press.interaction, actor(press.interaction)
        club_id, original = press.number(0), original_in(press, 1)
        read_at = datetime.fromtimestamp(min(press.number(2), _LATEST.timestamp()), UTC)
        usual = self._reading.known(press.argument(3))
        written = None if interaction.message is None else written_on(interaction.message.embeds)
        if written is None:
            raise StaleControl
        await self._organising.require_organiser(who)
        require_posting(interaction, written.channel_id)
        if club_id == 0:
            draft = self._draft(interaction, written, usual, read_at)
            work = self._create(who, draft)
        else:
            club = await self._clubs.club(who.guild_id, club_id)
            if press.arguments[4:] not in ((), (_digest(club),)):
                await self._show(interaction, club_id, original, written, is_overtaken=True)
                return
            edit, first = self._edit(interaction, club, written, usual, read_at, original)
            work = self._change(who, club_id, edit, first)
        club, announced = await in_time(interaction, work, private=True)
        await self._done(interaction, club, announced)

    async def _create(self, who: Actor, draft: ClubDraft) -> tuple[Club, Announced]:
        club = await self._organising.create(who, draft)
        return club, await self._news.tell(ClubMade(club))

    async def _change(
        self, who: Actor, club_id: int, edit: ClubEdit, original: date | None
    ) -> tuple[Club, Announced]:
        change = await self._organising.edit(who, club_id, edit, original)
        return change.after, await self._news.tell(change)

    async def _done(
        self, interaction: discord.Interaction, club: Club, announced: Announced
    ) -> None:
        words, now = self._words, discord.utils.utcnow()
        lines = [
            club_line(club, words),
            next_text(club, now, words),
            announced_text(announced, club.channel_id, words),
        ]
        embed = discord.Embed(
            title=words.text("Saved"), description="\n".join(lines), colour=COLOUR
        )
        edit = button(words.text("Edit"), ACTION, club.id, "")
        await turn(interaction, embed=embed, view=controls_view([edit]))

    async def _open(
        self,
        interaction: discord.Interaction,
        club_id: int,
        original: date | None,
        written: Written | None,
    ) -> None:
        shown = await self._prefilled(actor(interaction), club_id, written)
        made = club_form(club_id, original, shown, self._words)
        # What was written before stands on the message that was pressed, and on no other.
        again = None if written else again_button(self._words, ACTION, club_id, original or "")
        await open_form(interaction, made, self._words, again)

    async def _prefilled(self, who: Actor, club_id: int, written: Written | None) -> Written:
        if club_id == 0:
            await self._organising.require_room(who)
            assert written is not None
            return written
        await self._organising.require_organiser(who)
        club = await self._clubs.club(who.guild_id, club_id)
        club.require_live()
        return written or club_written(club)

    async def _show(
        self,
        interaction: discord.Interaction,
        club_id: int,
        original: date | None,
        written: Written,
        *,
        is_overtaken: bool = False,
    ) -> None:
        """The echo with *Save*, or the question that is left; either with *Change*.

        ``is_overtaken`` is one that the club was changed under.
        """
        who, words, now = actor(interaction), self._words, discord.utils.utcnow()
        if club_id == 0:
            await self._organising.require_room(who)
        else:
            await self._organising.require_organiser(who)
        require_posting(interaction, written.channel_id)
        items: list[Control] = []
        usual: str | None = None
        shown: tuple[str, ...] = ()
        try:
            if club_id == 0:
                usual = await self._reading.usual_zone(who)
                draft = self._draft(interaction, written, usual, now)
                work = self._organising.preview(who, draft)
                coming = await in_time(interaction, work, private=True)
                body, can_save = new_club_text(draft, coming, words), True
            else:
                club = await self._clubs.club(who.guild_id, club_id)
                usual, shown = club.series.zone, (_digest(club),)
                edit, first = self._edit(interaction, club, written, usual, now, original)
                planned = self._organising.preview_edit(who, club_id, edit, first)
                change: ClubChange = await in_time(interaction, planned, private=True)
                body, can_save = edit_text(change, now, words), is_change(change)
        except ClubError as error:
            body, can_save = question_text(refusal(error, words), words), False
        if is_overtaken:
            body = f"{overtaken_text(words)}\n{body}"
        if can_save:
            items.append(self._save_button(club_id, original, now, usual, *shown))
        items.append(button(words.text("Change"), ACTION, club_id, original or ""))
        embed = draft_embed(written, title_of(club_id, words), body, words)
        await turn(interaction, embed=embed, view=controls_view(items))

    def _save_button(
        self, club_id: int, original: date | None, now: datetime, usual: str | None, *shown: str
    ) -> Control:
        read_at = int(now.timestamp())
        return button(
            self._words.text("Save"), "schedule-save", club_id, original or "", read_at,
            usual or "", *shown, style=discord.ButtonStyle.success,
        )  # fmt: skip

    def _draft(
        self,
        interaction: discord.Interaction,
        written: Written,
        usual: str | None,
        read_at: datetime,
    ) -> ClubDraft:
        when = self._reading.when(written.when, usual, read_at)
        return written.draft(when, place_of(interaction.guild, written.place))

    def _edit(
        self,
        interaction: discord.Interaction,
        club: Club,
        written: Written,
        usual: str | None,
        read_at: datetime,
        original: date | None,
    ) -> tuple[ClubEdit, date | None]:
        when: When | None = None
        if written.when != club_written(club).when:
            when = self._reading.when(written.when, usual, read_at)
        place = club.place
        if written.place != place_written(club.place):
            place = place_of(interaction.guild, written.place)
        return edit_of(club, written, place, when, original)


def _digest(club: Club) -> str:
    """Of what holds for a club: another one, and *Save* would do something else than was shown."""
    return hashlib.sha256(repr(club_written(club)).encode()).hexdigest()[:8]


def club_written(club: Club) -> Written:
    """What holds for a club, as one would write it: in the words that the reading knows."""
    rule = in_words(club.series.recurrence, club.series.zone, Words())
    minutes = int(club.length.total_seconds()) // 60
    return Written.of(club.name, rule, place_written(club.place), str(minutes), club.channel_id)
