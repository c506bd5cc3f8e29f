"""An announcement of a club as a message: what was, what is, and the way to what comes."""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.club_news import News
from bot.render.club_news import news_text
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import button

_ACTION = "schedule-news"


def news_layout(news: News, words: Words) -> discord.ui.LayoutView:
    """The announcement as it is now."""
    told, shown = news.announcement, news_text(news, words)
    frame: discord.ui.Container[Any] = discord.ui.Container(accent_colour=COLOUR)
    frame.add_item(discord.ui.TextDisplay(f"### {shown.title}"))
    for text in (shown.was, shown.now):
        if text:
            frame.add_item(discord.ui.TextDisplay(text))
    # By its number the announcement is found again in the channel.
    more = button(words.text("The coming sessions"), _ACTION, told.club_id, told.topic, told.id)
    frame.add_item(discord.ui.ActionRow(more))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(frame)
    view.stop()
    return view
