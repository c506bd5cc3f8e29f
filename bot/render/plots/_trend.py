"""The trend: what was known, covered and effective at the end of each week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from matplotlib.figure import Figure

from bot.render.coverage_pictures import TrendPicture
from bot.render.plots._ground import (
    GRID,
    MARGIN,
    MUTED,
    READ,
    TARGET,
    UNDERSTOOD,
    WIDTH,
    canvas,
    write,
)


def trend_figure(picture: TrendPicture) -> Figure:
    """Three lines that differ in colour, marker and dash, each named at its end."""
    height, top, bottom, left, right = 230, 30, 34, MARGIN + 18, 92
    figure, axes = canvas(height)
    most = max(1, picture.total)
    across = (WIDTH - left - right) / max(1, len(picture.dates) - 1)
    xs = [left + across * place for place in range(len(picture.dates))]

    def up(value: float) -> float:
        return height - bottom - (height - top - bottom) * value / most

    for tick in _ticks(most):
        axes.plot([left, WIDTH - right], [up(tick)] * 2, color=GRID, lw=0.6)
        write(axes, left - 6, up(tick), str(tick), 10, MUTED, ha="right")
    write(axes, left, up(most) - 11, picture.total_label, 10, MUTED)
    lines = (
        (picture.known, picture.known_label, READ, "o", "-"),
        (picture.effective, picture.effective_label, TARGET, "D", (0, (2, 1.5))),
        (picture.covered, picture.covered_label, UNDERSTOOD, "s", "-"),
    )
    ends = _apart([up(values[-1]) for values, *_ in lines], 15, up(0))
    for (values, label, colour, marker, style), end in zip(lines, ends, strict=True):
        ys = [up(value) for value in values]
        axes.plot(xs, ys, color=colour, lw=1.8, ls=style, marker=marker, ms=3.4)
        write(axes, WIDTH - right + 9, end, f"{_number(values[-1])} {label}", 11, colour)
    for place in {0, len(xs) - 1}:
        align = "left" if place == 0 else "right"
        write(axes, xs[place], height - 16, picture.dates[place], 10, MUTED, ha=align)
    return figure


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


def _number(value: float) -> str:
    """A count as it is, a measure with one digit after the point."""
    return str(value) if isinstance(value, int) else f"{value:.1f}"
