"""What others see of a member's reading."""

from __future__ import annotations

import discord

from bot.domain.overview import PaperProgress, Profile
from bot.render.markdown import escape, fit
from bot.render.progress import standing_line
from bot.render.theory_card import COLOUR
from bot.render.words import Words

# So many papers fit an embed's description with room to spare.
_MOST = 15
_NAME = 100


def profile_embed(profile: Profile, words: Words) -> discord.Embed:
    """A member's public part; one and the same answer for who hides it and who is unknown."""
    embed = discord.Embed(colour=COLOUR)
    if profile.papers is None:
        embed.description = _hidden(profile, words)
        return embed
    embed.title = fit(
        words.text("{name}'s reading", name=escape((profile.display_name or "")[:_NAME])), 256
    )
    entries = [_entry(one, words) for one in profile.papers[:_MOST]]
    more = len(profile.papers) - len(entries)
    if more:
        entries.append(words.plural("and {n} more paper", "and {n} more papers", more))
    embed.description = "\n".join(entries) or words.text("No paper yet.")
    if profile.is_own:
        embed.set_footer(text=words.text("This is how others see you."))
    return embed


def _hidden(profile: Profile, words: Words) -> str:
    if profile.is_own:
        return words.text(
            "Others read here that you keep your reading to yourself. `/progress me` shows it to "
            "you, `/me settings` opens it to the server."
        )
    return words.text("They keep their reading to themselves.")


def _entry(one: PaperProgress, words: Words) -> str:
    line = standing_line(one.percent, one.depth, words)
    if one.taught:
        taught = words.plural("explained to {n} member", "explained to {n} members", one.taught)
        line += f" · {taught}"
    return f"**{fit(one.paper.title, _NAME)}**\n{line}"
