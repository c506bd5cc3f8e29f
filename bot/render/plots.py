"""Draws the pictures of coverage as PNG. The one module that knows matplotlib.

A picture is 360 units wide, as wide as a phone shows it, and has two pixels a unit. It has a
background of its own, so that it reads alike in Discord's dark and light looks; what colour
says, shape or text says too. Figures are made by hand, never through pyplot, which keeps
them; so threads may draw side by side.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path

from bot.render.coverage_pictures import MapPicture, PairPicture, Picture, TrendPicture

WIDTH = 360
_DPI = 200
_UNIT = 0.72  # points a unit: a hundredth of an inch
_BACK, _LINE, _TEXT, _MUTED = "#23252f", "#6d738c", "#eceef5", "#aab0c4"
_LOW, _HIGH, _INK = "#3d467c", "#b9c3ff", "#171923"
_READ, _UNDERSTOOD, _TARGET = "#8793e8", "#5fd0a5", "#f0b86e"
_MARGIN = 12
_CELL, _STEP, _ROW, _HEAD = 22.5, 24.5, 32, 62
_NAMED = 108


def draw(picture: Picture) -> bytes:
    """The picture as PNG. May be called in any thread."""
    match picture:
        case MapPicture():
            figure = _map(picture)
        case TrendPicture():
            figure = _trend(picture)
        case PairPicture():
            figure = _pairs(picture)
    out = io.BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(out, format="png")
    return out.getvalue()


def _map(picture: MapPicture) -> Figure:
    height = _HEAD + _ROW * len(picture.rows) + 36
    figure, axes = _canvas(height)
    left = _MARGIN + _NAMED
    bars = left + _STEP * len(picture.columns) + 6
    for column, heading in enumerate(picture.columns):
        x = left + _STEP * column + _CELL / 2 - 3
        _write(axes, x, _HEAD - 8, heading, 10, _MUTED, rotation=42, va="bottom")
    most = max([count for row in picture.rows for count in row.counts], default=1)
    cells = []
    for place, row in enumerate(picture.rows):
        y = _HEAD + _ROW * place + _ROW / 2
        _write(axes, _MARGIN, y, _two_lines(row.name), 11, _TEXT)
        cells += [
            (left + _STEP * column + _CELL / 2, y, count, row.freshness)
            for column, count in enumerate(row.counts)
        ]
        told = " · ".join(part for part in (row.standing, row.age) if part)
        colour = _MUTED if row.readers else _TARGET
        _write(axes, bars, y + 8, f"{row.mark} {told}", 9, colour)
    _cells(axes, cells, max(1, most))
    _bars(axes, picture, bars, height)
    return figure


def _cells(axes: Axes, cells: Sequence[tuple[float, float, int, float]], most: int) -> None:
    """Filled with its number where there is somebody, an empty outline where there is nobody."""
    some = [cell for cell in cells if cell[2]]
    none = [cell for cell in cells if not cell[2]]
    side = (_CELL * _UNIT) ** 2
    if none:
        x, y = [cell[0] for cell in none], [cell[1] for cell in none]
        axes.scatter(
            x, y, s=side * 0.2, marker=_square(), facecolors="none", edgecolors=_LINE, lw=1
        )
    if not some:
        return
    colours = [_shade(count / most, fresh) for _, _, count, fresh in some]
    x, y = [cell[0] for cell in some], [cell[1] for cell in some]
    axes.scatter(x, y, s=side, marker=_square(), c=colours, lw=0)
    for (x_at, y_at, count, _), colour in zip(some, colours, strict=True):
        size = 11 if count < 100 else 9
        _write(axes, x_at, y_at, str(count), size, _ink(colour), ha="center")


def _bars(axes: Axes, picture: MapPicture, left: float, height: float) -> None:
    """Readers, and of them those who understand, against the line of the target."""
    longest = max(picture.target, *(row.readers for row in picture.rows), 1)
    unit = (WIDTH - _MARGIN - left) / longest
    ys = [_HEAD + _ROW * place + 9.5 for place in range(len(picture.rows))]
    readers = [row.readers * unit for row in picture.rows]
    understanders = [row.understanders * unit for row in picture.rows]
    axes.barh(ys, readers, 9, left=left, color=_READ)
    axes.barh(ys, understanders, 4, left=left, color=_UNDERSTOOD)
    target = left + picture.target * unit
    y = height - 16
    axes.barh([y, y], [14, 14], [9, 4], left=[_MARGIN, 110], color=[_READ, _UNDERSTOOD])
    # The line stands at the same place in every row, and once more in the legend.
    axes.vlines([target] * len(ys), [at - 7 for at in ys], [at + 7 for at in ys], _TARGET, lw=1.6)
    axes.vlines([left], [y - 7], [y + 7], _TARGET, lw=1.6)
    _write(axes, _MARGIN + 20, y, picture.readers_label, 10, _MUTED)
    _write(axes, 130, y, picture.understanders_label, 10, _MUTED)
    _write(axes, left + 8, y, picture.target_label, 10, _MUTED)


def _trend(picture: TrendPicture) -> Figure:
    height, top, bottom, left, right = 230, 30, 34, _MARGIN + 18, 92
    figure, axes = _canvas(height)
    most = max(1, picture.total)
    across = (WIDTH - left - right) / max(1, len(picture.dates) - 1)
    xs = [left + across * place for place in range(len(picture.dates))]

    def up(value: float) -> float:
        return height - bottom - (height - top - bottom) * value / most

    for tick in _ticks(most):
        axes.plot([left, WIDTH - right], [up(tick)] * 2, color="#3b3f50", lw=0.6)
        _write(axes, left - 6, up(tick), str(tick), 10, _MUTED, ha="right")
    _write(axes, left, up(most) - 11, picture.total_label, 10, _MUTED)
    lines = (
        (picture.known, picture.known_label, _READ, "o", "-"),
        (picture.effective, picture.effective_label, _TARGET, "D", (0, (2, 1.5))),
        (picture.covered, picture.covered_label, _UNDERSTOOD, "s", "-"),
    )
    ends = _apart([up(values[-1]) for values, *_ in lines], 15, up(0))
    for (values, label, colour, marker, style), end in zip(lines, ends, strict=True):
        ys = [up(value) for value in values]
        axes.plot(xs, ys, color=colour, lw=1.8, ls=style, marker=marker, ms=3.4)
        _write(axes, WIDTH - right + 9, end, f"{values[-1]:g} {label}", 11, colour)
    for place in {0, len(xs) - 1}:
        align = "left" if place == 0 else "right"
        _write(axes, xs[place], height - 16, picture.dates[place], 10, _MUTED, ha=align)
    return figure


def _pairs(picture: PairPicture) -> Figure:
    top, left, step, cell = 12, _MARGIN + 114, 26, _CELL
    height = top + step * len(picture.names) + 34
    figure, axes = _canvas(height)
    cells: list[tuple[float, float, int, float]] = []
    for place, name in enumerate(picture.names):
        y = top + step * place + step / 2
        key = picture.keys[place]
        _write(axes, _MARGIN, y, key, 11, _MUTED)
        _write(axes, _MARGIN + 14, y, _two_lines(name), 10, _TEXT)
        _write(axes, left + step * place + cell / 2, y, key, 11, _MUTED, ha="center")
        cells += [
            (left + step * column + cell / 2, y, count, 1.0)
            for column, count in enumerate(picture.counts[place])
        ]
    _cells(axes, cells, max([cell[2] for cell in cells], default=0) or 1)
    side = (_CELL * _UNIT) ** 2
    y = height - 16
    axes.scatter(
        [_MARGIN + 5],
        [y],
        s=side * 0.2,
        marker=_square(),
        facecolors="none",
        edgecolors=_LINE,
        lw=1,
    )
    _write(axes, _MARGIN + 16, y, picture.gap_label, 10, _MUTED)
    return figure


def _two_lines(name: str) -> str:
    return "\n".join(textwrap.wrap(name, 15, max_lines=2, placeholder="…"))


def _canvas(height: float) -> tuple[Figure, Axes]:
    """A figure whose one pair of axes counts in units from the upper left."""
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=_DPI, facecolor=_BACK)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_autoscale_on(False)
    return figure, axes


def _write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    size: float,
    colour: str,
    *,
    ha: str = "left",
    va: str = "center",
    rotation: float = 0,
) -> None:
    # Names may hold a dollar sign, which would begin a formula.
    axes.text(
        x,
        y,
        _drawable(text),
        fontsize=size * _UNIT,
        color=colour,
        ha=ha,
        va=va,
        rotation=rotation,
        rotation_mode="anchor",
        linespacing=1.05,
        parse_math=False,
    )


def _drawable(text: str) -> str:
    """The text with a box for every sign the font does not have."""
    return "".join(sign if sign == "\n" or ord(sign) in _signs() else "▯" for sign in text)


@cache
def _signs() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties())).get_charmap())


@cache
def _square() -> Path:
    """A square with rounded corners, one unit wide."""
    r, k = 0.16, 0.16 * 0.45
    points = [(-0.5 + r, -0.5)]
    codes = [Path.MOVETO]
    # Each corner with the direction one comes from and the one that one leaves in.
    for (x, y), (fx, fy), (tx, ty) in (
        ((0.5, -0.5), (1, 0), (0, 1)),
        ((0.5, 0.5), (0, 1), (-1, 0)),
        ((-0.5, 0.5), (-1, 0), (0, -1)),
        ((-0.5, -0.5), (0, -1), (1, 0)),
    ):
        points += [(x - r * fx, y - r * fy), (x - k * fx, y - k * fy)]
        points += [(x + k * tx, y + k * ty), (x + r * tx, y + r * ty)]
        codes += [Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    return Path(points, codes)


def _shade(share: float, fresh: float) -> str:
    """From dim to bright with the share, faded towards the background with age."""
    full = [
        low + (high - low) * share for low, high in zip(to_rgb(_LOW), to_rgb(_HIGH), strict=True)
    ]
    kept = 0.45 + 0.55 * fresh
    mixed = [kept * f + (1 - kept) * b for f, b in zip(full, to_rgb(_BACK), strict=True)]
    return to_hex((mixed[0], mixed[1], mixed[2]))


def _ink(colour: str) -> str:
    """Dark on bright, bright on dark: whichever contrasts more (WCAG relative luminance)."""
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)
    )
    return _INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else _TEXT


def _ticks(most: int) -> Iterable[int]:
    step = max(1, -(-most // 4))
    return range(0, most + 1, step)


def _apart(ys: Sequence[float], gap: float, lowest: float) -> list[float]:
    """Heights of labels moved just so far that none covers another, and none passes ``lowest``."""
    order = sorted(range(len(ys)), key=ys.__getitem__)
    moved = list(ys)
    for before, place in pairwise(order):
        moved[place] = max(moved[place], moved[before] + gap)
    for back, place in enumerate(reversed(order)):
        moved[place] = min(moved[place], lowest - gap * back)
    return moved
