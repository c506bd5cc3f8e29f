"""Coverage in words: the headline, the numbers beside every view, and the emptiest theories."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.coverage import Community, TheoryCoverage, View, most_needed
from bot.render.markdown import bullets, fit
from bot.render.papers import hours_text, number_text
from bot.render.words import Words

EMPTIEST = 10
_LABEL, _HELD = 100, 0.5


def view_label(view: View, words: Words) -> str:
    """A view's name on its button."""
    match view:
        case View.MAP:
            return words.text("Map")
        case View.TREND:
            return words.text("Trend")
        case View.PAIRS:
            return words.text("Pairs")
        case View.OVERLAP:
            return words.text("Who reads unlike me?")
        case View.AT_RISK:
            return words.text("At risk")


def view_title(view: View, words: Words) -> str:
    """The heading of a view."""
    match view:
        case View.MAP:
            return words.text("What this community knows")
        case View.TREND:
            return words.text("Coverage by week")
        case View.PAIRS:
            return words.text("Theories somebody can join up")
        case View.OVERLAP:
            return words.text("Who reads unlike me")
        case View.AT_RISK:
            return words.text("Theories at risk")


def headline(community: Community, catalogue: Catalogue, words: Words) -> str:
    """What a community's coverage amounts to, in plain words."""
    total = len(community.theories)
    if community.readers == 0:
        return words.text(
            "Nobody here has finished a paper yet, so all {total} theories are open. One tap below "
            "signs you up; the first to read one makes it known here.",
            total=total,
        )
    counts = words.text(
        "**{covered} of {total}** theories are covered and **{known}** known.",
        covered=community.covered,
        total=total,
        known=community.known,
    )
    return " ".join(
        part
        for part in (counts, _worth(community, words), _held(community, catalogue, words))
        if part
    )


def _worth(community: Community, words: Words) -> str:
    return words.plural(
        "The one reader here knows as much as {effective} evenly known theories.",
        "Your {n} readers know as much as {effective} evenly known theories.",
        community.readers,
        effective=f"{community.effective():.1f}",
    )


def _held(community: Community, catalogue: Catalogue, words: Words) -> str:
    """How much of the reading went to what most newcomers know already, where it is a lot."""
    baseline = [theory for theory in catalogue if theory.baseline]
    share = community.share(theory.slug for theory in baseline)
    if not baseline or share < _HELD:
        return ""
    return words.plural(
        "The one theory most newcomers know holds {share} % of all reading.",
        "The {n} theories most newcomers know hold {share} % of all reading.",
        len(baseline),
        share=round(share * 100),
    )


def measures_text(community: Community, words: Words) -> str:
    """The numbers of a community, one a line."""
    total = len(community.theories)
    orders = " / ".join(f"{community.effective(order):.1f}" for order in (0, 1, 2))
    lines = [
        words.text(
            "covered {covered} · met {met} · known {known} · taught {taught}, of {total}",
            covered=community.covered,
            met=community.met,
            known=community.known,
            taught=community.taught,
            total=total,
        ),
        words.text("effective number of theories (Hill 0 / 1 / 2): {orders}", orders=orders),
    ]
    evenness = community.evenness()
    if evenness is not None:
        lines.append(
            words.text(
                "evenness {evenness} (Pielou, 1 is even) · about {explained} can be explained here",
                evenness=f"{evenness:.2f}",
                explained=f"{community.explained():.1f}",
            )
        )
    lines.append(
        words.text(
            "pairs of theories with a common reader: {pairs} of {possible}",
            pairs=len(community.pairs),
            possible=community.possible_pairs,
        )
    )
    return bullets(lines)


def emptiest(community: Community, catalogue: Catalogue) -> tuple[Theory, ...]:
    """The theories a reader would help most with, at most ten; none once all are covered."""
    states = community.by_slug()
    return tuple(
        theory
        for theory in most_needed(catalogue, states)
        if theory.slug in states and not states[theory.slug].is_covered and theory.primary_papers
    )[:EMPTIEST]


def emptiest_options(
    community: Community, catalogue: Catalogue, words: Words
) -> list[discord.SelectOption]:
    """A menu's entries: a theory, its first primary paper as the value, and why it is there."""
    states = community.by_slug()
    return [
        discord.SelectOption(
            label=fit(theory.name, _LABEL),
            value=theory.primary_papers[0].id,
            description=fit(_why(theory, states[theory.slug], words), _LABEL),
        )
        for theory in emptiest(community, catalogue)
    ]


def _why(theory: Theory, state: TheoryCoverage, words: Words) -> str:
    hours = theory.primary_papers[0].hours
    effort = (
        hours_text(theory.hours, words)
        if hours is None
        else words.text("{hours} h", hours=number_text(hours))
    )
    if not state.is_known:
        nobody = words.text("nobody has read it yet")
        return f"{nobody} · {effort}"
    readers = words.plural("{n} reader", "{n} readers", state.readers)
    return f"{readers} · {effort}"


def map_note(page: int, pages: int, words: Words) -> str:
    """Which page of a long map this is; empty where there is only one."""
    if pages == 1:
        return ""
    return words.text("Page {page} of {pages}, the emptiest first.", page=page + 1, pages=pages)


def pairs_note(community: Community, shown: int, words: Words) -> str:
    """How many pairs somebody has read both of, and which theories the picture shows."""
    pairs = words.text(
        "**{pairs} of {possible}** pairs of theories have somebody who has read both: the seed of "
        "joining them up.",
        pairs=len(community.pairs),
        possible=community.possible_pairs,
    )
    total = len(community.theories)
    if shown == total:
        return pairs
    return f"{pairs} " + words.text(
        "Of {total} theories the {shown} with the most readers are shown.",
        total=total,
        shown=shown,
    )
