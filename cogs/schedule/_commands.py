"""``/schedule create | show | edit | skip | move | pause | end | plan``."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.club_drafts import LONGEST_WHEN, Written
from bot.domain.club_names import LONGEST_NAME
from bot.domain.clubs import LENGTHS, LONGEST_LINK
from bot.domain.presets import habits_of
from bot.domain.session_choice import SessionUnclear
from bot.render.words import N_
from bot.ui.place import actor
from cogs.schedule._choices import Choices, Chooser
from cogs.schedule._clubs import ClubDoor
from cogs.schedule._drafts import DraftDoor
from cogs.schedule._new import NewClubDoor, channel_of
from cogs.schedule._plan import PlanCommand
from cogs.schedule._sessions import SessionDoor


@app_commands.guild_only()
class ScheduleCog(
    PlanCommand,
    commands.GroupCog,
    name="schedule",
    description=N_("When the clubs of this server meet"),
):
    """Each command names what it is about and hands it to the door that knows."""

    def __init__(self, bot: ClubBot) -> None:
        self._chooser = Chooser(bot)
        self._settings = bot.services.guild_settings
        self._new = NewClubDoor(bot)
        self._drafts = DraftDoor(bot)
        self._sessions = SessionDoor(bot, self._chooser)
        self._clubs = ClubDoor(bot, self._chooser)

    @app_commands.command(
        name="create", description=N_("Organisers: begin a club that meets again and again")
    )
    @app_commands.describe(
        name=N_("What it is called"),
        when=N_("Such as Tuesdays 18:00 Europe/Berlin, or every 2 weeks on Thu at 7pm New York"),
        place=N_("A voice channel or an https link; without it, the club's channel"),
        length=N_("Minutes a session lasts; without it, 60 or what /setup says"),
        channel=N_("Where it is announced and discussed; without it, in the home channel or here"),
    )
    async def create(
        self,
        interaction: discord.Interaction,
        name: app_commands.Range[str, 1, LONGEST_NAME],
        when: app_commands.Range[str, 1, LONGEST_WHEN],
        place: app_commands.Range[str, 1, LONGEST_LINK] | None = None,
        length: app_commands.Range[int, LENGTHS[0], LENGTHS[-1]] | None = None,
        channel: discord.TextChannel | None = None,
    ) -> None:
        """``/schedule create name when [place] [length] [channel]``."""
        rules = await self._settings.rules(actor(interaction).guild_id)
        channel_id = channel_of(interaction, rules) if channel is None else channel.id
        minutes = length or habits_of(rules.preset).minutes
        written = Written.of(name, when, place or "", str(minutes), channel_id)
        await self._drafts.create(interaction, written)

    @app_commands.command(
        name="show", description=N_("When a club meets, what is changed, and who belongs to it")
    )
    @app_commands.describe(club=N_("Which club; without it, the only one"))
    async def show(self, interaction: discord.Interaction, club: str | None = None) -> None:
        """``/schedule show [club]``."""
        await self._clubs.show(interaction, club)

    @app_commands.command(
        name="edit", description=N_("Organisers: change a club, from its next session on")
    )
    @app_commands.describe(
        club=N_("Which club"),
        session=N_("From which session on another time holds; without it, the next"),
    )
    async def edit(
        self, interaction: discord.Interaction, club: str, session: str | None = None
    ) -> None:
        """``/schedule edit club [session]``."""
        who = actor(interaction)
        found = await self._chooser.club(who, club)
        original = None
        if session is not None:
            club_id, original = await self._chooser.session(who, session)
            if club_id != found.id:
                raise SessionUnclear
        await self._drafts.edit(interaction, found.id, original)

    @app_commands.command(
        name="skip", description=N_("Organisers: one session does not take place")
    )
    @app_commands.describe(session=N_("Which session"))
    async def skip(self, interaction: discord.Interaction, session: str) -> None:
        """``/schedule skip session``."""
        await self._sessions.skip(interaction, session)

    @app_commands.command(name="move", description=N_("Organisers: one session at another time"))
    @app_commands.describe(
        session=N_("Which session"),
        to=N_("When instead, such as Thu 19:00, tomorrow 18h or 2026-12-03 18:00"),
    )
    async def move(
        self,
        interaction: discord.Interaction,
        session: str,
        to: app_commands.Range[str, 1, LONGEST_WHEN],
    ) -> None:
        """``/schedule move session to``."""
        await self._sessions.move(interaction, session, to)

    @app_commands.command(name="pause", description=N_("Organisers: a club does not meet for now"))
    @app_commands.describe(
        club=N_("Which club"),
        until=N_("When it meets again, such as 7 January; without it, until you resume it"),
    )
    async def pause(
        self,
        interaction: discord.Interaction,
        club: str,
        until: app_commands.Range[str, 1, LONGEST_WHEN] | None = None,
    ) -> None:
        """``/schedule pause club [until]``."""
        await self._clubs.pause(interaction, club, until)

    @app_commands.command(name="end", description=N_("Organisers: a club meets no more"))
    @app_commands.describe(club=N_("Which club"))
    async def end(self, interaction: discord.Interaction, club: str) -> None:
        """``/schedule end club``."""
        await self._clubs.end(interaction, club)

    @create.autocomplete("when")
    async def complete_when(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Words as they would be understood, with zones completed."""
        return await self._chooser.times(interaction, typed)

    @create.autocomplete("place")
    async def complete_place(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Voice channels; a link is typed."""
        return self._chooser.places(interaction, typed)

    @show.autocomplete("club")
    @edit.autocomplete("club")
    @pause.autocomplete("club")
    @end.autocomplete("club")
    async def complete_club(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Clubs by name."""
        return await self._chooser.clubs(interaction, typed)

    @edit.autocomplete("session")
    @skip.autocomplete("session")
    @move.autocomplete("session")
    async def complete_session(self, interaction: discord.Interaction, typed: str) -> Choices:
        """The coming sessions, each in its club's zone."""
        return await self._chooser.sessions(interaction, typed)
