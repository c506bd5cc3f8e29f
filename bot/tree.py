"""The command tree: one error path, and registration only when the commands have changed."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from bot.services import CommandRegistration
from bot.ui.errors import ErrorAnswers
from bot.ui.reply import handled_in_time

log = logging.getLogger(__name__)


class ClubTree(app_commands.CommandTree[Any]):
    """Registers with Discord as seldom as possible and lets no error go unanswered."""

    errors: ErrorAnswers
    registration: CommandRegistration

    async def _call(self, interaction: discord.Interaction[Any]) -> None:
        """Every command (and every suggestion while one is typed) is run by this."""
        call = super()._call(interaction)
        if interaction.type is discord.InteractionType.autocomplete:
            await call
        else:
            await handled_in_time(interaction, call)

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError
    ) -> None:
        """Every error of every command ends here."""
        await self.errors.answer(interaction, error)

    def fingerprint(self, guild: discord.abc.Snowflake | None = None) -> str:
        """A digest of what would be registered, and of the application it is registered for."""
        payload = [command.to_dict(self) for command in self._get_all_commands(guild=guild)]
        payload.sort(key=lambda command: (command["type"], command["name"]))
        told = [self.client.application_id, guild.id if guild else None, payload]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    async def sync_if_changed(self, guild: discord.abc.Snowflake | None = None) -> bool:
        """Register the commands unless Discord has this very set already; whether it was done."""
        if guild is not None:
            self.copy_global_to(guild=guild)
        fingerprint = self.fingerprint(guild)
        if await self.registration.is_current(fingerprint):
            return False
        registered = await self.sync(guild=guild)
        await self.registration.record(fingerprint)
        log.info("registered %d commands", len(registered))
        return True
