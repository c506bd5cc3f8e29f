"""What a server knows of a theory, in words: readers, seats, explanations, and oneself."""

from __future__ import annotations

import discord

from bot.domain.coverage import TheoryCoverage
from bot.domain.lookup import CardStanding, TheoryCard
from bot.domain.overview import OwnSignup
from bot.domain.progress import Depth
from bot.domain.signups import PaperStanding, SignupState
from bot.render.markdown import fit
from bot.render.words import Words
from bot.render.works import FIELD

_TITLE = 60


def standing_text(card: TheoryCard, words: Words) -> str:
    """Everything the card says of the server, a line each."""
    assert card.coverage is not None
    lines = [_first_line(card, card.coverage, words)]
    if card.standing is not None:
        if not card.is_retired:
            lines += _seats_lines(card, card.standing, words)
        if card.standing.taught:
            lines.append(
                words.plural(
                    "{n} member has explained it to others.",
                    "{n} members have explained it to others.",
                    card.standing.taught,
                )
            )
    if own := _own_line(card, words):
        lines.append(own)
    return fit("\n".join(lines), FIELD)


def _first_line(card: TheoryCard, coverage: TheoryCoverage, words: Words) -> str:
    if card.is_retired:
        return words.text(
            "It is retired: nobody signs up for it any more, and whoever reads it keeps what they "
            "have."
        )
    line = readers_line(coverage, words)
    return line if coverage.is_known else line + " " + words.text("You could be the first.")


def _seats_lines(card: TheoryCard, standing: CardStanding, words: Words) -> list[str]:
    papers = card.theory.primary_papers
    lines = []
    for paper in papers:
        seats = seats_text(standing.papers[paper.id], words)
        if len(papers) == 1:
            lines.append(words.text("Seats: {seats}", seats=seats))
        else:
            lines.append(
                words.text(
                    "Seats for “{title}”: {seats}", title=fit(paper.title, _TITLE), seats=seats
                )
            )
    return lines


def seats_text(paper: PaperStanding, words: Words) -> str:
    """How many seats are free, and how many members wait: "1 of 3 free, 2 waiting"."""
    free = words.text("{free} of {seats} free", free=paper.free, seats=paper.seats)
    if not paper.waiting:
        return free
    return free + ", " + words.plural("{n} waiting", "{n} waiting", paper.waiting)


def _own_line(card: TheoryCard, words: Words) -> str | None:
    """How far the viewer is, for their eyes alone."""
    signup = None if card.standing is None else card.standing.own
    said = []
    if card.own_depth is not None:
        said.append(depth_text(card.own_depth, words))
    if signup is not None and (state := _signup_text(signup, words)):
        said.append(state)
    return words.text("You: {depth}.", depth=", ".join(said)) if said else None


def _signup_text(signup: OwnSignup, words: Words) -> str | None:
    match signup.state:
        case SignupState.OPEN if signup.due_at is not None:
            return words.text("due {day}", day=discord.utils.format_dt(signup.due_at, "D"))
        case SignupState.WAITING:
            return words.text("waiting for a seat")
        case SignupState.OFFERED:
            return words.text("a seat is kept for you")
        case SignupState.PAUSED:
            return words.text("paused")
        case _:
            return None


def readers_line(coverage: TheoryCoverage, words: Words) -> str:
    """Who here has read it, and what is missing until it is covered."""
    if not coverage.is_known:
        return words.text("Nobody here has read it yet.")
    read = words.plural("{n} member has read it", "{n} members have read it", coverage.readers)
    if coverage.understanders:
        known = words.plural("{n} understands it", "{n} understand it", coverage.understanders)
        read = f"{read}, {known}"
    if coverage.is_covered:
        return read + ". " + words.text("Covered.")
    more = coverage.target - coverage.readers
    if more > 0:
        return (
            read + ". " + words.plural("{n} more reader wanted.", "{n} more readers wanted.", more)
        )
    missing = coverage.target - coverage.understanders
    return (
        read
        + ". "
        + words.plural(
            "Covered when {n} more understands it.", "Covered when {n} more understand it.", missing
        )
    )


def depth_text(depth: Depth, words: Words) -> str:
    """A depth as a member reads it."""
    match depth:
        case Depth.SIGNED_UP:
            return words.text("signed up")
        case Depth.READING:
            return words.text("reading")
        case Depth.READ:
            return words.text("read")
        case Depth.ALMOST:
            return words.text("almost understood")
        case Depth.UNDERSTOOD:
            return words.text("understood")
