"""What organisers do with sign-ups, behind the button *Organise*."""

from __future__ import annotations

from typing import Any

import discord
from discord.ext import commands

from bot.client import ClubBot
from bot.domain.boards import BoardListing
from bot.domain.catalogue import Theory
from bot.domain.errors import NotFound, StaleControl
from bot.domain.papers import Paper
from bot.domain.signups import (
    OPEN_LIMITS,
    SEAT_LIMITS,
    ReadAlready,
    SignedUpAlready,
    whole_number,
)
from bot.render.markdown import escape, fit
from bot.render.paper_choices import paper_options
from bot.render.papers import title_text
from bot.render.signups import paper_signups_text
from bot.ui.controls import Press, button, controls_view, menu
from bot.ui.forms import Submission, form, number_field
from bot.ui.opening import open_form
from bot.ui.place import actor
from bot.ui.reply import in_time, reply
from cogs.signups._panel import assign_menu, paper_panel

_OPTIONS = 25


class OrganisingCog(commands.Cog, name="organising"):
    """Remove, extend, assign, set limits: everything is checked again and recorded."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._words = bot.words
        self._organising = bot.services.organising
        self._papers = bot.services.papers
        bot.controls.on("organise", self.press_organise)
        bot.controls.on("organise-paper", self.press_paper)
        bot.controls.on("organise-signup", self.press_signup)
        bot.controls.on("signup-remove", self.press_remove)
        bot.controls.on("signup-extend", self.press_extend)
        bot.controls.on("assign", self.press_assign)
        bot.controls.on("seats", self.press_seats)
        bot.controls.on("limits", self.press_limits)
        bot.forms.on("seats", self.submit_seats)
        bot.forms.on("limits", self.submit_limits)

    async def press_organise(self, press: Press) -> None:
        """Choose a paper, or set the server's limits."""
        words, who = self._words, actor(press.interaction)
        rules = await in_time(press.interaction, self._organising.rules(who), private=True)
        listed = await self._primary(who.guild_id)
        if press.arguments:
            work = self._bot.services.boards.listing(who.guild_id, press.number(0))
            listed = _papers_of(await work)
        items = [menu(words.text("Choose a paper"), paper_options(listed), "organise-paper")]
        items.append(button(words.text("Limits"), "limits", row=1))
        reported = await self._bot.services.shared_notes.reported(who)
        if reported:
            options = [
                discord.SelectOption(
                    label=words.text("Reported note {number}", number=note_id), value=str(note_id)
                )
                for note_id in reported[:_OPTIONS]
            ]
            placeholder = words.plural("{n} reported note", "{n} reported notes", len(reported))
            items.append(menu(placeholder, options, "note-open", row=2))
        text = words.text(
            "A member may have {open} sign-ups open, and a paper has {seats} seats unless it has "
            "its own number. Choose a paper to see who reads it.",
            open=rules.open_limit,
            seats=rules.seats,
        )
        await reply(press.interaction, content=text, view=controls_view(items), private=True)

    async def press_paper(self, press: Press) -> None:
        """The sign-ups of the chosen paper."""
        who = actor(press.interaction)
        _, paper = await self._papers.get(
            who.guild_id, press.values[0] if press.values else press.argument(0)
        )
        work = self._organising.paper(who, paper.id)
        found = await in_time(press.interaction, work, private=True)
        await reply(
            press.interaction,
            content=fit(paper_signups_text(found, paper, self._words), 2000),
            view=paper_panel(found, paper, self._words),
            private=True,
        )

    async def press_signup(self, press: Press) -> None:
        """What can be done with the chosen sign-up."""
        work = self._organising.rules(actor(press.interaction))
        await in_time(press.interaction, work, private=True)
        if not press.values or not press.values[0].isdecimal() or len(press.values[0]) > 18:
            raise StaleControl
        words, signup_id = self._words, press.values[0]
        items = [
            button(words.text("+3 days"), "signup-extend", signup_id),
            button(
                words.text("Remove"), "signup-remove", signup_id, style=discord.ButtonStyle.danger
            ),
        ]
        text = words.text("The member is told in neutral words, and it is recorded.")
        await reply(press.interaction, content=text, view=controls_view(items), private=True)

    async def press_remove(self, press: Press) -> None:
        """*Remove*."""
        work = self._organising.remove(actor(press.interaction), press.number(0))
        found = await in_time(press.interaction, work, private=True)
        _, paper = await self._papers.get(found.guild_id, found.paper_id)
        text = self._words.text("{paper} is back in the pool.", paper=f"**{title_text(paper)}**")
        await reply(press.interaction, content=text, private=True)

    async def press_extend(self, press: Press) -> None:
        """*+3 days*."""
        work = self._organising.extend(actor(press.interaction), press.number(0))
        found = await in_time(press.interaction, work, private=True)
        _, paper = await self._papers.get(found.guild_id, found.paper_id)
        text = self._words.text("Three more days for {paper}.", paper=f"**{title_text(paper)}**")
        await reply(press.interaction, content=text, private=True)

    async def press_assign(self, press: Press) -> None:
        """*Assign*: first the menu of members, then the one who was chosen."""
        who, words = actor(press.interaction), self._words
        _, paper = await self._papers.get(who.guild_id, press.argument(0))
        if not press.values:
            await self._organising.rules(who)
            text = words.text("Whose seat shall it be? They are asked, and decide for themselves.")
            view = controls_view([assign_menu(paper.id, words)])
            await reply(press.interaction, content=text, view=view, private=True)
            return
        user_id, name = _chosen(press)
        work = self._organising.assign(who, paper.id, user_id, name)
        try:
            await in_time(press.interaction, work, private=True)
        except (SignedUpAlready, ReadAlready):
            text = words.text("They have signed up for it already, wait for it, or have read it.")
            await reply(press.interaction, content=text, private=True)
            return
        text = words.text(
            "A seat of {paper} is kept for {name} for a day.",
            paper=f"**{title_text(paper)}**",
            name=f"**{fit(escape(name), 64)}**",
        )
        await reply(press.interaction, content=text, private=True)

    async def press_seats(self, press: Press) -> None:
        """*Seats*: a form with the number."""
        who = actor(press.interaction)
        _, paper = await self._papers.get(who.guild_id, press.argument(0))
        found = await self._organising.paper(who, paper.id)
        words = self._words
        field = number_field(words.text("Seats"), "seats", found.standing.seats, SEAT_LIMITS, words)
        made = form(words.text("Seats of a paper"), "seats", paper.id, fields=[field])
        await open_form(press.interaction, made, self._words)

    async def press_limits(self, press: Press) -> None:
        """*Limits*: a form with both numbers."""
        rules = await self._organising.rules(actor(press.interaction))
        words = self._words
        fields = [
            number_field(
                words.text("Open sign-ups a member"), "open", rules.open_limit, OPEN_LIMITS, words
            ),
            number_field(words.text("Seats a paper"), "seats", rules.seats, SEAT_LIMITS, words),
        ]
        made = form(words.text("Limits of this server"), "limits", fields=fields)
        await open_form(press.interaction, made, self._words)

    async def submit_seats(self, sent: Submission) -> None:
        """The number of seats of one paper."""
        who = actor(sent.interaction)
        _, paper = await self._papers.get(who.guild_id, sent.argument(0))
        seats = whole_number(sent.text("seats"), SEAT_LIMITS)
        work = self._organising.set_seats(who, paper.id, seats)
        await in_time(sent.interaction, work, private=True)
        text = self._words.plural("It has {n} seat now.", "It has {n} seats now.", seats)
        await reply(sent.interaction, content=text, private=True)

    async def submit_limits(self, sent: Submission) -> None:
        """Both limits of the server."""
        open_limit = whole_number(sent.text("open"), OPEN_LIMITS)
        seats = whole_number(sent.text("seats"), SEAT_LIMITS)
        work = self._organising.set_limits(actor(sent.interaction), open_limit, seats)
        await in_time(sent.interaction, work, private=True)
        text = self._words.text(
            "A member may have {open} sign-ups open now, and a paper has {seats} seats. Nobody "
            "loses one.",
            open=open_limit,
            seats=seats,
        )
        await reply(sent.interaction, content=text, private=True)

    async def _primary(self, guild_id: int) -> list[tuple[Theory, Paper]]:
        catalogue = await self._bot.services.catalogues.of(guild_id)
        return [(theory, paper) for theory in catalogue for paper in theory.primary_papers]


def _papers_of(listing: BoardListing) -> list[tuple[Theory, Paper]]:
    return [(entry.theory, entry.paper) for entry in listing.entries]


def _chosen(press: Press) -> tuple[int, str]:
    """The member chosen in a menu of members, as Discord resolves them. Raises NotFound."""
    data: Any = press.interaction.data or {}
    resolved = data.get("resolved") or {}
    user_id = press.values[0]
    user = (resolved.get("users") or {}).get(user_id)
    member = (resolved.get("members") or {}).get(user_id)
    if user is None or member is None or user.get("bot"):
        raise NotFound
    name = member.get("nick") or user.get("global_name") or user["username"]
    return int(user_id), str(name)
