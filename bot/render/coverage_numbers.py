"""The numbers of a picture of coverage as text: a table beside it, and its alt text.

Tables are monospaced and as narrow as their numbers let them be: 34 signs at most, about as many
as a phone shows, unless numbers have three digits or more.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.coverage_pictures import MapPicture, PairPicture, Picture, TrendPicture
from bot.render.markdown import fit
from bot.render.words import Words

WIDE = 34
_NARROW = 28
# Discord takes descriptions of at most 1024 characters (its OpenAPI file, MediaGalleryItem).
_ALT = 1024
_SHORTEST = 8


def numbers_table(picture: Picture, words: Words) -> str:
    """Every number of the picture in a code block."""
    match picture:
        case MapPicture():
            lines = _map_lines(picture, words)
        case TrendPicture():
            lines = _trend_lines(picture, words)
        case PairPicture():
            lines = _pair_lines(picture)
    return "```\n" + "\n".join(line.rstrip().replace("`", "'") for line in lines) + "\n```"


def alt_text(picture: Picture, words: Words) -> str:
    """Every number of the picture for those who do not see it."""
    match picture:
        case MapPicture():
            said = _map_alt(picture, words)
        case TrendPicture():
            said = _trend_alt(picture, words)
        case PairPicture():
            said = _pair_alt(picture, words)
    return fit(said, _ALT)


def _map_lines(picture: MapPicture, words: Words) -> list[str]:
    wide = max(len(str(n)) for row in picture.rows for n in row.counts) + 1
    aged = max(len(_age(row.age)) for row in picture.rows) + 1
    columns = len(picture.columns)
    name = max(_SHORTEST, _NARROW - columns * wide - aged - 2)
    heads = _short_heads(words)
    lines = [
        " " * name + "".join(head[: wide - 1].rjust(wide) for head in heads),
        *(
            _cut(row.slug, name)
            + "".join(str(n).rjust(wide) for n in row.counts)
            + _age(row.age).rjust(aged)
            + f" {row.mark}"
            for row in picture.rows
        ),
    ]
    key = " ".join(f"{head}={column}" for head, column in zip(heads, picture.columns, strict=True))
    marks = {row.mark: row.standing for row in picture.rows}
    told = " ".join(f"{mark} {standing}" for mark, standing in marks.items())
    return [*lines, "", *_wrap(key), *_wrap(f"{told} · {picture.target_label}")]


def _short_heads(words: Words) -> tuple[str, ...]:
    """A letter a column: signed up, reading, read, almost, understood, taught."""
    heads = words.text("s g r a u t").split()
    return tuple((heads + [""] * 6)[:6])


def _age(age: str) -> str:
    """Without its space, so that the column stays narrow."""
    return age.replace(" ", "")


def _map_alt(picture: MapPicture, words: Words) -> str:
    rows = "; ".join(
        f"{row.name} {' '.join(map(str, row.counts))} {row.standing}"
        + (f" {row.age}" if row.age else "")
        for row in picture.rows
    )
    return words.text(
        "Members by theory: {columns}; state and last evidence; {target} readers. {rows}.",
        columns=", ".join(picture.columns),
        target=picture.target_label,
        rows=rows,
    )


def _trend_lines(picture: TrendPicture, words: Words) -> list[str]:
    heads = (picture.known_label, picture.covered_label, picture.effective_label)
    wide = [max(3, min(9, len(head))) + 1 for head in heads]
    rows = zip(picture.dates, picture.known, picture.covered, picture.effective, strict=True)
    head = words.text("date")[:10].ljust(10) + "".join(
        head[: w - 1].rjust(w) for head, w in zip(heads, wide, strict=True)
    )
    return [
        head,
        *(
            day.ljust(10)
            + str(known).rjust(wide[0])
            + str(covered).rjust(wide[1])
            + f"{effective:.1f}".rjust(wide[2])
            for day, known, covered, effective in rows
        ),
        picture.total_label,
    ]


def _trend_alt(picture: TrendPicture, words: Words) -> str:
    rows = zip(picture.dates, picture.known, picture.covered, picture.effective, strict=True)
    told = "; ".join(f"{day} {k}, {c}, {e:.1f}" for day, k, c, e in rows)
    return words.text(
        "Theories known, covered and effective at each date, {total}. {rows}.",
        total=picture.total_label,
        rows=told,
    )


def _pair_lines(picture: PairPicture) -> list[str]:
    numbers = [n for row in picture.counts for n in row]
    wide = max([1, *(len(str(n)) for n in numbers)]) + 1
    matrix = [
        key + "".join((str(n) if n else "·").rjust(wide) for n in row) + key.rjust(wide)
        for key, row in zip(picture.keys, picture.counts, strict=True)
    ]
    named = [
        f"{key} {_cut(slug, WIDE - 2)}"
        for key, slug in zip(picture.keys, picture.slugs, strict=True)
    ]
    return [*matrix, "", *named, f"· {picture.gap_label}"]


def _pair_alt(picture: PairPicture, words: Words) -> str:
    rows = [
        f"{name} {' '.join(map(str, row))}".strip()
        for name, row in zip(picture.names, picture.counts, strict=True)
    ]
    return words.text(
        "Common readers of each theory with those before it in this list. {rows}.",
        rows="; ".join(rows),
    )


def _cut(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"


def _wrap(text: str) -> Sequence[str]:
    """Broken between words, for a code block of the table's width."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _NARROW:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
