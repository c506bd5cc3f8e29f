"""How far a long piece of work is, on a terminal; somewhere else nothing is said of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_WIDTH = 30
_CLEAR = "\r\x1b[2K"


@contextmanager
def progress_bar(label: str, out: TextIO | None = None) -> Iterator[Callable[[int, int], None]]:
    """Gives what is to be called with how much is done and how much there is to do.

    The bar is drawn anew when its number changes and is gone once the block is left, so that what
    is said then stands where it stood. ``out`` is standard error unless another one is given.
    """
    shown = sys.stderr if out is None else out
    if not shown.isatty():
        yield lambda _done, _whole: None
        return
    last = -1

    def draw(done: int, whole: int) -> None:
        nonlocal last
        percent = 100 if whole <= 0 else min(100, 100 * done // whole)
        if percent != last:
            last = percent
            filled = _WIDTH * percent // 100
            shown.write(f"{_CLEAR}{label} {'#' * filled}{'.' * (_WIDTH - filled)} {percent:3} %")
            shown.flush()

    try:
        yield draw
    finally:
        if last >= 0:
            shown.write(_CLEAR)
            shown.flush()
