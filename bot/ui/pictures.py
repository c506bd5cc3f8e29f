"""Pictures: drawn in threads, kept while they are likely to be asked for again."""

from __future__ import annotations

import asyncio
import io
from collections import OrderedDict

import discord

from bot.render.pictures import Picture

# The library of the plots takes a second to import, so nobody waits for it at the start: it is
# imported in a thread, and every function here that needs it does so itself.
_DRAWN_AT_ONCE = 2
_KEPT = 128


class Pictures:
    """Draws at most two pictures at a time. Equal pictures are drawn once."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_DRAWN_AT_ONCE)
        self._kept: OrderedDict[Picture, bytes] = OrderedDict()

    async def warm_up(self) -> None:
        """Get ready to draw; the first picture would take a second longer."""
        await asyncio.to_thread(_import_plots)

    async def draw(self, picture: Picture) -> bytes:
        """The picture as PNG. The event loop goes on meanwhile."""
        if picture not in self._kept:
            async with self._turns:
                # Somebody may have asked for the same picture and waited less long.
                if picture not in self._kept:
                    self._keep(picture, await asyncio.to_thread(_draw, picture))
        self._kept.move_to_end(picture)
        return self._kept[picture]

    def _keep(self, picture: Picture, png: bytes) -> None:
        self._kept[picture] = png
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)


def picture_file(png: bytes, name: str, alt: str) -> discord.File:
    """A drawn picture to be sent, with what it shows in words."""
    return discord.File(io.BytesIO(png), filename=f"{name}.png", description=alt)


def _import_plots() -> None:
    import bot.render.plots  # noqa: F401, PLC0415 - see above


def _draw(picture: Picture) -> bytes:
    from bot.render.plots import draw  # noqa: PLC0415 - see above

    return draw(picture)
