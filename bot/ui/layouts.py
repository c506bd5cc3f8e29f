"""Messages made of components (Components V2), which keep nothing in memory either."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord

# A control of ours, or a button that is a link.
Placed = discord.ui.Item[Any]
# A row holds five buttons, or one menu.
_WIDTH = 5


def layout(
    title: str,
    texts: Iterable[str],
    rows: Iterable[Iterable[Placed]],
    *,
    blocks: Iterable[tuple[str, Iterable[Placed]]] = (),
    colour: discord.Colour | None = None,
    picture: discord.File | None = None,
    attached: Iterable[discord.File] = (),
) -> discord.ui.LayoutView:
    """A framed message: a heading, paragraphs, then rows of controls.

    ``blocks`` stand between: paragraphs that have a row of controls each. What does not fit in a
    row, such as a button beside a menu, goes below.

    ``picture`` stands after the first paragraph, with its description as alt text; the file is
    sent beside the message.

    ``attached`` are files to take away, shown by their names above the controls; they are sent
    beside the message too.

    Discord takes 40 components and 4000 characters of text in all.
    """
    frame: discord.ui.Container[Any] = discord.ui.Container(accent_colour=colour)
    frame.add_item(discord.ui.TextDisplay(f"## {title}"))
    for place, text in enumerate(texts):
        frame.add_item(discord.ui.TextDisplay(text))
        if picture is not None and place == 0:
            frame.add_item(
                discord.ui.MediaGallery(
                    discord.MediaGalleryItem(picture, description=picture.description)
                )
            )
    for text, row in blocks:
        frame.add_item(discord.ui.Separator())
        frame.add_item(discord.ui.TextDisplay(text))
        _add_row(frame, row)
    for file in attached:
        frame.add_item(discord.ui.File(file))
    for row in rows:
        _add_row(frame, row)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(frame)
    view.stop()
    return view


def _add_row(frame: discord.ui.Container[Any], row: Iterable[Placed]) -> None:
    line: list[Placed] = []
    for item in row:
        if sum(one.width for one in line) + item.width > _WIDTH:
            frame.add_item(discord.ui.ActionRow(*line))
            line = []
        line.append(item)
    if line:
        frame.add_item(discord.ui.ActionRow(*line))
