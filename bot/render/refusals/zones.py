"""What is asked when the words for a time do not say which zone is meant."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import ClubError
from bot.domain.schedule.reading import errors as e
from bot.domain.zones import ZoneOffer, ZoneUnclear
from bot.render.member_settings import offset_text
from bot.render.schedule_words import either, listed, quoted
from bot.render.words import Words

_PLACES = 5


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case e.ZoneMissing():
            return words.text(
                "In which time zone? Add a city, like `Tuesdays 18:00 Berlin`, or set yours once "
                "with `/me settings`."
            )
        case e.SaidTwice(part=e.Part.ZONE):
            return words.text("You name two time zones. Which one holds?")
        case e.ZoneIsOffset(said=said, places=places):
            return _offset(said, places, words)
        case ZoneUnclear(said=said, places=places):
            return words.text(
                "{said} can mean different times: {places}. Which city is it?",
                said=quoted(said),
                places=either(_places(places), words),
            )
        case _:
            return None


def _offset(said: str, places: Sequence[ZoneOffer], words: Words) -> str:
    if not places:
        return words.text(
            "No place has the time {said} at present. Which city is it?", said=quoted(said)
        )
    return words.text(
        "{said} does not say when the clocks change. Which city is it? At present it is the "
        "time of {places}.",
        said=quoted(said),
        places=listed([f"`{place.name}`" for place in places], words),
    )


def _places(places: Sequence[ZoneOffer]) -> list[str]:
    return [f"`{place.name}` ({offset_text(place.offset)})" for place in places[:_PLACES]]
