"""Portraits: a coloured disc with an initial, so that the eight can be told apart."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from simcord.backend.cdn import CDN_BASE

PORTRAIT = "portrait"

_COLOURS = (
    "#b5543c", "#3f7d58", "#7a5bb5", "#b0762a", "#2f7f96", "#a84a78", "#5a6cc2", "#66793a",
)  # fmt: skip
_BOT_COLOUR = "#4450c7"
_SIDE = 96


def draw_portraits(names: Mapping[int, str], bot_id: int) -> dict[str, tuple[str, bytes]]:
    """The pictures of the members, by the address where the simulated Discord looks for each."""
    pictures = {_address(bot_id): ("bot.png", _disc("TC", _BOT_COLOUR))}
    for position, (user_id, name) in enumerate(names.items()):
        colour = _COLOURS[position % len(_COLOURS)]
        pictures[_address(user_id)] = (f"{position}.png", _disc(name[:1], colour))
    return pictures


def _address(user_id: int) -> str:
    return f"{CDN_BASE}/avatars/{user_id}/{PORTRAIT}.png"


def _disc(letters: str, colour: str) -> bytes:
    picture = Image.new("RGB", (_SIDE, _SIDE), colour)
    font = ImageFont.load_default(_SIDE * (0.42 if len(letters) > 1 else 0.5))
    middle = (_SIDE / 2, _SIDE / 2)
    ImageDraw.Draw(picture).text(middle, letters, fill="white", font=font, anchor="mm")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
