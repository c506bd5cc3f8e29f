"""Draws all pictures as PNG. The one room that knows matplotlib.

A picture is 360 units wide, as wide as a phone shows it, and has two pixels a unit. It has a
background of its own, so that it reads alike in Discord's dark and light looks; what colour
says, shape or text says too. Figures are made by hand, never through pyplot, which keeps
them; so threads may draw side by side.
"""

from __future__ import annotations

import io

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.render.coverage_pictures import MapPicture, PairPicture, TrendPicture
from bot.render.pictures import Picture
from bot.render.plots._map import map_figure
from bot.render.plots._pairs import pair_figure
from bot.render.plots._split import split_figure
from bot.render.plots._trend import trend_figure
from bot.render.rounds.picture import SplitPicture


def draw(picture: Picture) -> bytes:
    """The picture as PNG. May be called in any thread."""
    figure = figure_of(picture)
    FigureCanvasAgg(figure)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def figure_of(picture: Picture) -> Figure:
    """The picture before it is turned into pixels."""
    match picture:
        case MapPicture():
            return map_figure(picture)
        case TrendPicture():
            return trend_figure(picture)
        case PairPicture():
            return pair_figure(picture)
        case SplitPicture():
            return split_figure(picture)
