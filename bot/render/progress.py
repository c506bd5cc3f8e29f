"""A member's own progress in words: bars, what is stored now, what to do next."""

from __future__ import annotations

import re
from datetime import datetime

import discord

from bot.domain.logbook import Logged
from bot.domain.members import NoteSharing
from bot.domain.notes import NoteKind
from bot.domain.outline import Outline, SectionsUnclear
from bot.domain.overview import PAGE_SIZE, Overview, PaperProgress
from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.render.markdown import escape, fit
from bot.render.theory_card import COLOUR, depth_text
from bot.render.words import Words

_BLOCKS = 10
_TITLE = 256
_NAME = 120
# Backticks side by side could end the block that a text stands in.
_PAIR = re.compile(r"`(?=`)")


def bar(percent: int) -> str:
    """Ten blocks: the first is filled as soon as anything is done, the last when all is."""
    filled = min(_BLOCKS, max(1, percent * _BLOCKS // 100)) if percent > 0 else 0
    return "▰" * filled + "▱" * (_BLOCKS - filled)


def day(moment: datetime) -> str:
    """A date that Discord shows in each reader's own zone and language."""
    return f"<t:{int(moment.timestamp())}:D>"


def standing_line(percent: int, depth: Depth | None, words: Words) -> str:
    """The bar, the percentage and the depth, such as "▰▰▰▱▱▱▱▱▱▱ 30 % · reading"."""
    shown = words.text("{bar} {percent} %", bar=bar(percent), percent=percent)
    return shown if depth is None else f"{shown} · {depth_text(depth, words)}"


def own_overview(overview: Overview, words: Words) -> discord.Embed:
    """A page of ``/progress me``; an invitation where there is nothing yet."""
    embed = discord.Embed(title=words.text("Your reading"), colour=COLOUR)
    if overview.papers:
        first = overview.page * PAGE_SIZE + 1
        entries = [_entry(number, one, words) for number, one in enumerate(overview.papers, first)]
        embed.description = "\n\n".join(entries)
    else:
        embed.description = words.text(
            "You have not taken up a paper here yet. `/theories` shows what this group needs most, "
            "`/signup` takes a paper up, and `/progress log` takes in what you have read before."
        )
    if overview.notices:
        embed.description += "\n\n" + words.plural(
            "{n} message of mine is waiting for you.",
            "{n} messages of mine are waiting for you.",
            overview.notices,
        )
    footer = words.text("Only you see this.")
    if overview.pages > 1:
        page = words.text("Page {page} of {pages}.", page=overview.page + 1, pages=overview.pages)
        footer = f"{page} {footer}"
    return embed.set_footer(text=footer)


def _entry(number: int, one: PaperProgress, words: Words) -> str:
    facts = [standing_line(one.percent, one.depth, words)]
    if one.signup is not None and one.signup.due_at is not None:
        facts.append(words.text("due {date}", date=day(one.signup.due_at)))
    if one.taught:
        facts.append(
            words.plural("explained to {n} member", "explained to {n} members", one.taught)
        )
    title = f"**{number}. {fit(one.paper.title, _NAME)}**"
    return "\n".join((title, " · ".join(facts), f"→ {next_step(one, words)}"))


def next_step(one: PaperProgress, words: Words) -> str:
    """What the member can do next with a paper, in one line."""
    state = one.signup.state if one.signup else None
    if one.signup is not None and state is SignupState.OFFERED:
        if one.signup.until is None:
            return words.text("A seat is free for you.")
        until = f"<t:{int(one.signup.until.timestamp())}:R>"
        return words.text("A seat is free for you; the offer ends {when}.", when=until)
    if state is SignupState.PAUSED:
        return words.text("Paused until you are back.")
    if state is SignupState.WAITING and one.depth is None:
        return words.text("You are in line; I tell you when a seat is free.")
    return reading_step(one.depth, Outline(one.paper.sections), one.done, words)


def reading_step(depth: Depth | None, outline: Outline, done: frozenset[str], words: Words) -> str:
    """The next step of reading, then of understanding."""
    match depth:
        case Depth.UNDERSTOOD:
            return words.text("Explain it to somebody: that is the best test of all.")
        case Depth.ALMOST:
            return words.text("Name the step that is missing, and ask or explain it.")
        case Depth.READ:
            return words.text("Note its claim and one doubt, then see what is still unclear.")
        case _:
            section = outline.next_after(done)
            if section is None:
                return words.text("Every section is done. Read it all?")
            title = fit(section.title, _NAME)
            if outline.known(done):
                return words.text("Go on with: {section}", section=title)
            return words.text("Begin with: {section}", section=title)


def logged(result: Logged, words: Words) -> discord.Embed:
    """What is stored now of a member and a paper."""
    embed = discord.Embed(title=fit(result.paper.title, _TITLE), colour=COLOUR)
    outline = result.outline
    lines = [standing_line(outline.percent(result.done, result.depth), result.depth, words)]
    if result.done and result.depth is not None and not result.depth.is_reader:
        count = len(outline.sections)
        lines[0] += " · " + words.text("{n} of {count} sections", n=len(result.done), count=count)
    if result.depth is None:
        lines = [words.text("You have not taken this paper up.")]
    if result.closed:
        lines.append(words.text("Well read! Your sign-up is closed and its seat is free again."))
    elif result.due_at is not None:
        lines.append(words.text("Your sign-up is due {date}.", date=day(result.due_at)))
    lines += _notes_lines(result, words)
    if result.unclear is not None:
        lines.append(unclear_text(result.unclear, words))
    if result.depth is not None:
        lines.append("→ " + reading_step(result.depth, outline, result.done, words))
    embed.description = "\n".join(lines)
    return embed.set_footer(text=words.text("Only you see this."))


def removal(result: Logged, words: Words) -> discord.Embed:
    """What would go, before it does."""
    embed = discord.Embed(title=fit(result.paper.title, _TITLE), colour=COLOUR)
    embed.description = words.text(
        "Remove what you logged about this paper, the sections you did among it? Notes stay."
    )
    return embed


def removed(result: Logged, words: Words) -> discord.Embed:
    """The paper was taken back, or is back at *signed up*."""
    embed = discord.Embed(title=fit(result.paper.title, _TITLE), colour=COLOUR)
    if result.depth is None:
        embed.description = words.text(
            "Removed. Notes you wrote about it stay; `/note mine` lists them."
        )
    else:
        embed.description = words.text(
            "What you logged is removed. You are still signed up; if you would rather not read "
            "it, give it back."
        )
    return embed


def unclear_text(unclear: SectionsUnclear, words: Words) -> str:
    """Which part of the sections means nothing, with what was typed, for copying."""
    sentence = words.text(
        "The sections stayed as they were: “{part}” is none of this paper's {count}. Write "
        "their numbers in order, such as `1-7, 9`.",
        part=fit(escape(unclear.part), 80),
        count=unclear.count,
    )
    return f"{sentence}\n{copyable(unclear.typed)}"


def copyable(text: str, limit: int = 1000) -> str:
    """A member's own words in a block to copy from; nothing in it is live."""
    kept = "".join(c for c in text if c.isprintable() or c in "\n\t")
    kept = _PAIR.sub("`\u200b", kept)
    return f"```\n{fit(kept, limit)}\n```"


def kept_text(kind: NoteKind, text: str, words: Words) -> discord.Embed:
    """A text that could not be stored, so that its writer can copy it."""
    return discord.Embed(
        title=words.text("Not stored: {kind}", kind=kind_text(kind, words)),
        description=copyable(text, 4000),
        colour=COLOUR,
    )


def kind_text(kind: NoteKind, words: Words) -> str:
    """A kind of note as a member reads it."""
    match kind:
        case NoteKind.CLAIM:
            return words.text("claim")
        case NoteKind.EVIDENCE:
            return words.text("evidence")
        case NoteKind.DOUBT:
            return words.text("doubt")
        case NoteKind.QUESTION:
            return words.text("question")


def _notes_lines(result: Logged, words: Words) -> list[str]:
    if not result.noted:
        return []
    kinds = ", ".join(kind_text(kind, words) for kind in result.noted)
    line = words.text("Noted: {kinds}.", kinds=kinds)
    if result.undecided:
        line += " " + words.text("Only you can read it until you share it.")
    elif result.sharing is NoteSharing.SHARED:
        line += " " + words.text("Your new notes are shared with the server.")
    return [line]
