"""How far a whole group has come: totals, this week's finishes, and the names that want to be."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.domain.overview import BoardName, GroupProgress
from bot.render.lists import listed
from bot.render.markdown import escape, fit
from bot.render.theory_card import COLOUR
from bot.render.words import Words

_FIELD = 1024
_LINE = 240


def group_overview(group: GroupProgress, words: Words) -> discord.Embed:
    """``/progress group``: nobody is named who did not ask to be, and nobody is ranked."""
    embed = discord.Embed(title=words.text("How far this group is"), colour=COLOUR)
    embed.description = _totals(group, words)
    if group.finished:
        lines = [
            _finish(title, count, names, words) for title, (count, names) in group.finished.items()
        ]
        embed.add_field(
            name=words.text("Finished this week"), value=listed(lines, words, _FIELD), inline=False
        )
    if group.board:
        embed.add_field(
            name=words.text("Name board: finished this month"),
            value=_board(group.board, words),
            inline=False,
        )
    return embed.set_footer(text=words.text("Names only of those who put theirs on the board."))


def _totals(group: GroupProgress, words: Words) -> str:
    if group.is_empty:
        return words.text(
            "Nobody has begun yet: whoever reads first puts the first theory on the map. "
            "`/theories` shows what is needed most."
        )
    known = words.text(
        "**{known} of {theories} theories known**, {met} met, {covered} covered.",
        known=group.known,
        theories=group.theories,
        met=group.met,
        covered=group.covered,
    )
    deep = words.text(
        "Over all theories: readers {readers}, of them almost or fully understanding "
        "{understanders}.",
        readers=group.readers,
        understanders=group.understanders,
    )
    in_hand = words.plural(
        "{n} member has a paper in hand.", "{n} members have a paper in hand.", group.reading
    )
    signups = words.text(
        "Open sign-ups: {open}. Waiting for a seat: {waiting}.",
        open=group.open_signups,
        waiting=group.waiting,
    )
    return f"{known}\n{deep}\n{in_hand}\n{signups}"


def _finish(title: str, count: int, names: tuple[str, ...], words: Words) -> str:
    paper = fit(title, 100)
    if not names:
        return words.plural("{paper}: {n} member", "{paper}: {n} members", count, paper=paper)
    who = ", ".join(escape(name) for name in names)
    if count == len(names):
        return fit(words.text("{paper}: {names}", paper=paper, names=who), _LINE)
    # The number comes first, so that a cut never takes it.
    return fit(
        words.plural(
            "{paper}: {n} member, among them {names}",
            "{paper}: {n} members, among them {names}",
            count,
            paper=paper,
            names=who,
        ),
        _LINE,
    )


def _board(board: Iterable[BoardName], words: Words) -> str:
    lines, others = [], 0
    for entry in board:
        if not entry.finished:
            others += 1
            continue
        papers = ", ".join(fit(title, 60) for title in entry.finished)
        lines.append(
            fit(words.text("{name}: {papers}", name=escape(entry.name), papers=papers), _LINE)
        )
    if not others:
        return listed(lines, words, _FIELD)
    rest = words.plural(
        "{n} on the board is reading on.", "{n} on the board are reading on.", others
    )
    return f"{listed(lines, words, _FIELD - 120)}\n{rest}" if lines else rest
