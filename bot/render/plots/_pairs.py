"""The pairs: how many members have read both of two theories."""

from __future__ import annotations

from matplotlib.figure import Figure

from bot.render.coverage_pictures import PairPicture
from bot.render.plots._ground import (
    CELL,
    MARGIN,
    MUTED,
    TEXT,
    canvas,
    draw_cells,
    draw_empty,
    two_lines,
    write,
)


def pair_figure(picture: PairPicture) -> Figure:
    """The lower half of a matrix; each theory has a letter, which heads its column too."""
    top, left, step, cell = 12, MARGIN + 114, 26, CELL
    height = top + step * len(picture.names) + 34
    figure, axes = canvas(height)
    cells: list[tuple[float, float, int, float]] = []
    for place, name in enumerate(picture.names):
        y = top + step * place + step / 2
        key = picture.keys[place]
        write(axes, MARGIN, y, key, 11, MUTED)
        write(axes, MARGIN + 14, y, two_lines(name), 10, TEXT)
        write(axes, left + step * place + cell / 2, y, key, 11, MUTED, ha="center")
        cells += [
            (left + step * column + cell / 2, y, count, 1.0)
            for column, count in enumerate(picture.counts[place])
        ]
    draw_cells(axes, cells, max([cell[2] for cell in cells], default=0) or 1)
    y = height - 16
    draw_empty(axes, [MARGIN + 5], [y])
    write(axes, MARGIN + 16, y, picture.gap_label, 10, MUTED)
    return figure
