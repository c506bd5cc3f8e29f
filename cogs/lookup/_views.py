"""What can be pressed under a card, a list, or an answer that found nothing."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.catalogue import Theory
from bot.domain.lookup import CardPage, TheoryCard, TheoryList
from bot.render.markdown import fit
from bot.render.words import Words
from bot.ui.controls import Control, button, controls_view, menu
from cogs.lookup._actions import card_actions

_LABEL = 80
_RELATIONS = 5


def card_view(
    card: TheoryCard, page: CardPage, words: Words, notes: Sequence[Control] = ()
) -> discord.ui.View:
    """Pages in the first row, then the other theories the words may have meant, then relations.

    Then what can be done. On the page of notes, ``notes`` stand in place of other theories.
    """
    slug = card.theory.slug
    titles = {
        CardPage.CARD: words.text("Card"),
        CardPage.IDEAS: words.text("Ideas"),
        CardPage.WORKS: words.text("All works"),
        CardPage.DISCUSS: words.text("Questions"),
        CardPage.SAFETY: words.text("Why it matters"),
    }
    items: list[Control] = [
        button(
            title,
            "card",
            slug,
            to.value,
            style=discord.ButtonStyle.primary if to is page else discord.ButtonStyle.secondary,
            disabled=to is page,
            row=0,
        )
        for to, title in titles.items()
    ]
    shared = [] if card.notes is None else [_notes_button(slug, card.notes.total, page, words)]
    if page is CardPage.NOTES:
        return controls_view([*items, *shared, *notes])
    meant = [theory.slug for theory in card.alternatives[:_RELATIONS]]
    for theory in card.alternatives[:_RELATIONS]:
        label = fit(words.text("Did you mean {theory}?", theory=theory.short_name), _LABEL)
        items.append(button(label, "card", theory.slug, CardPage.CARD.value, row=1))
    relations = [related for related in card.related if related.theory.slug not in meant]
    for related in relations[:_RELATIONS]:
        label = fit(related.theory.short_name, _LABEL)
        items.append(button(label, "card", related.theory.slug, CardPage.CARD.value, row=2))
    return controls_view([*items, *card_actions(card, words), *shared])


def _notes_button(slug: str, shared: int, page: CardPage, words: Words) -> Control:
    here = page is CardPage.NOTES
    return button(
        words.text("Notes ({n})", n=shared),
        "card",
        slug,
        CardPage.NOTES.value,
        style=discord.ButtonStyle.primary if here else discord.ButtonStyle.secondary,
        disabled=here,
        row=3,
    )


def list_view(page: TheoryList, words: Words) -> discord.ui.View:
    """A menu that opens a card, and the way to the neighbouring pages."""
    items: list[Control] = []
    if page.rows:
        options = [
            discord.SelectOption(label=fit(row.theory.name, 100), value=row.theory.slug)
            for row in page.rows
        ]
        items.append(menu(words.text("Open a card"), options, "open"))
    if page.pages > 1:
        back, on = page.page - 1, page.page + 1
        kind = (page.show.value, page.topic or "")
        items.append(
            button(words.text("Previous"), "list", *kind, back, disabled=page.page == 0, row=1)
        )
        items.append(
            button(words.text("Next"), "list", *kind, on, disabled=on >= page.pages, row=1)
        )
    return controls_view(items)


def nearest_view(theories: Sequence[Theory], words: Words, *, in_server: bool) -> discord.ui.View:
    """The theories that come nearest, one tap each, and the way to propose another."""
    items = [
        button(fit(theory.short_name, _LABEL), "card", theory.slug, CardPage.CARD.value)
        for theory in theories
    ]
    if in_server:
        items.append(button(words.text("Propose it"), "theory-propose", row=1))
    return controls_view(items)
