"""The views of coverage as messages: words, a picture with its numbers, and what can be pressed."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.coverage import Unlike, View
from bot.domain.members import Actor
from bot.render.coverage import (
    emptiest_options,
    headline,
    map_note,
    measures_text,
    pairs_note,
    view_label,
    view_title,
)
from bot.render.coverage_members import risks_text, unlike_text
from bot.render.coverage_numbers import alt_text, numbers_table
from bot.render.coverage_pictures import (
    Picture,
    map_pages,
    map_picture,
    pair_picture,
    trend_picture,
)
from bot.render.markdown import fit, plain
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.services import Services
from bot.services.coverage import Look
from bot.ui.controls import Control, button, menu
from bot.ui.layouts import layout
from bot.ui.pictures import Pictures, picture_file

Composed = tuple[discord.ui.LayoutView, list[discord.File]]


class Views:
    """Composes the message of a view for one member."""

    def __init__(self, services: Services, pictures: Pictures, words: Words) -> None:
        self._coverage = services.coverage
        self._catalogues = services.catalogues
        self._pictures = pictures
        self._words = words

    async def compose(self, who: Actor, view: View, page: int) -> Composed:
        """The message and its picture, if it has one. Raises OrganisersOnly for *at risk*."""
        catalogue = await self._catalogues.of(who.guild_id)
        match view:
            case View.OVERLAP:
                look, found = await self._coverage.unlike(who)
                text = unlike_text(found, catalogue, self._words)
                return self._layout(
                    catalogue, view, look, [text], [self._introductions(found)], None
                ), []
            case View.AT_RISK:
                look, risks = await self._coverage.at_risk(who)
                text = risks_text(risks, catalogue, self._words)
                return self._layout(catalogue, view, look, [text], [], None), []
            case _:
                return await self._pictured(catalogue, who, view, page)

    async def _pictured(self, catalogue: Catalogue, who: Actor, view: View, page: int) -> Composed:
        words = self._words
        look = await self._coverage.look(who, with_trend=view is View.TREND)
        first = headline(look.community, catalogue, words)
        # Nothing is drawn of nothing: an empty server is invited instead.
        if look.community.is_empty:
            return self._layout(catalogue, view, look, [first], [], None), []
        picture, notes = self._picture(catalogue, view, look, page)
        png = await self._pictures.draw(picture)
        file = picture_file(png, f"coverage-{view.value}", alt_text(picture, words))
        texts = [part for part in (first, numbers_table(picture, words), *notes) if part]
        return self._layout(catalogue, view, look, texts, self._pages(view, look, page), file), [
            file
        ]

    def _picture(
        self, catalogue: Catalogue, view: View, look: Look, page: int
    ) -> tuple[Picture, Sequence[str]]:
        """What is drawn, and what is said beside the numbers."""
        community, words = look.community, self._words
        if view is View.TREND:
            return trend_picture(look.weeks, community, words), ()
        if view is View.PAIRS:
            pairs = pair_picture(community, catalogue, words)
            return pairs, (pairs_note(community, len(pairs.keys), words),)
        pages = map_pages(community)
        note = map_note(min(page, pages - 1), pages, words)
        drawn = map_picture(community, catalogue, page, look.at, words)
        return drawn, (note, measures_text(community, words))

    def _layout(
        self,
        catalogue: Catalogue,
        view: View,
        look: Look,
        texts: Sequence[str],
        rows: Sequence[Sequence[Control]],
        picture: discord.File | None,
    ) -> discord.ui.LayoutView:
        words = self._words
        options = emptiest_options(look.community, catalogue, words)
        more = [[menu(words.text("Sign up where it helps most…"), options, "sign-up")]]
        shown = [v for v in View if v is not View.AT_RISK or look.organises]
        tabs = [
            button(view_label(v, words), "coverage", v.value, disabled=v is view) for v in shown
        ]
        return layout(
            view_title(view, words),
            texts,
            [*rows, *(more if options else []), tabs],
            colour=COLOUR,
            picture=picture,
        )

    def _pages(self, view: View, look: Look, page: int) -> Sequence[Sequence[Control]]:
        pages = map_pages(look.community)
        if view is not View.MAP or pages == 1:
            return []
        to = min(page, pages - 1) + 1
        label = self._words.text("More theories") if to < pages else self._words.text("First page")
        return [[button(label, "coverage", view.value, to if to < pages else 0)]]

    def _introductions(self, found: Sequence[Unlike]) -> Sequence[Control]:
        return [
            button(
                self._words.text(
                    "Introduce me to {name}", name=fit(plain(member.display_name), 40)
                ),
                "introduce",
                member.user_id,
            )
            for member in found
        ]
