"""The doctor: ``/health``, for organisers."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

import bot as theory_club
from bot.client import ClubBot
from bot.domain.clubs import ClubEdit
from bot.domain.errors import NotFound
from bot.domain.health import channels_of, findings
from bot.domain.members import Actor
from bot.render.health import moved_text
from bot.render.words import N_
from bot.ui.controls import Press
from bot.ui.health_layout import health_layout
from bot.ui.living import require_posting
from bot.ui.place import actor
from bot.ui.reply import in_time, reply, revise_layout
from bot.ui.rights import lacking


class HealthCog(commands.Cog, name="health"):
    """What is wrong in this server, and what mends it."""

    def __init__(self, bot: ClubBot) -> None:
        self._words = bot.words
        self._health = bot.services.health
        self._clubs = bot.services.clubs
        self._organising = bot.services.club_organising
        self._news = bot.services.club_news
        self._rounds = bot.services.rounds
        bot.controls.on("health", self.press_look)
        bot.controls.on("health-club", self.press_club)
        bot.controls.on("health-channel", self.press_channel)
        bot.controls.on("health-board", self.press_board)
        bot.controls.on("health-split", self.press_split)
        bot.controls.on("health-split-channel", self.press_split_channel)
        bot.controls.on("health-events", self.press_events)
        bot.controls.on("health-seen", self.press_seen)

    @app_commands.command(
        name="health", description=N_("Organisers: what is wrong with me here, and what mends it")
    )
    @app_commands.guild_only()
    async def health(self, interaction: discord.Interaction) -> None:
        """``/health``."""
        view = await in_time(interaction, self._view(interaction), private=True)
        await reply(interaction, view=view, private=True)

    async def press_look(self, press: Press) -> None:
        """*Look again*."""
        view = await in_time(press.interaction, self._view(press.interaction), private=True)
        await revise_layout(press.interaction, view)

    async def press_club(self, press: Press) -> None:
        """*Try again*, for a club."""
        work = self._health.try_club(actor(press.interaction), press.number(0))
        await self._mended(press, work)

    async def press_board(self, press: Press) -> None:
        """*Try again*, for a board."""
        work = self._health.try_board(actor(press.interaction), press.number(0))
        await self._mended(press, work)

    async def press_split(self, press: Press) -> None:
        """*Try again*, for the panel of a split."""
        work = self._health.try_split(actor(press.interaction), press.number(0))
        await self._mended(press, work)

    async def press_split_channel(self, press: Press) -> None:
        """Another channel for the panel of a split whose own is gone."""
        interaction, who = press.interaction, actor(press.interaction)
        channel_id = _chosen(press)
        await in_time(interaction, self._rounds.require_organiser(who), private=True)
        require_posting(interaction, channel_id)

        async def move() -> discord.ui.LayoutView:
            moves = await self._rounds.hang_up(who, channel_id, press.number(0))
            text = self._words.text(
                "The panel is on its way to {channel}.", channel=f"<#{channel_id}>"
            )
            return await self._view(interaction, text if moves else None)

        await revise_layout(interaction, await in_time(interaction, move(), private=True))

    async def press_events(self, press: Press) -> None:
        """*Try again*, for scheduled events."""
        await self._mended(press, self._health.try_events(actor(press.interaction)))

    async def press_seen(self, press: Press) -> None:
        """*I have seen it*: what failed until now is told no more."""
        done = self._words.text("Noted: what failed until now is not shown any more.")
        await self._mended(press, self._health.seen(actor(press.interaction)), done)

    async def press_channel(self, press: Press) -> None:
        """Another channel for a club whose own is gone."""
        interaction, who = press.interaction, actor(press.interaction)
        club_id, channel_id = press.number(0), _chosen(press)
        await in_time(interaction, self._organising.require_organiser(who), private=True)
        require_posting(interaction, channel_id)

        async def move() -> discord.ui.LayoutView:
            done = await self._move(who, club_id, channel_id)
            return await self._view(interaction, done)

        await revise_layout(interaction, await in_time(interaction, move(), private=True))

    async def _move(self, who: Actor, club_id: int, channel_id: int) -> str:
        change = await self._organising.edit(who, club_id, ClubEdit(channel_id=channel_id))
        announced = await self._news.tell(change)
        return moved_text(change.after, announced, self._words)

    async def _mended(
        self, press: Press, work: Coroutine[Any, Any, None], done: str | None = None
    ) -> None:
        said = done or self._words.text("Trying again. *Look again* tells what came of it.")

        async def both() -> discord.ui.LayoutView:
            await work
            return await self._view(press.interaction, said)

        view = await in_time(press.interaction, both(), private=True)
        await revise_layout(press.interaction, view)

    async def _view(
        self, interaction: discord.Interaction, done: str | None = None
    ) -> discord.ui.LayoutView:
        report = await self._health.report(actor(interaction))
        guild = interaction.guild
        assert guild is not None
        missing: dict[int, tuple[str, ...]] = {}
        gone = []
        for channel_id, needed in channels_of(report).items():
            channel = guild.get_channel_or_thread(channel_id)
            if channel is None:
                gone.append(channel_id)
            elif lacks := lacking(channel, needed):
                missing[channel_id] = lacks
        found = findings(report, missing, gone, discord.utils.utcnow())
        return health_layout(report, found, theory_club.__version__, self._words, done)


def _chosen(press: Press) -> int:
    """The channel that was chosen, one of this server. Raises NotFound."""
    guild, values = press.interaction.guild, press.values
    chosen = int(values[0]) if values and values[0].isascii() and values[0].isdecimal() else 0
    if guild is None or guild.get_channel(chosen) is None:
        raise NotFound
    return chosen


async def setup(bot: ClubBot) -> None:
    """Called by discord.py."""
    await bot.add_cog(HealthCog(bot))
