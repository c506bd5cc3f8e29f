"""What a member can do about a theory in their server: the last rows under its card."""

from __future__ import annotations

import discord

from bot.domain.lookup import CardStanding, TheoryCard
from bot.domain.papers import Paper
from bot.domain.signups import PaperStanding, SignupState
from bot.render.markdown import fit
from bot.render.papers import number_text
from bot.render.standing import seats_text
from bot.render.words import Words
from bot.ui.controls import Control, button, menu

_BUTTONS, _MENU = 3, 4
_OPTION = 100
_OPTIONS = 25


def card_actions(card: TheoryCard, words: Words) -> list[Control]:
    """Signing up, logging, asking and explaining; nothing where there is no server."""
    if card.standing is None:
        return []
    slug = card.theory.slug
    primary = () if card.is_retired else card.theory.primary_papers
    items: list[Control] = []
    if len(primary) == 1 and not _is_taken_up(primary[0], card.standing):
        items.append(_sign_up(card.standing.papers[primary[0].id], words))
    items.append(button(words.text("Log progress"), "log-theory", slug, row=_BUTTONS))
    items.append(button(words.text("Who can explain this?"), "explain-who", slug, row=_BUTTONS))
    if card.explainable is not None:
        label = words.text("I can explain this")
        items.append(button(label, "explain-offer", card.explainable, row=_BUTTONS))
    if len(primary) > 1:
        options = [_option(paper, card.standing, words) for paper in primary[:_OPTIONS]]
        items.append(menu(words.text("Sign up to read…"), options, "sign-up", row=_MENU))
    return items


def _is_taken_up(paper: Paper, standing: CardStanding) -> bool:
    """Whether the viewer has signed up for it; one for whom a seat is kept may still take it."""
    own = standing.own
    return own is not None and own.paper_id == paper.id and own.state is not SignupState.OFFERED


def _sign_up(paper: PaperStanding, words: Words) -> Control:
    if paper.free:
        label = words.text(
            "Sign up ({free} of {seats} seats free)", free=paper.free, seats=paper.seats
        )
    else:
        label = words.text("Sign up (no seat free)")
    style = discord.ButtonStyle.success if paper.free else discord.ButtonStyle.secondary
    return button(label, "sign-up", paper.paper_id, style=style, row=_BUTTONS)


def _option(paper: Paper, standing: CardStanding, words: Words) -> discord.SelectOption:
    facts = [words.text("Seats: {seats}", seats=seats_text(standing.papers[paper.id], words))]
    if paper.hours is not None:
        facts.insert(0, words.text("{hours} h", hours=number_text(paper.hours)))
    return discord.SelectOption(
        label=fit(paper.title, _OPTION), value=paper.id, description=fit(" · ".join(facts), _OPTION)
    )
