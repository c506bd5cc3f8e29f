"""A session's card as a message: what it says, and what can be pressed under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.sessions import ATTENDANCE_OPEN, Answer, Phase
from bot.render.session_card import SessionCard, club_session_card
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import button
from bot.ui.layouts import Placed, layout

_LABEL = 80
_STYLES = {Answer.GOING: discord.ButtonStyle.success}


Google = Callable[[ClubSession, Catalogue, str], str]
"""The link that adds a session to Google's calendar, with the address of its thread or nothing."""


def session_layout(
    found: ClubSession, catalogue: Catalogue, google: Google, now: datetime, words: Words
) -> discord.ui.LayoutView:
    """The card of a session."""
    thread_id = found.session.thread_id
    thread = "" if thread_id is None else thread_url(found.club.guild_id, thread_id)
    card = club_session_card(found, catalogue, now, words)
    first = "\n".join(
        line for line in (card.when, card.place, card.reading, card.presenter) if line
    )
    answers: list[Placed] = []
    match found.session.phase(now):
        case Phase.SKIPPED:
            last: list[Placed] = []
        case Phase.COMING:
            answers, last = (
                _answers(found, card),
                _more(found, google(found, catalogue, thread), now, words),
            )
        case Phase.RUNNING:
            answers, last = (
                _answers(found, card),
                [_was_there(found, words), *_thread(found, words)],
            )
        case Phase.OVER:
            last = [*_after(found, words), *_thread(found, words)]
    blocks = [(card.agenda, []), (card.recap, []), (card.guests, answers)]
    shown = [(text, row) for text, row in blocks if text]
    return layout(card.heading, [first], [last], blocks=shown, colour=COLOUR)


def session_key(found: ClubSession) -> tuple[int, str]:
    """A session in the id of a control."""
    return found.club.id, found.occurrence.original.isoformat()


def _answers(found: ClubSession, card: SessionCard) -> list[Placed]:
    return [
        button(
            label[:_LABEL],
            "session-answer",
            *session_key(found),
            answer.value,
            style=_STYLES.get(answer, discord.ButtonStyle.secondary),
        )
        for answer, label in card.buttons.items()
    ]


def _more(found: ClubSession, google: str, now: datetime, words: Words) -> list[Placed]:
    key = session_key(found)
    items: list[Placed] = []
    if found.session.presenter_id is None:
        items.append(button(words.text("I would present"), "session-present", *key))
    last = found.club.last_session(now, ATTENDANCE_OPEN)
    shown: list[Placed] = []
    if last is not None:
        day = last.original.isoformat()
        shown.append(button(words.text("Last session"), "session-show", found.club.id, day))
    return [
        *items,
        *_thread(found, words),
        button(words.text("Calendar file"), "club-calendar", found.club.id),
        discord.ui.Button(label=words.text("Add to Google"), url=google),
        *shown,
    ]


def _thread(found: ClubSession, words: Words) -> Sequence[Placed]:
    thread_id = found.session.thread_id
    if thread_id is None:
        return [button(words.text("Open a thread"), "session-thread", *session_key(found))]
    url = thread_url(found.club.guild_id, thread_id)
    return [discord.ui.Button(label=words.text("Thread"), url=url)]


def thread_url(guild_id: int, thread_id: int) -> str:
    """The address of a thread, or any channel, of a server."""
    return f"https://discord.com/channels/{guild_id}/{thread_id}"


def _was_there(found: ClubSession, words: Words) -> Placed:
    label = words.text("I was there")
    return button(label, "session-attend", *session_key(found), style=discord.ButtonStyle.success)


def _after(found: ClubSession, words: Words) -> list[Placed]:
    key = session_key(found)
    return [
        _was_there(found, words),
        button(words.text("Recap"), "session-recap", *key),
        button(words.text("Next paper"), "session-poll", *key),
    ]
