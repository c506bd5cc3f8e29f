"""The preview of a split as a message."""

from __future__ import annotations

import discord

from bot.domain.rounds import SLACKS, Preview, RoundState
from bot.render.markdown import size
from bot.render.rounds.picture import split_alt, split_picture
from bot.render.rounds.preview import headline, members_pages, overview, preview_title
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import Control, button, menu
from bot.ui.layouts import layout
from bot.ui.pictures import Pictures, picture_file

# Discord takes 4000 characters of text in one message of components.
_TEXT, _TITLE = 3900, 100

Composed = tuple[discord.ui.LayoutView, list[discord.File]]


async def compose(
    preview: Preview, page: int, pictures: Pictures, words: Words, note: str = ""
) -> Composed:
    """The preview with its picture; ``note`` stands above it.

    Of a large group the members are listed on further pages, which have no picture.
    """
    first = f"{note}\n{headline(preview, words)}".strip()
    texts = [first, *overview(preview, words)]
    room = _TEXT - sum(map(size, (preview_title(preview, words), *texts)))
    lists = members_pages(preview, room, words)
    if len(lists) == 1:
        texts += lists
    else:
        lists = members_pages(preview, _TEXT - _TITLE, words)
    pages = 1 if len(lists) == 1 and lists[0] in texts else len(lists) + 1
    page = page % pages
    rows = [_slack(preview, words), _choices(preview, words), _pages(preview, page, pages, words)]
    if page:
        listed = layout(preview_title(preview, words), [lists[page - 1]], rows[1:], colour=COLOUR)
        return listed, []
    picture = split_picture(preview, words)
    png = await pictures.draw(picture)
    file = picture_file(png, "split", split_alt(picture, words))
    view = layout(preview_title(preview, words), texts, rows, colour=COLOUR, picture=file)
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
            description=words.text(
                "Up to {slack} % of the coverage gained may go to wishes", slack=slack
            ),
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
    nothing = nothing or not preview.split.assignment
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
    if published:
        made.append(button(words.text("My reading"), "split-mine", number))
    made.append(button(words.text("End the round"), "split-cancel", number))
    return made


def _pages(preview: Preview, page: int, pages: int, words: Words) -> list[Control]:
    if pages == 1:
        return []
    to = (page + 1) % pages
    label = words.text("Who would read what") if to else words.text("Back to the figures")
    return [button(label, "split-organise", preview.round.id, to)]
