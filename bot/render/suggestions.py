"""Autocompletion choices: unique labels of at most 100 characters, at most 25 of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from discord import app_commands

from bot.domain.catalogue import Theory, Vocabulary
from bot.domain.search import Hit, Reason
from bot.render.markdown import fit, size
from bot.render.words import Words

LIMIT = 25
LABEL = 100
_SHOWN = (Reason.AUTHOR, Reason.ALIAS, Reason.TITLE, Reason.IDENTIFIER)


def theory_choices(
    found: Iterable[tuple[Theory, Hit | None]], words: Words
) -> list[app_commands.Choice[str]]:
    """One choice a theory, with what matched where the name alone does not show it."""
    labels: dict[str, str] = {}
    for theory, hit in found:
        label = _label(theory, hit, words)
        if label in labels:
            label = fit(theory.name, LABEL - size(theory.slug) - 3) + f" ({theory.slug})"
        labels.setdefault(label, theory.slug)
    return [app_commands.Choice(name=k, value=v) for k, v in list(labels.items())[:LIMIT]]


def _label(theory: Theory, hit: Hit | None, words: Words) -> str:
    if hit is None or hit.reason not in _SHOWN or hit.matched.casefold() in theory.name.casefold():
        return fit(theory.name, LABEL)
    why = fit(hit.matched, 40)
    name = fit(theory.name, LABEL - size(why) - 3)
    return words.text("{theory} · {match}", theory=name, match=why)


def topic_titles(vocabulary: Vocabulary) -> dict[str, str]:
    """Every key ``/theories topic`` takes, with its title: topics first, then prerequisites."""
    known = {tag: tag.replace("-", " ") for tag in vocabulary.prerequisites}
    return {**vocabulary.topics, **known}


def topic_key(titles: Mapping[str, str], typed: str | None) -> str | None:
    """The key somebody means who typed a key or a title by hand; else what was typed."""
    if typed is None or typed in titles:
        return typed
    wanted = " ".join(typed.split()).casefold()
    return next((key for key, title in titles.items() if title.casefold() == wanted), typed)


def topic_choices(titles: Mapping[str, str], typed: str) -> list[app_commands.Choice[str]]:
    """The titles that contain what is typed."""
    wanted = typed.strip().casefold()
    fitting = ((key, title) for key, title in titles.items() if wanted in title.casefold())
    return [app_commands.Choice(name=fit(t, LABEL), value=k) for k, t in list(fitting)[:LIMIT]]
