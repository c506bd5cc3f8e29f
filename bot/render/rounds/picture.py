"""What stands in the picture of a split, and its numbers as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.rounds import Preview
from bot.render.markdown import fit, plain
from bot.render.rounds.answers import item_name
from bot.render.words import Words

# With more rows than _FEW, names are cut for the alt text to hold every number.
_NAME, _ALT_NAME, _FEW = 32, 18, 15
_KEY = 13
_ALT = 1024


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One theory or paper: its readers so far, and with everybody's wishes or this split."""

    name: str
    before: int
    wished: int
    split: int


@dataclass(frozen=True, slots=True)
class SplitPicture:
    """Readers by theory, before and after; ``target`` is how many the group wants."""

    rows: tuple[SplitRow, ...]
    target: int
    before_label: str
    wished_label: str
    split_label: str
    target_label: str


def split_picture(preview: Preview, words: Words) -> SplitPicture:
    """The picture of a preview, in the order of the round."""
    before = preview.readers_before()
    wished = preview.readers_after(preview.wished.assignment)
    after = preview.readers_after()
    return SplitPicture(
        tuple(
            SplitRow(
                fit(plain(item_name(preview.round, item.theory, item.paper)), _NAME),
                before[paper_id],
                wished[paper_id],
                after[paper_id],
            )
            for paper_id, item in preview.facts.items.items()
        ),
        preview.facts.target,
        words.text("have read it"),
        words.text("as wished"),
        words.text("this split"),
        words.text("target {n}", n=preview.facts.target),
    )


def split_table(picture: SplitPicture, words: Words) -> str:
    """Every number of the picture in a code block, narrow enough for a phone."""
    heads = (words.text("read"), words.text("wish"), words.text("split"))
    digits = max(len(str(n)) for row in picture.rows for n in _numbers(row))
    wide = [max(len(head), digits) + 1 for head in heads]
    lines = [" " * _KEY + _columns(heads, wide)]
    for row in picture.rows:
        name = row.name if len(row.name) < _KEY else row.name[: _KEY - 1].rstrip() + "…"
        lines.append(name.ljust(_KEY) + _columns(_numbers(row), wide))
    lines.append(picture.target_label)
    return "```\n" + "\n".join(line.replace("`", "'") for line in lines) + "\n```"


def split_alt(picture: SplitPicture, words: Words) -> str:
    """Every number of the picture for those who do not see it."""
    longest = _NAME if len(picture.rows) <= _FEW else _ALT_NAME
    rows = "; ".join(
        f"{fit(row.name, longest)} {row.before}, {row.wished}, {row.split}" for row in picture.rows
    )
    said = words.text(
        "Readers of each: so far, as wished, by this split; {target}. {rows}.",
        target=picture.target_label,
        rows=rows,
    )
    return fit(said, _ALT)


def _columns(cells: Iterable[object], wide: Iterable[int]) -> str:
    return "".join(str(cell).rjust(width) for cell, width in zip(cells, wide, strict=True))


def _numbers(row: SplitRow) -> tuple[int, int, int]:
    return row.before, row.wished, row.split
