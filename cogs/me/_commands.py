"""The commands of ``/me`` and the context menu; what is pressed afterwards has its own modules."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.members import DmConsent, NoteSharing, SettingsChange, Visibility
from bot.render.member_settings import tag_choices, tags_written, zone_choices
from bot.render.profile import profile_embed
from bot.render.words import N_
from bot.ui.place import actor
from bot.ui.reply import in_time, reply
from cogs.me._absence import AbsenceDoor
from cogs.me._privacy import PrivacyDoor
from cogs.me._reminders import RemindersDoor
from cogs.me._settings import SettingsDoor

_SERVERS = app_commands.AppCommandContext(guild=True)
_BY_SERVERS = app_commands.AppInstallationType(guild=True)


class MeCog(commands.Cog, name="me"):
    """Settings, absence, privacy and profile of the member who asks; all answers are private."""

    me = app_commands.Group(
        name="me",
        description=N_("Your settings, absence and data"),
        allowed_contexts=_SERVERS,
        allowed_installs=_BY_SERVERS,
    )

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._members = bot.services.members
        self._settings = SettingsDoor(bot)
        self._absence = AbsenceDoor(bot)
        self._privacy = PrivacyDoor(bot)
        self._reminders = RemindersDoor(bot)
        self._profile = app_commands.ContextMenu(
            name=N_("Reading profile"),
            callback=self.reading_profile,
            allowed_contexts=_SERVERS,
            allowed_installs=_BY_SERVERS,
        )

    async def cog_load(self) -> None:
        """A context menu is not found by itself."""
        self._bot.tree.add_command(self._profile)

    async def cog_unload(self) -> None:
        """And is not taken away by itself."""
        self._bot.tree.remove_command(self._profile.name, type=self._profile.type)

    @me.command(name="settings", description=N_("See and change what you have decided here"))
    @app_commands.describe(
        zone=N_("Your time zone: type a city"),
        hours=N_("Hours a week you have for reading"),
        visibility=N_("Who sees your papers and how far you are"),
        notes=N_("What happens with a new note of yours"),
        explains=N_("Whether you are offered as somebody who explains"),
        name_board=N_("Whether your name may stand on the group's board of names"),
        dm=N_("Whether I may write to you directly"),
        tags=N_("What you know already, with commas"),
    )
    @app_commands.choices(
        visibility=[
            app_commands.Choice(name=N_("only I"), value="private"),
            app_commands.Choice(name=N_("members of this server"), value="server"),
        ],
        notes=[
            app_commands.Choice(name=N_("ask me each time"), value="ask"),
            app_commands.Choice(name=N_("private"), value="private"),
            app_commands.Choice(name=N_("shared"), value="shared"),
        ],
    )
    async def settings(
        self,
        interaction: discord.Interaction,
        zone: str | None = None,
        hours: app_commands.Range[int, 0, 80] | None = None,
        visibility: str | None = None,
        notes: str | None = None,
        explains: bool | None = None,
        name_board: bool | None = None,
        dm: bool | None = None,
        tags: str | None = None,
    ) -> None:
        """``/me settings``: every option is one thing to change; none shows the panel."""
        change = SettingsChange(
            zone=zone,
            hours_a_week=hours,
            visibility=None if visibility is None else Visibility(visibility),
            note_sharing=None if notes is None else NoteSharing(notes),
            explains=explains,
            on_name_board=name_board,
            dm=None if dm is None else (DmConsent.YES if dm else DmConsent.NO),
            tags=None if tags is None else tags_written(self._settings.tags, tags),
        )
        await self._settings.show(interaction, change)

    @settings.autocomplete("zone")
    async def complete_zone(
        self, _interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Cities, from memory."""
        return zone_choices(self._members.zone_offers(typed))

    @settings.autocomplete("tags")
    async def complete_tags(
        self, _interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The last word of the list."""
        return tag_choices(self._settings.tags, typed)

    @me.command(name="away", description=N_("Say when you are away: your sign-ups wait for you"))
    @app_commands.describe(
        begins=N_("The first day, such as 24.12., tomorrow or Friday 18:00"),
        ends=N_("The last day, such as 2027-01-06 or in 2 weeks"),
    )
    @app_commands.rename(begins="from", ends="to")
    async def away(
        self,
        interaction: discord.Interaction,
        begins: str | None = None,
        ends: str | None = None,
    ) -> None:
        """``/me away from to``; without dates it shows the present absence."""
        if begins is None and ends is None:
            await self._absence.show(interaction)
        else:
            await self._absence.plan(interaction, begins or "", ends or "")

    @me.command(name="privacy", description=N_("See, take along or erase what I keep about you"))
    async def privacy(self, interaction: discord.Interaction) -> None:
        """``/me privacy``."""
        await self._privacy.show(interaction)

    async def reading_profile(
        self, interaction: discord.Interaction, member: discord.Member
    ) -> None:
        """*Reading profile* on a member: what they let others see."""
        work = self._bot.services.progress.profile(actor(interaction), member.id)
        profile = await in_time(interaction, work, private=True)
        await reply(interaction, embed=profile_embed(profile, self._bot.words), private=True)
