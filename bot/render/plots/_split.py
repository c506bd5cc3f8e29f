"""A split: readers of each theory as wished and by the split, against the target."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.render.plots._ground import (
    GRID,
    MARGIN,
    MUTED,
    READ,
    TARGET,
    TEXT,
    UNDERSTOOD,
    WIDTH,
    canvas,
    two_lines,
    write,
)
from bot.render.rounds.picture import SplitPicture

_ROW, _HEAD, _NAMED, _NUMBER = 32, 10, 112, 22
_WISHED, _SPLIT = 6, 9


def split_figure(picture: SplitPicture) -> Figure:
    """A row a theory: its name, a thin bar for what is wished, a thick one for the split."""
    height = _HEAD + _ROW * len(picture.rows) + 46
    figure, axes = canvas(height)
    left = MARGIN + _NAMED
    most = max(picture.target, *(max(row.wished, row.split) for row in picture.rows), 1)
    unit = (WIDTH - MARGIN - _NUMBER - left) / most
    ys = [_HEAD + _ROW * place + _ROW / 2 for place in range(len(picture.rows))]
    for y, row in zip(ys, picture.rows, strict=True):
        write(axes, MARGIN, y, two_lines(row.name), 11, TEXT if row.split else TARGET)
        _bar(axes, left, y - 7, row.wished, unit, _WISHED, MUTED)
        _bar(axes, left, y + 5, row.split, unit, _SPLIT, UNDERSTOOD)
        # What had been read before is part of both.
        read = row.before * unit
        axes.barh([y - 7, y + 5], [read, read], [_WISHED, _SPLIT], left=left, color=READ)
    target = left + picture.target * unit
    axes.vlines([target] * len(ys), [y - 13 for y in ys], [y + 12 for y in ys], TARGET, lw=1.4)
    axes.hlines([y + _ROW / 2 for y in ys[:-1]], MARGIN, WIDTH - MARGIN, GRID, lw=0.6, zorder=0)
    _legend(axes, picture, height)
    return figure


def _bar(
    axes: Axes, left: float, y: float, count: int, unit: float, thick: float, colour: str
) -> None:
    """A bar with its number at the end; of nobody, the nought alone."""
    axes.barh([y], [count * unit], thick, left=left, color=colour)
    size = 10 if thick == _WISHED else 11
    write(axes, left + count * unit + 4, y, str(count), size, colour)


def _legend(axes: Axes, picture: SplitPicture, height: float) -> None:
    rows = [
        (height - 32, MARGIN, MUTED, _WISHED, picture.wished_label),
        (height - 32, 130, UNDERSTOOD, _SPLIT, picture.split_label),
    ]
    if any(row.before for row in picture.rows):
        rows.append((height - 14, MARGIN, READ, _SPLIT, picture.before_label))
    for y, x, colour, thick, label in rows:
        axes.barh([y], [14], [thick], left=[x], color=[colour])
        write(axes, x + 20, y, label, 10, MUTED)
    axes.vlines([137], [height - 21], [height - 7], TARGET, lw=1.4)
    write(axes, 150, height - 14, picture.target_label, 10, MUTED)
