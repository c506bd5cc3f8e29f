"""Members who read unlike each other, introductions, and theories one member holds alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.catalogue import Catalogue
from bot.domain.coverage import Risk, Unlike
from bot.render.markdown import bullets, escape, fit
from bot.render.times import timestamp
from bot.render.words import Words

_RISKS = 15
_NAME = 64


def unlike_text(found: Sequence[Unlike], catalogue: Catalogue, words: Words) -> str:
    """Who reads otherwise, with what they bring; nobody is measured by it."""
    if not found:
        return words.text(
            "Nobody else here lets their reading be seen yet, or theirs is like yours. In `/me "
            "settings` you can open yours."
        )
    intro = words.text(
        "These members read other things than you and let themselves be found. Meeting one of "
        "them joins up what neither of you knows alone. I ask them first, without your name."
    )
    lines = [_brings(member, catalogue, words) for member in found]
    return f"{intro}\n\n{bullets(lines)}"


def _brings(member: Unlike, catalogue: Catalogue, words: Words) -> str:
    name = f"**{fit(escape(member.display_name), _NAME)}**"
    theories = [theory for theory in catalogue if theory.slug in member.brings]
    if not theories:
        return words.text("{name} reads other theories than you", name=name)
    named = ", ".join(fit(theory.short_name, 40) for theory in theories[:5])
    if len(theories) > 5:
        named += "…"
    return words.text("{name} brings {theories}", name=name, theories=named)


def risks_text(risks: Sequence[Risk], catalogue: Catalogue, words: Words) -> str:
    """Which theories one member holds alone. Says nothing of who that is."""
    if not risks:
        return words.text(
            "No theory hangs on one member alone: each that is understood here is understood by "
            "at least two who were active in the last 60 days."
        )
    intro = words.text(
        "Each of these is understood by one active member alone, or only by members who have been "
        "silent for 60 days. A second reader keeps it here."
    )
    lines = [_risk(risk, catalogue, words) for risk in risks[:_RISKS]]
    if len(risks) > _RISKS:
        lines.append(words.text("and {n} more", n=len(risks) - _RISKS))
    return f"{intro}\n\n{bullets(lines)}"


def _risk(risk: Risk, catalogue: Catalogue, words: Words) -> str:
    theory = catalogue.get(risk.slug)
    name = fit(theory.name if theory is not None else risk.slug, 100)
    seen = timestamp(risk.last_seen, "R")
    if risk.active:
        return words.text("**{name}**: one active member understands it", name=name)
    return words.plural(
        "**{name}**: the one member who understands it was last active {seen}",
        "**{name}**: the {n} members who understand it were last active {seen}",
        risk.understanders,
        name=name,
        seen=seen,
    )


def introduction_text(name: str | None, words: Words) -> str:
    """What one reads after asking to be introduced."""
    if name is None:
        return words.text(
            "I ask them privately, without your name. If they like the idea, you both hear of it."
        )
    return introduced_text(name, words)


def introduced_text(name: str, words: Words) -> str:
    """Both said yes: who the other is."""
    return words.text(
        "You are introduced: **{name}** reads other theories than you and would like to compare "
        "notes. Say hello.",
        name=fit(escape(name), _NAME),
    )


def declined_text(words: Words) -> str:
    """What one reads after saying no."""
    return words.text("All right. Nobody is told, and you will not be asked for them again.")
