"""When a member is away: planned, confirmed, taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import discord

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.members import Absence
from bot.render.member_settings import absence_text
from bot.ui.controls import Press
from bot.ui.place import actor
from bot.ui.reply import in_time, reply
from cogs.me._views import away_view, back_view


class AbsenceDoor:
    """Every press is about the absence of whoever presses."""

    def __init__(self, bot: ClubBot) -> None:
        self._members = bot.services.members
        self._words = bot.words
        bot.controls.on("me-away", self.press_away)
        bot.controls.on("me-back", self.press_back)

    async def show(self, interaction: discord.Interaction) -> None:
        """The absence that is set, or how to set one."""
        settings = await in_time(
            interaction, self._members.settings(actor(interaction)), private=True
        )
        absence = settings.absence
        if absence is None or absence.ends <= discord.utils.utcnow():
            text = self._words.text(
                "You are not away. Say when you will be: `/me away from:tomorrow to:in 2 weeks`."
            )
            await reply(interaction, content=text, private=True)
        else:
            await self._say(interaction, absence)

    async def plan(self, interaction: discord.Interaction, begins: str, ends: str) -> None:
        """Show how two dates were understood; it is saved on confirmation."""
        work = self._members.plan_absence(actor(interaction), begins, ends)
        planned = await in_time(interaction, work, private=True)
        read_in = (
            self._words.text("I read your dates in UTC: set your zone with `/me settings`.")
            if planned.zone is None
            else self._words.text("I read your dates in `{zone}`.", zone=planned.zone)
        )
        text = self._words.text(
            "Away {when}. Until you are back your sign-ups wait, and their seats are free for "
            "others. {read_in}",
            when=absence_text(planned.absence, self._words),
            read_in=read_in,
        )
        if planned.replaces is not None:
            before = absence_text(planned.replaces, self._words)
            text += " " + self._words.text(
                "It takes the place of the absence {when}: there is one at a time.", when=before
            )
        view = away_view(planned.absence, self._words)
        await reply(interaction, content=text, view=view, private=True)

    async def press_away(self, press: Press) -> None:
        """The dates are right."""
        begins, ends = _instant(press.number(0)), _instant(press.number(1))
        work = self._members.go_away(actor(press.interaction), begins, ends)
        await self._say(press.interaction, await in_time(press.interaction, work, private=True))

    async def press_back(self, press: Press) -> None:
        """Back, or not going after all."""
        work = self._members.come_back(actor(press.interaction))
        was_away = await in_time(press.interaction, work, private=True)
        text = (
            self._words.text("You are not away any more. Your sign-ups go on.")
            if was_away
            else self._words.text("You are not away.")
        )
        await reply(press.interaction, content=text, private=True)

    async def _say(self, interaction: discord.Interaction, absence: Absence) -> None:
        text = self._words.text(
            "You are away {when}. Your sign-ups wait for you meanwhile.",
            when=absence_text(absence, self._words),
        )
        await reply(interaction, content=text, view=back_view(self._words), private=True)


def _instant(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        raise StaleControl from None
