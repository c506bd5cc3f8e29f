"""The Discord client: what it asks of Discord, what it never does, which doors it opens."""

from __future__ import annotations

import logging
import sys
from datetime import datetime
from typing import Any

import discord
from discord.ext import commands

from bot.alarm import Alarm
from bot.domain.errors import NotFound, StaleControl
from bot.render.words import Words
from bot.services import Services
from bot.services.due import met_together
from bot.tree import ClubTree
from bot.ui.controls import Control, Controls
from bot.ui.errors import ErrorAnswers
from bot.ui.forms import Forms
from bot.ui.occasions import Occasions
from bot.ui.once import once_trace
from bot.ui.presence import is_here
from bot.ui.routes import server_of

log = logging.getLogger(__name__)

EXTENSIONS = (
    "cogs.lookup",
    "cogs.signups",
    "cogs.suggest",
    "cogs.boards",
    "cogs.progress",
    "cogs.notes",
    "cogs.teaching",
    "cogs.coverage",
    "cogs.split",
    "cogs.clubs",
    "cogs.schedule",
    "cogs.catalogue",
    "cogs.reminders",
    "cogs.me",
    "cogs.trail",
    "cogs.health",
    "cogs.setup",
    "cogs.newcomers",
    "cogs.guide",
)


class ClubBot(commands.AutoShardedBot):
    """Asks for servers and their events only: no members, no messages, no privileged intent."""

    def __init__(
        self,
        services: Services,
        words: Words,
        alarm: Alarm,
        *,
        shard_count: int,
        dev_guild_id: int | None = None,
        source_url: str | None = None,
    ) -> None:
        # There is no voice here, so the libraries it would need are not missed.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=ClubTree,
            intents=discord.Intents(guilds=True, guild_scheduled_events=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=shard_count,
            http_trace=once_trace(),
        )
        self.services = services
        self.words = words
        self._alarm = alarm
        self.errors = ErrorAnswers(words)
        self.controls = Controls(self.errors)
        self.forms = Forms(self.errors)
        self._occasions = Occasions(services.notices, services.catalogues.of, words)
        self.source_url = source_url
        self._logged_in = False
        tree = self.tree
        assert isinstance(tree, ClubTree)
        tree.errors = self.errors
        tree.registration = services.registration
        self._club_tree = tree
        self._dev_guild = discord.Object(dev_guild_id) if dev_guild_id else None

    async def login(self, token: str) -> None:
        """Log in; from here on there is something to close."""
        self._logged_in = True
        await super().login(token)

    async def close(self) -> None:
        """Close, also when it was never started: discord.py's own close needs what login makes."""
        await self._alarm.stop()
        if self._logged_in:
            await super().close()

    def server_name(self, guild_id: int) -> str | None:
        """What a server is called; None where the bot is not."""
        guild = self.get_guild(guild_id)
        return None if guild is None else guild.name

    @property
    def alarm(self) -> Alarm:
        """What wakes the bot for whatever is due."""
        return self._alarm

    def next_due(self) -> datetime | None:
        """When the bot will do something by itself next that can be seen, as far as it knows."""
        due, services = self._alarm.due, self.services
        if due is None or not services.deliveries.is_plan(due):
            return due
        upcoming = (services.deliveries.upcoming, services.deadlines.upcoming)
        return min((at for at in upcoming if at is not None), default=due)

    async def setup_hook(self) -> None:
        """Everything that must happen once; ``on_ready`` may come many times."""
        self.add_dynamic_items(Control)
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        await self._club_tree.sync_if_changed(self._dev_guild)
        services = self.services
        await services.notices.load()
        await services.club_zones.replan()
        work = met_together(services.deadlines.meet_due, services.deliveries.meet_due)
        self._alarm.start(work, self.is_ready)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer what discord.py does not: forms, and presses whose id is none of ours.

        Discord would show "interaction failed".
        """
        self.services.deliveries.clocks.observe(interaction.id)
        if interaction.type is discord.InteractionType.modal_submit:
            await self.forms.dispatch(interaction)
            await self._occasions.take(interaction)
        elif interaction.type is discord.InteractionType.component:
            data: Any = interaction.data or {}
            if not self.controls.knows(str(data.get("custom_id", ""))):
                await self.errors.answer(interaction, StaleControl())

    async def on_app_command_completion(
        self, interaction: discord.Interaction, _command: object
    ) -> None:
        """A command was answered: say what waits for its member."""
        await self._occasions.take(interaction)

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """A control of ours was pressed.

        In a direct message nobody vouches for the member: Discord is asked whether they are in
        the server it is about still.
        """
        guild_id = None if interaction.guild_id is not None else server_of(custom_id)
        if guild_id is not None and not await is_here(self, guild_id, interaction.user.id):
            await self.errors.answer(interaction, NotFound())
            return
        await self.controls.dispatch(interaction, custom_id)
        await self._occasions.take(interaction)

    async def on_ready(self) -> None:
        """Tells, compares, looks what is due; comes again after every lost connection."""
        log.info("ready as %s in %d servers", self.user, len(self.guilds))
        await self.services.guilds.present([guild.id for guild in self.guilds])
        await self.services.native_events.look_at_all()
        self._alarm.wake(discord.utils.utcnow())
        await self.services.catalogues.prepare_large()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Remember a new server."""
        await self.services.guilds.joined(guild.id)
        await self.services.native_events.look_at(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Remember a server that removed the bot (an outage does not come here)."""
        await self.services.guilds.left(guild.id)

    async def on_scheduled_event_update(
        self, _before: discord.ScheduledEvent, after: discord.ScheduledEvent
    ) -> None:
        """An event was changed, by us or by hand: if it mirrors a session it is looked at."""
        await self.services.native_events.changed_by_hand(after.guild_id, after.id)

    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """An event was deleted."""
        await self.services.native_events.changed_by_hand(event.guild_id, event.id)

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """An event handler failed: say so in the log and go on."""
        log.error("fault in the event %s", event_method, exc_info=sys.exc_info())
