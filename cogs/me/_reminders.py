"""One's own reminders: the panel, and what stands under every direct message."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import time
from typing import Any

import discord

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.members import Actor, DmConsent
from bot.domain.reminders import BudgetImpossible, OwnReminders, QuietUnclear
from bot.domain.schedule.reading import read_time
from bot.render.own_reminders import muted_text, reminders_panel
from bot.render.signups import dm_text
from bot.ui.controls import Press
from bot.ui.forms import Submission
from bot.ui.opening import open_form
from bot.ui.place import actor_anywhere
from bot.ui.reply import in_time, reply, turn
from cogs.me._reminder_views import (
    CHANNEL,
    DAY,
    HOUR,
    mute_choice_view,
    quiet_form,
    reminders_view,
    settings_view,
    unmute_view,
)

_YES = {"yes": True, "no": False}
_NO_CLUB = 0


class RemindersDoor:
    """Every press is about the reminders of whoever presses, wherever it is made."""

    def __init__(self, bot: ClubBot) -> None:
        self._own = bot.services.own_reminders
        self._words = bot.words
        bot.controls.on("reminders-settings", self.press_settings)
        bot.controls.on("reminders-mute", self.press_mute)
        bot.controls.on("reminders-muted", self.press_muted)
        bot.controls.on("remind-where", self.press_where)
        bot.controls.on("remind-leads", self.press_leads)
        bot.controls.on("remind-muted", self.press_only)
        bot.controls.on("remind-set", self.press_set)
        bot.controls.on("remind-quiet", self.press_quiet)
        bot.forms.on("remind-quiet", self.submit_quiet)

    async def press_settings(self, press: Press) -> None:
        """The panel, as a message of its own."""
        who = actor_anywhere(press)
        own = await in_time(press.interaction, self._own.own(who), private=True)
        embed, view = self._panel(own, who)
        await reply(press.interaction, embed=embed, view=view, private=True)

    async def press_mute(self, press: Press) -> None:
        """*Mute this*: the club it told of; of several things the member says which.

        What is of no club is about the member's own sign-ups: there is only no DM at all.
        """
        who, message = actor_anywhere(press), press.interaction.message
        club_id = press.number(1)
        told = {} if message is None else await self._own.told_in(who, message.id)
        if len(told) > 1:
            text = self._words.text("That told of several things. Which shall I keep to myself?")
            view = mute_choice_view(told, who.guild_id, self._words)
            await reply(press.interaction, content=text, view=view, private=True)
        elif club_id == _NO_CLUB:
            await in_time(press.interaction, self._own.allow_dms(who, DmConsent.NO), private=True)
            text, view = dm_text(False, self._words), settings_view(who.guild_id, self._words)
            await reply(press.interaction, content=text, view=view, private=True)
        else:
            await self._mute(press, who, club_id, muted=True)

    async def press_muted(self, press: Press) -> None:
        """One club is muted, or heard again."""
        muted = _YES.get(press.argument(1))
        if muted is None:
            raise StaleControl
        await self._mute(press, actor_anywhere(press), press.number(0), muted=muted)

    async def press_where(self, press: Press) -> None:
        """Sessions are told of in the channel or directly."""
        who = actor_anywhere(press)
        by_dm = bool(press.values) and press.values[0] != CHANNEL
        await self._turn(press, who, self._own.choose(who, by_dm=by_dm))

    async def press_leads(self, press: Press) -> None:
        """How long before a session."""
        who, wanted = actor_anywhere(press), press.values
        work = self._own.choose(who, day_before=DAY in wanted, hour_before=HOUR in wanted)
        await self._turn(press, who, work)

    async def press_only(self, press: Press) -> None:
        """The clubs that are muted, of all there are."""
        who = actor_anywhere(press)
        if not all(one.isascii() and one.isdecimal() and len(one) < 19 for one in press.values):
            raise StaleControl
        await self._turn(press, who, self._own.mute_only(who, {int(one) for one in press.values}))

    async def press_set(self, press: Press) -> None:
        """A switch."""
        who, what = actor_anywhere(press), press.argument(0)
        on = _YES.get(press.argument(1))
        if on is None or what not in ("reads_by", "mentioned", "dm"):
            raise StaleControl
        if what == "dm":
            work = self._own.allow_dms(who, DmConsent.YES if on else DmConsent.NO)
        else:
            work = self._own.choose(who, **{what: on})
        await self._turn(press, who, work)

    async def press_quiet(self, press: Press) -> None:
        """The form for quiet hours and the budget."""
        who = actor_anywhere(press)
        own = await self._own.own(who)
        await open_form(press.interaction, quiet_form(own, who.guild_id, self._words), self._words)

    async def submit_quiet(self, sent: Submission) -> None:
        """The form was sent in."""
        who = actor_anywhere(sent)
        begin, end = sent.text("from").strip(), sent.text("until").strip()
        budget = sent.text("budget").strip()
        if not (budget.isascii() and budget.isdecimal() and len(budget) <= 3):
            raise BudgetImpossible
        quiet = (_time(begin), _time(end)) if begin or end else None
        zone = sent.text("zone").strip() or None
        await self._turn(sent, who, self._own.set_quiet(who, quiet, zone, int(budget)))

    async def _mute(self, press: Press, who: Actor, club_id: int, *, muted: bool) -> None:
        work = self._own.mute(who, club_id, muted=muted)
        name = await in_time(press.interaction, work, private=True)
        text = muted_text(name, muted=muted, words=self._words)
        view = unmute_view(club_id, who.guild_id, self._words) if muted else None
        await reply(press.interaction, content=text, view=view, private=True)

    async def _turn(
        self,
        called: Press | Submission,
        who: Actor,
        work: Coroutine[Any, Any, OwnReminders],
    ) -> None:
        interaction = called.interaction
        embed, view = self._panel(await in_time(interaction, work, private=True), who)
        await turn(interaction, embed=embed, view=view)

    def _panel(self, own: OwnReminders, who: Actor) -> tuple[discord.Embed, discord.ui.View]:
        view = reminders_view(own, who.guild_id, self._words)
        return reminders_panel(own, self._words), view


def _time(typed: str) -> time:
    """A time of day as people write it: "22:00", "22", "10 pm". Raises QuietUnclear."""
    found = read_time(typed)
    if found is None:
        raise QuietUnclear
    return found
