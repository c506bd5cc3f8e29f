"""The one form of a round: five optional fields, filled in with what was answered before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import discord

from bot.domain.rounds import RoundForm, Sent, Wishes
from bot.domain.rounds.wishes import MOST_ALSO
from bot.render.markdown import fit
from bot.render.rounds.answers import hours_hint, item_name
from bot.render.words import Words
from bot.ui.forms import Submission, form

ACTION = "split-wishes"
_LABEL, _OPTION, _ABOUT = 45, 100, 100
_FIRST, _ALSO, _RATHER_NOT, _READ, _AMOUNT = "first", "also", "rather-not", "read", "amount"


def wishes_form(shown: RoundForm, words: Words) -> discord.ui.Modal:
    """The form of wishes. Every field may stay empty: whoever has no wishes takes what helps."""
    answer = shown.answer
    wishes = Wishes() if answer is None else answer.wishes
    fields = [
        _choice(
            words.text("First choice"), _FIRST, shown, words,
            chosen=lambda paper_id: paper_id == wishes.first,
        ),
        _choice(
            words.text("Also wanted"), _ALSO, shown, words, most=MOST_ALSO,
            about=words.text("Up to two, wanted alike"),
            chosen=lambda paper_id: paper_id in wishes.also,
        ),
        _choice(
            words.text("Rather not"), _RATHER_NOT, shown, words, most=len(shown.papers),
            about=words.text("You are not given these at all"),
            chosen=lambda paper_id: paper_id in wishes.rather_not,
        ),
    ]  # fmt: skip
    if shown.unread:
        fields.append(
            _choice(
                words.text("Already read"), _READ, shown, words, most=len(shown.unread),
                about=words.text("Logged as read, as with /progress log"),
                only=shown.unread,
            )
        )  # fmt: skip
    fields.append(_amount(shown, words))
    title = words.text("What would you like to read?")
    return form(fit(title, _LABEL), ACTION, shown.round.id, fields=fields)


def sent_of(submission: Submission) -> Sent:
    """What a member sent in."""
    return Sent(
        submission.choices(_FIRST),
        submission.choices(_ALSO),
        submission.choices(_RATHER_NOT),
        submission.choices(_READ),
        submission.text(_AMOUNT),
    )


def _choice(
    label: str,
    field_id: str,
    shown: RoundForm,
    words: Words,
    *,
    most: int = 1,
    about: str | None = None,
    chosen: Callable[[str], bool] = lambda _: False,
    only: Iterable[str] | None = None,
) -> discord.ui.Label[Any]:
    offered = [(t, p) for t, p in shown.papers if only is None or p.id in only]
    options = [
        discord.SelectOption(
            label=fit(item_name(shown.round, theory, paper), _OPTION),
            value=paper.id,
            description=fit(hours_hint(theory, paper, words), _OPTION),
            default=chosen(paper.id),
        )
        for theory, paper in offered
    ]
    select: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=field_id,
        placeholder=words.text("None"),
        options=options,
        min_values=0,
        max_values=min(most, len(options)),
        required=False,
    )
    described = None if about is None else fit(about, _ABOUT)
    return discord.ui.Label(text=fit(label, _LABEL), description=described, component=select)


def _amount(shown: RoundForm, words: Words) -> discord.ui.Label[Any]:
    terms, answer = shown.round.terms, shown.answer
    label = (
        words.text("How many papers?")
        if terms.hours_a_week is None
        else words.text("How many hours a week?")
    )
    usual = words.text("Without a number: {usual}", usual=terms.usual)
    filled = None if answer is None or answer.amount is None else str(answer.amount)
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=_AMOUNT, required=False, max_length=10, default=filled
    )
    return discord.ui.Label(text=fit(label, _LABEL), description=usual, component=field)
