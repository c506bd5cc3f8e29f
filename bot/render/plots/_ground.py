"""The ground all pictures are drawn on: its measure, colours, writing, and cells of numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import cache

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path

WIDTH, MARGIN, CELL = 360, 12, 22.5
TEXT, MUTED, READ, UNDERSTOOD, TARGET = "#eceef5", "#aab0c4", "#8793e8", "#5fd0a5", "#f0b86e"
GRID = "#3b3f50"
_DPI = 200
_UNIT = 0.72  # points a unit: a hundredth of an inch
_BACK, _LINE, _INK = "#23252f", "#6d738c", "#171923"
_LOW, _HIGH = "#3d467c", "#b9c3ff"


def canvas(height: float) -> tuple[Figure, Axes]:
    """A figure whose one pair of axes counts in units from the upper left."""
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=_DPI, facecolor=_BACK)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_autoscale_on(False)
    return figure, axes


def write(
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
    """Text at a place, as it is."""
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


def two_lines(name: str) -> str:
    """A name broken between words into at most two lines."""
    return "\n".join(textwrap.wrap(name, 15, max_lines=2, placeholder="…"))


def draw_cells(axes: Axes, cells: Sequence[tuple[float, float, int, float]], most: int) -> None:
    """Filled with its number where there is somebody, an empty outline where there is nobody.

    A cell is its middle, its number and its freshness; ``most`` is the number that is brightest.
    """
    some = [cell for cell in cells if cell[2]]
    none = [cell for cell in cells if not cell[2]]
    draw_empty(axes, [cell[0] for cell in none], [cell[1] for cell in none])
    if not some:
        return
    colours = [_shade(count / most, fresh) for _, _, count, fresh in some]
    x, y = [cell[0] for cell in some], [cell[1] for cell in some]
    axes.scatter(x, y, s=_area(CELL), marker=_square(), c=colours, lw=0)
    for (x_at, y_at, count, _), colour in zip(some, colours, strict=True):
        size = 11 if count < 100 else 9
        write(axes, x_at, y_at, str(count), size, _ink(colour), ha="center")


def draw_empty(axes: Axes, xs: Sequence[float], ys: Sequence[float]) -> None:
    """The outline that means nobody."""
    if not xs:
        return
    size = _area(0.45 * CELL)
    axes.scatter(xs, ys, s=size, marker=_square(), facecolors="none", edgecolors=_LINE, lw=1)


def _area(side: float) -> float:
    """A marker's size as matplotlib takes it: the square of its side in points."""
    return (side * _UNIT) ** 2


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
    return _INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else TEXT
