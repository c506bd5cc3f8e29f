"""The panel of settings and what is pressed on it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import discord

from bot.client import ClubBot
from bot.domain.errors import StaleControl
from bot.domain.members import (
    DmConsent,
    HoursImpossible,
    MemberSettings,
    NoteSharing,
    SettingsChange,
    Visibility,
)
from bot.render.member_settings import settings_panel, tag_titles
from bot.render.suggestions import topic_titles
from bot.ui.controls import Press
from bot.ui.forms import Submission
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, turn
from cogs.me._views import settings_view, tag_parts, zone_form

_YES = {"yes": True, "no": False}

# What a press on a setting asks for. KeyError and ValueError mean that nobody made such a button.
_CHANGES: dict[str, Callable[[str], SettingsChange]] = {
    "visibility": lambda value: SettingsChange(visibility=Visibility(value)),
    "notes": lambda value: SettingsChange(note_sharing=NoteSharing(value)),
    "explains": lambda value: SettingsChange(explains=_YES[value]),
    "name-board": lambda value: SettingsChange(on_name_board=_YES[value]),
    "dm": lambda value: SettingsChange(dm=DmConsent.YES if _YES[value] else DmConsent.NO),
}


class SettingsDoor:
    """Every press is about the settings of whoever presses."""

    def __init__(self, bot: ClubBot) -> None:
        self._members = bot.services.members
        self._words = bot.words
        vocabulary = bot.services.catalogues.shipped.vocabulary
        self.tags = tag_titles(vocabulary.prerequisites)
        self._topics = topic_titles(vocabulary)
        bot.controls.on("me-set", self.press_set)
        bot.controls.on("me-tags", self.press_tags)
        bot.controls.on("me-zone", self.press_zone)
        bot.forms.on("me-zone", self.submit_zone)

    async def show(self, interaction: discord.Interaction, change: SettingsChange) -> None:
        """Change what is given and show everything."""
        who = actor(interaction)
        work = self._members.settings(who) if change.is_empty else self._members.change(who, change)
        settings = await in_time(interaction, work, private=True)
        embed, view = self._panel(settings)
        await reply(interaction, embed=embed, view=view, private=True)

    async def press_set(self, press: Press) -> None:
        """One setting: a button says what it becomes, a menu has it chosen."""
        value = press.values[0] if press.values else press.argument(1)
        try:
            change = _CHANGES[press.argument(0)](value)
        except (KeyError, ValueError):
            raise StaleControl from None
        await self._turn(press.interaction, self._members.change(actor(press.interaction), change))

    async def press_tags(self, press: Press) -> None:
        """What the member knows, among the entries of one menu."""
        parts, part = tag_parts(self.tags), press.number(0)
        if part >= len(parts):
            raise StaleControl
        among, chosen = frozenset(parts[part]), frozenset(press.values)
        work = self._members.change_tags(actor(press.interaction), among, chosen)
        await self._turn(press.interaction, work)

    async def press_zone(self, press: Press) -> None:
        """The form for zone and hours."""
        settings = await self._members.settings(actor(press.interaction))
        await open_form(press.interaction, zone_form(settings, self._words), self._words)

    async def submit_zone(self, sent: Submission) -> None:
        """The form was sent in; what is empty stays as it is."""
        zone, hours = sent.text("zone").strip(), sent.text("hours").strip()
        if hours and not (hours.isascii() and hours.isdecimal() and len(hours) <= 3):
            raise HoursImpossible
        change = SettingsChange(zone=zone or None, hours_a_week=int(hours) if hours else None)
        who = actor(sent.interaction)
        work = self._members.settings(who) if change.is_empty else self._members.change(who, change)
        await self._turn(sent.interaction, work)

    async def _turn(
        self, interaction: discord.Interaction, work: Coroutine[Any, Any, MemberSettings]
    ) -> None:
        embed, view = self._panel(await in_time(interaction, work, private=True))
        await turn(interaction, embed=embed, view=view)

    def _panel(self, settings: MemberSettings) -> tuple[discord.Embed, discord.ui.View]:
        now = discord.utils.utcnow()
        return (
            settings_panel(settings, self.tags, self._topics, now, self._words),
            settings_view(settings, self.tags, now, self._words),
        )
