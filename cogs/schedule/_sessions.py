"""Single sessions: skipped, taken back, and moved."""

from __future__ import annotations

import re
from collections.abc import Coroutine
from datetime import date, datetime
from typing import Any

import discord

from bot.client import ClubBot
from bot.domain.club_news import Announced
from bot.domain.club_sessions import ClubSession, SessionChange
from bot.domain.errors import StaleControl
from bot.render.club_sessions import move_text, moved_text, skipped_text, unskipped_text
from bot.render.club_words import announced_text
from bot.ui.controls import Control, Press, button, controls_view
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, revise
from bot.ui.undoing import undo_button
from cogs.schedule._choices import Chooser, original_in

_SKIP, _UNSKIP, _MOVE = "schedule-skip", "schedule-unskip", "schedule-move"
_WALL = re.compile(r"[0-9]{12}", re.ASCII)
_FORMAT = "%Y%m%d%H%M"


class SessionDoor:
    """A session is named by its club and its original day, in options as in ids."""

    def __init__(self, bot: ClubBot, chooser: Chooser) -> None:
        self._words = bot.words
        self._chooser = chooser
        self._sessions = bot.services.sessions
        self._organising = bot.services.session_organising
        self._clubs = bot.services.club_organising
        self._reading = bot.services.schedule_reading
        self._news = bot.services.club_news
        bot.controls.on(_SKIP, self.press_skip)
        bot.controls.on(_UNSKIP, self.press_unskip)
        bot.controls.on(_MOVE, self.press_move)

    async def skip(self, interaction: discord.Interaction, typed: str) -> None:
        """``/schedule skip``."""
        await self._clubs.require_organiser(actor(interaction))
        club_id, original = await self._chooser.session(actor(interaction), typed)
        text, view = await self._skipped(interaction, club_id, original)
        await reply(interaction, content=text, view=view, private=True)

    async def press_skip(self, press: Press) -> None:
        """*Skip after all*."""
        text, view = await self._skipped(press.interaction, press.number(0), _day(press))
        await revise(press.interaction, content=text, view=view)

    async def press_unskip(self, press: Press) -> None:
        """*Let it take place*: the skip is over."""
        club_id, original = press.number(0), _day(press)
        work = self._organising.unskip(actor(press.interaction), club_id, original)
        change, announced = await self._told(press.interaction, work)
        text = self._with(unskipped_text(change.after, self._words), change, announced)
        again = button(self._words.text("Skip after all"), _SKIP, club_id, original)
        await revise(press.interaction, content=text, view=controls_view([again]))

    async def move(self, interaction: discord.Interaction, typed: str, to: str) -> None:
        """``/schedule move``: what was understood, with *Save*."""
        who = actor(interaction)
        await self._clubs.require_organiser(who)
        club_id, original = await self._chooser.session(who, typed)
        found = await self._sessions.session(who.guild_id, club_id, original)
        series = found.club.timetable.series_on(original)
        occurrence = found.occurrence
        wall = self._reading.moment(
            to, series.zone, day=occurrence.wall.date(), at=occurrence.wall.time()
        )
        work = self._organising.preview_move(who, club_id, original, wall)
        change = await in_time(interaction, work, private=True)
        save = self._save_button(change.after, wall)
        text = move_text(change, self._words)
        await reply(interaction, content=text, view=controls_view([save]), private=True)

    async def press_move(self, press: Press) -> None:
        """*Save* of a move."""
        club_id, original, wall = press.number(0), _day(press), _wall(press)
        work = self._organising.move(actor(press.interaction), club_id, original, wall)
        change, announced = await self._told(press.interaction, work)
        text = self._with(moved_text(change, self._words), change, announced)
        items = [] if change.line_id is None else [undo_button(change.line_id, self._words)]
        await revise(press.interaction, content=text, view=controls_view(items))

    async def _skipped(
        self, interaction: discord.Interaction, club_id: int, original: date
    ) -> tuple[str, discord.ui.View]:
        work = self._organising.skip(actor(interaction), club_id, original)
        change, announced = await self._told(interaction, work)
        text = self._with(skipped_text(change.after, self._words), change, announced)
        if change.line_id is not None:
            return text, controls_view([undo_button(change.line_id, self._words)])
        # It had been skipped before.
        held = button(self._words.text("Let it take place"), _UNSKIP, club_id, original)
        return text, controls_view([held])

    def _with(self, text: str, change: SessionChange, announced: Announced) -> str:
        return f"{text}\n{announced_text(announced, change.after.club.channel_id, self._words)}"

    def _save_button(self, session: ClubSession, wall: datetime) -> Control:
        return button(
            self._words.text("Save"), _MOVE, session.club.id, session.occurrence.original,
            f"{wall:{_FORMAT}}", style=discord.ButtonStyle.success,
        )  # fmt: skip

    async def _told(
        self, interaction: discord.Interaction, change: Coroutine[Any, Any, SessionChange]
    ) -> tuple[SessionChange, Announced]:
        async def both() -> tuple[SessionChange, Announced]:
            made = await change
            return made, await self._news.tell(made)

        return await in_time(interaction, both(), private=True)


def _day(press: Press) -> date:
    """The original day in an id. Raises StaleControl."""
    day = original_in(press, 1)
    if day is None:
        raise StaleControl
    return day


def _wall(press: Press) -> datetime:
    """The wall-clock time in an id. Raises StaleControl."""
    text = press.argument(2)
    try:
        if _WALL.fullmatch(text):
            return datetime.strptime(text, _FORMAT)  # noqa: DTZ007 - wall-clock time has no zone
    except ValueError:
        pass
    raise StaleControl
