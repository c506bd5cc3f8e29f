"""The preview of a split as a message."""

from __future__ import annotations

import discord

from bot.domain.rounds import SLACKS, Preview, RoundState
from bot.render.rounds.picture import split_alt, split_picture, split_table
from bot.render.rounds.preview import (
    difference_text,
    figures_text,
    headline,
    members_text,
    pages_of,
    preview_title,
    promises_text,
    seats_text,
)
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import Control, button, menu
from bot.ui.layouts import layout
from bot.ui.pictures import Pictures, picture_file

Composed = tuple[discord.ui.LayoutView, list[discord.File]]


async def compose(
    preview: Preview, page: int, pictures: Pictures, words: Words, note: str = ""
) -> Composed:
    """The preview with its picture; ``note`` stands above it."""
    picture = split_picture(preview, words)
    png = await pictures.draw(picture)
    file = picture_file(png, "split", split_alt(picture, words))
    texts = [
        f"{note}\n{headline(preview, words)}".strip(),
        split_table(picture, words),
        figures_text(preview, words),
        difference_text(preview, words),
        seats_text(preview, words),
        promises_text(preview, words),
        members_text(preview, page, words),
    ]
    view = layout(
        preview_title(preview, words),
        [text for text in texts if text],
        [_slack(preview, words), _choices(preview, words), _pages(preview, page, words)],
        colour=COLOUR,
        picture=file,
    )
    return view, [file]


def _slack(preview: Preview, words: Words) -> list[Control]:
    labels = (
        words.text("Coverage first"),
        words.text("A little for wishes"),
        words.text("More for wishes"),
    )
    options = [
        discord.SelectOption(
            label=label,
            value=str(slack),
            description=words.text("Up to {slack} % of the coverage gained", slack=slack),
            default=slack == preview.slack,
        )
        for slack, label in zip(SLACKS, labels, strict=True)
    ]
    placeholder = words.text("Coverage or wishes?")
    return [menu(placeholder, options, "split-slack", preview.round.id)]


def _choices(preview: Preview, words: Words) -> list[Control]:
    number, changed = preview.round.id, preview.difference
    published = preview.round.state is RoundState.PUBLISHED
    nothing = published and (changed is None or not (changed.added or changed.removed))
    made = [
        button(
            words.text("Publish the change") if published else words.text("Publish"),
            "split-publish",
            number,
            preview.fingerprint,
            style=discord.ButtonStyle.success,
            disabled=nothing,
        )
    ]
    if preview.more_seats:
        made.append(button(words.text("Raise seats"), "split-seats", number))
    if preview.looser is not None:
        made.append(button(words.text("Let promises move"), "split-keeps", number, "off"))
    elif published and not preview.round.keeps:
        made.append(button(words.text("Keep every promise"), "split-keeps", number, "on"))
    made.append(button(words.text("Call off"), "split-cancel", number))
    return made


def _pages(preview: Preview, page: int, words: Words) -> list[Control]:
    pages = pages_of(preview)
    if pages == 1:
        return []
    to = (min(page, pages - 1) + 1) % pages
    label = words.text("More members") if to else words.text("First page")
    return [button(label, "split-organise", preview.round.id, to)]
