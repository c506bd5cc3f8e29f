"""Why some items of a split have fewer readers than the group wants, said in few lines."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.rounds import Preview
from bot.domain.split import Bar, Reason, Unmet
from bot.domain.suggesting import LONG_HOURS
from bot.render.markdown import fit
from bot.render.papers import number_text
from bot.render.rounds.answers import item_name
from bot.render.words import Words

_NAME, _LINE, _LINES = 48, 300, 6


def shortfall_lines(preview: Preview, words: Words) -> list[str]:
    """A line for each reason. What falls short for one and the same reason stands together."""
    lines = []
    halls: dict[tuple[str, ...], list[Unmet]] = {}
    outranked = [each for each in preview.split.unmet if each.reason is Reason.OUTRANKED]
    hours = [each for each in preview.split.unmet if each.reason is Reason.HOURS]
    for each in preview.split.unmet:
        match each.reason:
            case Reason.IMPOSSIBLE:
                lines.append(f"{_short(preview, each, words)}: {_impossible(preview, each, words)}")
            case Reason.HALL:
                halls.setdefault(each.items, []).append(each)
            case _:
                pass
    lines += [_hall(preview, found, words) for found in halls.values()]
    if outranked:
        why = words.text("their readers are needed for what nobody would know otherwise")
        lines.append(f"{_items(preview, outranked, words)}: {why}")
    if hours:
        why = words.text("the hours do not fit: no way was found to meet more")
        lines.append(f"{_items(preview, hours, words)}: {why}")
    more = len(lines) - _LINES
    shown = [fit(line, _LINE) for line in lines[:_LINES]]
    if more > 0:
        shown.append(words.plural("and {n} more falls short", "and {n} more fall short", more))
    return shown


def _short(preview: Preview, unmet: Unmet, words: Words) -> str:
    """**PDLT** has 1 of 2 readers."""
    item, got = unmet.item, preview.readers_after()[unmet.item]
    return words.text(
        "**{item}** has {got} of {target} readers",
        item=_name(preview, item),
        got=got,
        target=preview.facts.target,
    )


def _impossible(preview: Preview, unmet: Unmet, words: Words) -> str:
    item = preview.facts.items[unmet.item]
    bars = dict(unmet.bars)
    free = max(0, item.seats - item.held)
    able = len(preview.facts.participants) - sum(bars.values())
    if free < unmet.need and able > free:
        return words.plural("it has {n} free seat", "it has {n} free seats", free)
    if item.hours > LONG_HOURS and bars.get(Bar.CONFLICT):
        return words.text(
            "at {hours} h it is only given to who wants it", hours=number_text(item.hours)
        )
    if unmet.can == 0:
        return words.text("nobody who is in can take it")
    return words.plural(
        "only {n} member who is in can take it",
        "only {n} members who are in can take it",
        unmet.can,
    )


def _hall(preview: Preview, found: list[Unmet], words: Words) -> str:
    """A proof, in numbers: who may not take what is nobody's business."""
    one = found[0]
    told = words.text(
        "together {items} want {needed} more readers, and the members who may take them have "
        "{places} places",
        items=len(one.items),
        needed=one.needed,
        places=one.places,
    )
    return f"{_items(preview, found, words)}: {told}"


def _items(preview: Preview, unmet: Iterable[Unmet], words: Words) -> str:
    """**A**, **B** fall short."""
    names = [f"**{_name(preview, each.item)}**" for each in unmet]
    listed = fit(", ".join(names), 160)
    return words.plural("{items} falls short", "{items} fall short", len(names), items=listed)


def _name(preview: Preview, paper_id: str) -> str:
    item = preview.facts.items[paper_id]
    return fit(item_name(preview.round, item.theory, item.paper), _NAME)
