"""The map: theories by depth, with bars against the target."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.render.coverage_pictures import MapPicture
from bot.render.plots._ground import (
    CELL,
    MARGIN,
    MUTED,
    READ,
    TARGET,
    TEXT,
    UNDERSTOOD,
    WIDTH,
    canvas,
    draw_cells,
    two_lines,
    write,
)

_STEP, _ROW, _HEAD, _NAMED = 24.5, 32, 62, 108


def map_figure(picture: MapPicture) -> Figure:
    """A row a theory: its name, a cell a depth, and how far it is."""
    height = _HEAD + _ROW * len(picture.rows) + 36
    figure, axes = canvas(height)
    left = MARGIN + _NAMED
    bars = left + _STEP * len(picture.columns) + 6
    for column, heading in enumerate(picture.columns):
        x = left + _STEP * column + CELL / 2 - 3
        write(axes, x, _HEAD - 8, heading, 10, MUTED, rotation=42, va="bottom")
    most = max([count for row in picture.rows for count in row.counts], default=1)
    cells = []
    for place, row in enumerate(picture.rows):
        y = _HEAD + _ROW * place + _ROW / 2
        write(axes, MARGIN, y, two_lines(row.name), 11, TEXT)
        cells += [
            (left + _STEP * column + CELL / 2, y, count, row.freshness)
            for column, count in enumerate(row.counts)
        ]
        told = " · ".join(part for part in (row.standing, row.age) if part)
        colour = MUTED if row.readers else TARGET
        write(axes, bars, y + 8, f"{row.mark} {told}", 9, colour)
    draw_cells(axes, cells, max(1, most))
    _bars(axes, picture, bars, height)
    return figure


def _bars(axes: Axes, picture: MapPicture, left: float, height: float) -> None:
    """Readers, and of them those who understand, against the line of the target."""
    longest = max(picture.target, *(row.readers for row in picture.rows), 1)
    unit = (WIDTH - MARGIN - left) / longest
    ys = [_HEAD + _ROW * place + 9.5 for place in range(len(picture.rows))]
    readers = [row.readers * unit for row in picture.rows]
    understanders = [row.understanders * unit for row in picture.rows]
    axes.barh(ys, readers, 9, left=left, color=READ)
    axes.barh(ys, understanders, 4, left=left, color=UNDERSTOOD)
    target = left + picture.target * unit
    y = height - 16
    axes.barh([y, y], [14, 14], [9, 4], left=[MARGIN, 110], color=[READ, UNDERSTOOD])
    # The line stands at the same place in every row, and once more in the legend.
    axes.vlines([target] * len(ys), [at - 7 for at in ys], [at + 7 for at in ys], TARGET, lw=1.6)
    axes.vlines([left], [y - 7], [y + 7], TARGET, lw=1.6)
    write(axes, MARGIN + 20, y, picture.readers_label, 10, MUTED)
    write(axes, 130, y, picture.understanders_label, 10, MUTED)
    write(axes, left + 8, y, picture.target_label, 10, MUTED)
