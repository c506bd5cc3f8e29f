"""``/setup``: one panel on which each choice is saved at once."""

from __future__ import annotations

from collections.abc import Awaitable

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.errors import NotFound, StaleControl
from bot.domain.presets import Preset
from bot.domain.signups import whole_number
from bot.render.member_settings import zone_choices
from bot.render.words import N_
from bot.ui.controls import Press
from bot.ui.forms import Submission
from bot.ui.opening import again_button, open_form
from bot.ui.permissions import lacking_here
from bot.ui.place import actor, channel_meant
from bot.ui.reply import in_time, reply, revise_layout
from bot.ui.setup_layout import NO_KIND, OTHER_ZONE, setup_layout
from cogs.setup._forms import NUMBERS, numbers_form, zone_form


class SetupCog(commands.Cog, name="setup"):
    """Organisers only; every press is authorised again."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._settings = bot.services.guild_settings
        self._organising = bot.services.organising
        self._members = bot.services.members
        bot.controls.on("setup-again", self.press_again)
        bot.controls.on("setup-home", self.press_home)
        bot.controls.on("setup-role", self.press_role)
        bot.controls.on("setup-kind", self.press_kind)
        bot.controls.on("setup-zone", self.press_zone)
        bot.controls.on("setup-other-zone", self.press_other_zone)
        bot.controls.on("setup-numbers", self.press_numbers)
        bot.forms.on("setup-zone", self.submit_zone)
        bot.forms.on("setup-numbers", self.submit_numbers)

    @app_commands.command(
        name="setup", description=N_("Organisers: where things go, who organises, when clubs meet")
    )
    @app_commands.describe(zone=N_("The time zone of clubs: type a city"))
    @app_commands.guild_only()
    async def setup(self, interaction: discord.Interaction, zone: str | None = None) -> None:
        """``/setup [zone]``."""
        who = actor(interaction)
        if zone is not None:
            await self._settings.set_zone(who, zone)
        view = await in_time(interaction, self._panel(interaction), private=True)
        await reply(interaction, view=view, private=True)

    @setup.autocomplete("zone")
    async def complete_zone(
        self, _interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Cities, from memory."""
        return zone_choices(self._members.zone_offers(typed))

    async def press_again(self, press: Press) -> None:
        """*Look again*: what was made and mended meanwhile stands on another message."""
        panel = self._panel(press.interaction)
        await revise_layout(
            press.interaction, await in_time(press.interaction, panel, private=True)
        )

    async def press_home(self, press: Press) -> None:
        """The home channel, or none."""
        guild, chosen = press.interaction.guild, _chosen(press)
        if chosen is not None:
            channel = None if guild is None else guild.get_channel(chosen)
            if not isinstance(channel, discord.TextChannel):
                raise NotFound
        who = actor(press.interaction)
        await self._turn(press.interaction, self._settings.set_home(who, chosen))

    async def press_role(self, press: Press) -> None:
        """The organiser role, or none."""
        guild, chosen = press.interaction.guild, _chosen(press)
        if chosen is not None and (guild is None or guild.get_role(chosen) is None):
            raise NotFound
        who = actor(press.interaction)
        await self._turn(press.interaction, self._settings.set_organiser_role(who, chosen))

    async def press_kind(self, press: Press) -> None:
        """The kind of club."""
        value = press.values[0] if press.values else ""
        try:
            preset = None if value == NO_KIND else Preset(value)
        except ValueError:
            raise StaleControl from None
        who = actor(press.interaction)
        await self._turn(press.interaction, self._settings.set_preset(who, preset))

    async def press_zone(self, press: Press) -> None:
        """The zone of clubs, or the form for one that is not listed."""
        if not press.values:
            raise StaleControl
        who = actor(press.interaction)
        if press.values[0] != OTHER_ZONE:
            await self._turn(press.interaction, self._settings.set_zone(who, press.values[0]))
            return
        await self._open_zone(press)

    async def press_other_zone(self, press: Press) -> None:
        """The form once more, where it could not be opened in time."""
        await self._open_zone(press)

    async def _open_zone(self, press: Press) -> None:
        made = zone_form(await self._organising.rules(actor(press.interaction)), self._words)
        again = again_button(self._words, "setup-other-zone")
        await open_form(press.interaction, made, self._words, again)

    async def press_numbers(self, press: Press) -> None:
        """*Change the numbers*: a form with all three."""
        rules = await self._organising.rules(actor(press.interaction))
        await open_form(press.interaction, numbers_form(rules, self._words), self._words)

    async def submit_zone(self, sent: Submission) -> None:
        """A zone by its name."""
        work = self._settings.set_zone(actor(sent.interaction), sent.text("zone").strip())
        await self._turn(sent.interaction, work)

    async def submit_numbers(self, sent: Submission) -> None:
        """Limits and target readers."""
        target, open_limit, seats = (
            whole_number(sent.text(field), numbers) for field, numbers in NUMBERS.items()
        )
        who = actor(sent.interaction)
        work = self._organising.set_limits(who, open_limit, seats, target)
        await self._turn(sent.interaction, work)

    async def _turn(self, interaction: discord.Interaction, change: Awaitable[None]) -> None:
        """Make a change and show the panel as it is then."""

        async def changed() -> discord.ui.LayoutView:
            await change
            return await self._panel(interaction)

        await revise_layout(interaction, await in_time(interaction, changed(), private=True))

    async def _panel(self, interaction: discord.Interaction) -> discord.ui.LayoutView:
        setup = await self._settings.setup(actor(interaction))
        guild, rules = interaction.guild, setup.rules
        assert guild is not None
        home_id, role_id = rules.home_channel_id, rules.organiser_role_id
        channel_id = channel_meant(interaction, home_id)
        return setup_layout(
            setup,
            channel_id,
            lacking_here(guild, channel_id),
            self._settings.zone_offers(),
            self._words,
            is_home_gone=home_id is not None and guild.get_channel(home_id) is None,
            is_role_gone=role_id is not None and guild.get_role(role_id) is None,
        )


def _chosen(press: Press) -> int | None:
    """The id chosen in a menu that Discord fills; None for no choice. Raises StaleControl."""
    if not press.values:
        return None
    if not press.values[0].isdecimal() or len(press.values[0]) > 20:
        raise StaleControl
    return int(press.values[0])
