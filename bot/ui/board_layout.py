"""A sign-up board as a message: its papers, a menu to sign up, and the way to more."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.domain.boards import BoardEntry, BoardListing
from bot.render.board import board_pages, board_title, seats_text
from bot.render.markdown import fit
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import Control, button, menu
from bot.ui.layouts import layout


def board_layout(
    listing: BoardListing, page: int, topics: Mapping[str, str], words: Words
) -> discord.ui.LayoutView:
    """One page of a board; a page past the end is the last one."""
    pages = board_pages(listing.entries, words)
    page = min(max(page, 0), len(pages) - 1)
    entries, text = pages[page]
    rows: list[list[Control]] = []
    if entries:
        options = [_option(entry, words) for entry in entries]
        rows.append([menu(words.text("Sign up to read…"), options, "sign-up")])
    rows.append(_buttons(listing, page, len(pages), words))
    return layout(
        board_title(listing, topics, words),
        [text or words.text("There is nothing to read here.")],
        rows,
        colour=COLOUR,
    )


def _option(entry: BoardEntry, words: Words) -> discord.SelectOption:
    return discord.SelectOption(
        label=fit(entry.paper.title, 100),
        value=entry.paper.id,
        description=fit(f"{entry.theory.short_name} · {seats_text(entry, words)}", 100),
    )


def _buttons(listing: BoardListing, page: int, pages: int, words: Words) -> list[Control]:
    board_id = listing.board.id
    made = [button(words.text("Organise"), "organise", board_id)]
    if pages > 1:
        to = page + 1 if page + 1 < pages else 0
        label = words.text("More papers") if to else words.text("First page")
        made.insert(0, button(label, "board-page", board_id, to))
    return made
