"""``/split start | show | adjust | publish | cancel``."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.members import Actor, OrganisersOnly
from bot.domain.rounds import DEFAULT_EACH, DEFAULT_WEEKS, EACH, HOURS, WEEKS, RoundUnit, Terms
from bot.render.suggestions import topic_choices, topic_key, topic_titles
from bot.render.words import N_
from bot.ui.living import require_posting
from bot.ui.place import actor, channel_meant
from bot.ui.reply import in_time, reply
from cogs.split._mine import OwnReadingCog
from cogs.split._organising import OrganisingCog

SplitChannel = discord.TextChannel | discord.Thread


@app_commands.guild_only()
class SplitCog(
    commands.GroupCog,
    name="split",
    description=N_("Split the list, so that together you know more"),
):
    """A round from its first word to its last."""

    def __init__(self, bot: ClubBot, organising: OrganisingCog, mine: OwnReadingCog) -> None:
        self._organising = organising
        self._mine = mine
        self._words = bot.words
        self._rounds = bot.services.rounds
        self._settings = bot.services.guild_settings
        self._catalogues = bot.services.catalogues
        self._topics = topic_titles(self._catalogues.shipped.vocabulary)

    @app_commands.command(
        name="start", description=N_("Organisers: ask who would like to read what")
    )
    @app_commands.describe(
        each=N_("Papers for each member; without this and hours, 2"),
        hours=N_("Hours a week for each member, instead of a number of papers"),
        weeks=N_("How many weeks there are to read; without this, 6"),
        of=N_("Whole theories, each by its main paper, or single papers"),
        topic=N_("Only theories of this topic, or that need this"),
        deadline=N_("Until when to answer, such as Friday 18:00; without this, a week"),
        channel=N_("Where the panel stands; without this, in the home channel or here"),
    )
    @app_commands.choices(
        of=[
            app_commands.Choice(name=N_("theories"), value="theories"),
            app_commands.Choice(name=N_("papers"), value="papers"),
        ]
    )
    async def start(
        self,
        interaction: discord.Interaction,
        each: app_commands.Range[int, EACH[0], EACH[-1]] | None = None,
        hours: app_commands.Range[int, HOURS[0], HOURS[-1]] | None = None,
        weeks: app_commands.Range[int, WEEKS[0], WEEKS[-1]] = DEFAULT_WEEKS,
        of: str = "theories",
        topic: str | None = None,
        deadline: str | None = None,
        channel: SplitChannel | None = None,
    ) -> None:
        """``/split start``."""
        who = actor(interaction)
        await self._rounds.require_organiser(who)
        papers = DEFAULT_EACH if each is None and hours is None else each
        terms = Terms(RoundUnit(of), papers, hours, weeks)
        home_id = (await self._settings.rules(who.guild_id)).home_channel_id
        channel_id = channel.id if channel is not None else channel_meant(interaction, home_id)
        require_posting(interaction, channel_id)
        until = None if deadline is None else await self._rounds.read_deadline(who, deadline)
        theories = await self._theories(who, topic)
        work = self._rounds.start(who, channel_id, terms, theories=theories, deadline=until)
        await in_time(interaction, work, private=True)
        text = self._words.text(
            "The panel is on its way to {channel}. Tell everybody: one form, a minute. `/split "
            "show` shows you the split at any time, and nothing is given out before you publish.",
            channel=f"<#{channel_id}>",
        )
        await reply(interaction, content=text, private=True)

    @start.autocomplete("topic")
    async def complete_topic(
        self, _interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Topics and prerequisites."""
        return topic_choices(self._topics, typed)

    @app_commands.command(
        name="show", description=N_("The split as it stands: your own part, or all of it")
    )
    async def show(self, interaction: discord.Interaction) -> None:
        """``/split show``: the preview for organisers, one's own part for everybody else."""
        who = actor(interaction)
        try:
            await self._rounds.require_organiser(who)
        except OrganisersOnly:
            await self._mine.show(interaction)
        else:
            await self._organising.show(interaction)
            if interaction.channel_id is not None:
                await self._rounds.hang_up(who, interaction.channel_id)

    @app_commands.command(
        name="adjust", description=N_("Organisers: who came or left; every promise is kept")
    )
    async def adjust(self, interaction: discord.Interaction) -> None:
        """``/split adjust``."""
        await self._rounds.require_organiser(actor(interaction))
        await self._organising.show(interaction)

    @app_commands.command(
        name="publish",
        description=N_("Organisers: turn the split you have looked at into sign-ups"),
    )
    async def publish(self, interaction: discord.Interaction) -> None:
        """``/split publish``."""
        await self._organising.publish(interaction, None, None)

    @app_commands.command(name="cancel", description=N_("Organisers: end the round"))
    async def cancel(self, interaction: discord.Interaction) -> None:
        """``/split cancel``."""
        who = actor(interaction)
        await self._rounds.require_organiser(who)
        found = await in_time(interaction, self._rounds.current(who), private=True)
        await self._organising.ask_to_cancel(interaction, found.id)

    async def _theories(self, who: Actor, topic: str | None) -> list[str] | None:
        """The slugs that belong to a topic or need it. Raises TopicUnknown."""
        if topic is None:
            return None
        key = topic_key(self._topics, topic)
        catalogue = await self._catalogues.of(who.guild_id)
        return [t.slug for t in catalogue if key == t.topic or key in t.prerequisites]
