"""Answers about sign-ups in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.catalogue import Catalogue
from bot.domain.papers import Paper
from bot.domain.signups import CheckInAnswer, PaperSignups, SignedUp, Signup, SignupState, Waiting
from bot.render.markdown import bullets, escape, fit
from bot.render.papers import title_text
from bot.render.times import timestamp
from bot.render.words import Words


def signed_up_text(done: SignedUp, paper: Paper, words: Words) -> str:
    """What a sign-up came to, and until when."""
    lines = [
        words.text(
            "You are signed up for **{paper}** until {due}. Read it in your own way; "
            "`/progress log` keeps track.",
            paper=title_text(paper),
            due=_due(done.signup),
        )
    ]
    if done.co_readers:
        names = ", ".join(f"**{fit(escape(name), 64)}**" for name in done.co_readers)
        lines.append(words.text("You read it along with {names}.", names=names))
    if done.asks_dm:
        lines.append(
            words.text(
                "May I write to you by direct message about your sign-ups? Seldom, I promise."
            )
        )
    return "\n".join(lines)


def dm_text(agreed: bool, words: Words) -> str:
    """The answer to the question about direct messages."""
    if agreed:
        return words.text(
            "Good: I will write to you when something is up with your sign-ups, and only then."
        )
    return words.text(
        "Good: no direct messages. You find everything in `/progress me`, and I tell you when "
        "you use me next."
    )


def waiting_text(paper: Paper, waiting: Waiting, words: Words) -> str:
    """The member waits now, with so many before them."""
    before = waiting.before
    place = (
        words.text("You are the first in line.")
        if before == 0
        else words.plural("{n} member waits before you.", "{n} members wait before you.", before)
    )
    text = words.text(
        "You wait for a seat of **{paper}**. {place} When one is free it is kept for you for a "
        "day.",
        paper=title_text(paper),
        place=place,
    )
    if not waiting.asks_dm:
        return text
    ask = words.text(
        "May I write to you by direct message then? Otherwise you find it in `/progress me`."
    )
    return f"{text}\n{ask}"


def not_signed_up_text(
    paper: Paper, own: Sequence[Signup], catalogue: Catalogue, words: Words
) -> str:
    """There is nothing to give back of this one; what there is of others."""
    text = words.text("You are not signed up for **{paper}**.", paper=title_text(paper))
    if not own:
        return text
    return f"{text} {words.text('You are for:')}\n{own_signups_text(own, catalogue, words)}"


def given_back_text(found: Signup, paper: Paper, words: Words) -> str:
    """Giving back is neutral."""
    if found.state is SignupState.WAITING:
        return words.text("You no longer wait for **{paper}**.", paper=title_text(paper))
    if found.state is SignupState.OFFERED:
        return words.text("Good: the seat for **{paper}** goes on.", paper=title_text(paper))
    return words.text(
        "**{paper}** is back in the pool. Thanks for making room.", paper=title_text(paper)
    )


def answered_text(answer: CheckInAnswer, found: Signup, paper: Paper, words: Words) -> str:
    """What an answer to a check-in came to."""
    title = title_text(paper)
    match answer:
        case CheckInAnswer.ON_TRACK:
            return words.text(
                "Good. **{paper}** stays yours until {due}.", paper=title, due=_due(found)
            )
        case CheckInAnswer.EXTEND:
            return words.text("**{paper}** is yours until {due} now.", paper=title, due=_due(found))
        case CheckInAnswer.SHARE:
            return words.text(
                "**{paper}** is open to somebody who reads it along with you. You both hear of it.",
                paper=title,
            )
        case CheckInAnswer.PASS_ON:
            return given_back_text(found, paper, words)


def own_signups_text(found: Sequence[Signup], catalogue: Catalogue, words: Words) -> str:
    """A member's open sign-ups, a line each."""
    lines = []
    for signup in found:
        theory = catalogue.theory_of(signup.paper_id)
        paper = None if theory is None else theory.paper(signup.paper_id)
        if paper is not None:
            lines.append(
                words.text("**{paper}**, until {due}", paper=title_text(paper), due=_due(signup))
            )
    return bullets(lines)


def paper_signups_text(found: PaperSignups, paper: Paper, words: Words) -> str:
    """Everything on one paper, for an organiser."""
    standing = found.standing
    head = words.text(
        "**{paper}**: {taken} of {seats} seats taken.",
        paper=title_text(paper),
        taken=standing.taken,
        seats=standing.seats,
    )
    if not found.signups:
        return head + "\n" + words.text("Nobody is signed up for it.")
    lines = [
        f"{fit(escape(found.names.get(signup.user_id, '')), 64)}: {_state(signup, words)}"
        for signup in found.signups[:20]
    ]
    return head + "\n" + bullets(lines)


def _state(signup: Signup, words: Words) -> str:
    match signup.state:
        case SignupState.WAITING:
            return words.text("waits for a seat")
        case SignupState.OFFERED:
            return words.text("a seat is kept for them")
        case SignupState.PAUSED:
            return words.text("away, paused")
        case _ if signup.shared_at is not None:
            return words.text("reads it until {due}, open to a co-reader", due=_due(signup))
        case _:
            return words.text("reads it until {due}", due=_due(signup))


def _due(signup: Signup) -> str:
    return timestamp(signup.due_at, "D") if signup.due_at else ""
