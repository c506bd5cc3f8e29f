"""The public panel of a round."""

from __future__ import annotations

from bot.domain.rounds import Panel, Round, RoundState, RoundUnit
from bot.render.markdown import escape, fit
from bot.render.times import timestamp
from bot.render.words import Words

_LISTED, _NAMES = 1600, 900


def panel_title(words: Words) -> str:
    """The heading of the panel."""
    return words.text("Who reads what this round?")


def panel_texts(panel: Panel, words: Words) -> list[str]:
    """The paragraphs of the panel."""
    match panel.round.state:
        case RoundState.COLLECTING:
            texts = [_invitation(panel, words), _deadline(panel, words), in_text(panel, words)]
        case RoundState.PUBLISHED:
            published = words.text(
                "The split is published. *My reading* shows what is yours and why: accept it, "
                "swap it for a free seat, or give back what is too much. It is to be read by "
                "{due}. Whoever says *I'm in* now is given something at the next change.",
                due=timestamp(panel.round.due_at, "D"),
            )
            texts = [published, in_text(panel, words)]
        case RoundState.CLOSED:
            return [
                words.text(
                    "This round is over. What was signed up for stays as it is; `/progress me` "
                    "shows yours."
                )
            ]
    return [*texts, _list(panel, words)]


def measure_text(of: Round, words: Words) -> str:
    """What each is given: so many papers, or so many hours a week."""
    terms = of.terms
    weeks = words.plural("{n} week", "{n} weeks", terms.weeks)
    if terms.hours_a_week is not None:
        hours = words.plural("{n} hour a week", "{n} hours a week", terms.hours_a_week)
        return words.text("{hours} for {weeks}", hours=hours, weeks=weeks)
    assert terms.each is not None
    papers = words.plural("{n} paper each", "{n} papers each", terms.each)
    return words.text("{papers}, to be read in {weeks}", papers=papers, weeks=weeks)


def in_text(panel: Panel, words: Words) -> str:
    """Who is in: their number, and names as far as they fit."""
    if not panel.names:
        return words.text("Nobody is in yet.")
    names = fit(", ".join(fit(escape(name), 64) for name in panel.names), _NAMES)
    return words.plural(
        "**{n} is in:** {names}", "**{n} are in:** {names}", len(panel.names), names=names
    )


def _invitation(panel: Panel, words: Words) -> str:
    count = len(panel.papers)
    what = (
        words.plural("{n} theory", "{n} theories", count)
        if panel.round.terms.unit is RoundUnit.THEORIES
        else words.plural("{n} paper", "{n} papers", count)
    )
    return words.text(
        "Say what you would like to read. The list is then split so that together you know more "
        "of it: {what}, {measure}.",
        what=what,
        measure=measure_text(panel.round, words),
    )


def _deadline(panel: Panel, words: Words) -> str:
    until = panel.round.deadline_at
    if until <= panel.now:
        return words.text(
            "The time to answer is over. Until the split is published, whoever is late is welcome."
        )
    return words.text(
        "Answer until {until}, {relative}; only who answers is given something. Your wishes are "
        "for the split alone: who is in and what each would read is all that is seen.",
        until=timestamp(until, "F"),
        relative=timestamp(until, "R"),
    )


def _list(panel: Panel, words: Words) -> str:
    if panel.round.terms.unit is RoundUnit.THEORIES:
        names = [theory.short_name for theory, _ in panel.papers]
    else:
        names = [fit(paper.title, 60) for _, paper in panel.papers]
    return words.text("On the list: {names}", names=fit(" · ".join(names), _LISTED))
