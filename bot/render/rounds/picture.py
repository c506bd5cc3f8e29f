"""What stands in the picture of a split, and its numbers as text."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.rounds import Preview
from bot.render.markdown import fit, plain
from bot.render.rounds.answers import item_name
from bot.render.words import Words

_NAME, _ALT_NAME = 32, 20
_KEY = 14
_ALT = 1024


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One theory or paper: who has read it ``before``, and with everybody's ``free`` choice or
    this ``split`` once everybody has read what is theirs.
    """

    key: str
    name: str
    before: int
    free: int
    split: int


@dataclass(frozen=True, slots=True)
class SplitPicture:
    """Readers by theory, before and after; ``target`` is how many the group wants."""

    rows: tuple[SplitRow, ...]
    target: int
    before_label: str
    free_label: str
    split_label: str
    target_label: str


def split_picture(preview: Preview, words: Words) -> SplitPicture:
    """The picture of a preview, in the order of the round."""
    before = preview.readers_before()
    free, after = preview.readers_after(preview.free), preview.readers_after()
    return SplitPicture(
        tuple(
            SplitRow(
                item.theory.slug if item.paper.id not in _twice(preview) else paper_id,
                fit(plain(item_name(preview.round, item.theory, item.paper)), _NAME),
                before[paper_id],
                free[paper_id],
                after[paper_id],
            )
            for paper_id, item in preview.facts.items.items()
        ),
        preview.facts.target,
        words.text("have read it"),
        words.text("free choice"),
        words.text("this split"),
        words.text("target {n}", n=preview.facts.target),
    )


def _twice(preview: Preview) -> frozenset[str]:
    """Papers whose theory has another paper in the round: its slug would not tell them apart."""
    slugs = [item.theory.slug for item in preview.facts.items.values()]
    return frozenset(
        paper_id
        for paper_id, item in preview.facts.items.items()
        if slugs.count(item.theory.slug) > 1
    )


def split_table(picture: SplitPicture, words: Words) -> str:
    """Every number of the picture in a code block, 34 signs wide."""
    heads = (words.text("now"), words.text("free"), words.text("split"))
    wide = max(5, *(len(str(n)) for row in picture.rows for n in _numbers(row))) + 1
    lines = [" " * _KEY + "".join(head[: wide - 1].rjust(wide) for head in heads)]
    for row in picture.rows:
        key = row.key if len(row.key) <= _KEY else row.key[: _KEY - 1] + "…"
        lines.append(key.ljust(_KEY) + "".join(str(n).rjust(wide) for n in _numbers(row)))
    lines.append(picture.target_label)
    return "```\n" + "\n".join(line.replace("`", "'") for line in lines) + "\n```"


def split_alt(picture: SplitPicture, words: Words) -> str:
    """Every number of the picture for those who do not see it."""
    rows = "; ".join(
        f"{fit(row.name, _ALT_NAME)} {row.before}, {row.free}, {row.split}" for row in picture.rows
    )
    said = words.text(
        "Readers of each if everybody reads: now, by free choice, by this split; {target}. {rows}.",
        target=picture.target_label,
        rows=rows,
    )
    return fit(said, _ALT)


def _numbers(row: SplitRow) -> tuple[int, int, int]:
    return row.before, row.free, row.split
