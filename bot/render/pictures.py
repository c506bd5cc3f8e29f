"""Every kind of picture there is; each value is all that is drawn, so equal ones look equal."""

from __future__ import annotations

from bot.render.coverage_pictures import MapPicture, PairPicture, TrendPicture
from bot.render.rounds.picture import SplitPicture

Picture = MapPicture | TrendPicture | PairPicture | SplitPicture
