"""``/club next | join | leave | list | calendar``."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.clubs import Club, ClubUnclear, ClubUnknown, NoClubYet
from bot.render.club_choices import club_choices
from bot.render.club_list import clubs_embed, joined_text, left_text, no_session_text
from bot.render.refusals import refusal
from bot.render.words import N_
from bot.ui.controls import button, controls_view
from bot.ui.place import actor, home_guild_id
from bot.ui.reply import in_time, reply
from cogs.clubs._cards import CardsCog


@app_commands.guild_only()
class ClubCog(commands.GroupCog, name="club", description=N_("Reading clubs and their sessions")):
    """What members do with clubs."""

    def __init__(self, bot: ClubBot, cards: CardsCog) -> None:
        self._cards = cards
        self._words = bot.words
        self._clubs = bot.services.clubs
        self._newcomers = bot.services.newcomers
        self._sessions = bot.services.sessions

    @app_commands.command(
        name="next", description=N_("The next session: what, when, where, and who comes")
    )
    @app_commands.describe(club=N_("Which club; not needed where there is only one"))
    async def coming(self, interaction: discord.Interaction, club: str | None = None) -> None:
        """``/club next [club]``."""
        meant = await self._find(interaction, club)
        work = self._sessions.next_session(meant.guild_id, meant.id)
        found = await in_time(interaction, work)
        if found is None:
            text = no_session_text(meant, self._words)
            await reply(interaction, content=text, private=True)
        else:
            await self._cards.post(interaction, found)

    @app_commands.command(
        name="join", description=N_("Belong to a club: you are counted on at every session")
    )
    @app_commands.describe(club=N_("Which club; not needed where there is only one"))
    async def join(self, interaction: discord.Interaction, club: str | None = None) -> None:
        """``/club join [club]``."""
        try:
            meant = await self._find(interaction, club)
        except (NoClubYet, ClubUnclear, ClubUnknown) as refused:
            await self._offer_form(interaction, refused)
            return
        work = self._clubs.join(actor(interaction), meant.id)
        is_news = await in_time(interaction, work, private=True)
        text = joined_text(meant, is_news=is_news, words=self._words)
        items = []
        if await self._newcomers.is_new(actor(interaction)):
            items.append(button(self._words.text("Find my first paper"), "newcomer-join"))
        await reply(interaction, content=text, view=controls_view(items), private=True)

    @app_commands.command(name="leave", description=N_("You are not counted on any more"))
    @app_commands.describe(club=N_("Which club; not needed where there is only one"))
    async def leave(self, interaction: discord.Interaction, club: str | None = None) -> None:
        """``/club leave [club]``."""
        meant = await self._find(interaction, club)
        work = self._clubs.leave(actor(interaction), meant.id)
        was_member = await in_time(interaction, work, private=True)
        text = left_text(meant, was_member=was_member, words=self._words)
        await reply(interaction, content=text, private=True)

    @app_commands.command(name="list", description=N_("The clubs here, and when they meet"))
    async def listing(self, interaction: discord.Interaction) -> None:
        """``/club list``."""
        who, now = actor(interaction), discord.utils.utcnow()
        clubs = await in_time(interaction, self._clubs.clubs(who.guild_id), private=True)
        joined = await self._clubs.joined(who)
        listed = [(club, club.next_session(now)) for club in clubs]
        await reply(interaction, embed=clubs_embed(listed, joined, self._words), private=True)

    @app_commands.command(
        name="calendar", description=N_("All sessions as a file for your calendar")
    )
    @app_commands.describe(club=N_("Which club; not needed where there is only one"))
    async def calendar(self, interaction: discord.Interaction, club: str | None = None) -> None:
        """``/club calendar [club]``."""
        meant = await self._find(interaction, club)
        await self._cards.send_calendar(interaction, meant.id)

    @coming.autocomplete("club")
    @join.autocomplete("club")
    @leave.autocomplete("club")
    @calendar.autocomplete("club")
    async def complete_club(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The clubs of the server."""
        guild_id = home_guild_id(interaction)
        if guild_id is None:
            return []
        return club_choices(await self._clubs.clubs(guild_id), typed)

    async def _offer_form(
        self, interaction: discord.Interaction, refused: NoClubYet | ClubUnclear | ClubUnknown
    ) -> None:
        """Why no club was joined, and the form in which the clubs are to choose from."""
        words = self._words
        none = isinstance(refused, NoClubYet)
        label = words.text("Find my first paper") if none else words.text("Join the club")
        view = controls_view([button(label, "newcomer-join")])
        await reply(interaction, content=refusal(refused, words), view=view, private=True)

    async def _find(self, interaction: discord.Interaction, named: str | None) -> Club:
        return await self._clubs.find(actor(interaction).guild_id, named)
