"""Autocompletion choices: unique labels of at most 100 characters, at most 25 of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from discord import app_commands

from bot.domain.catalogue import Theory, Vocabulary
from bot.domain.errors import TopicUnknown
from bot.domain.search import Hit, Reason
from bot.render.markdown import fit, size
from bot.render.papers import tag_text
from bot.render.words import Words

LIMIT = 25
LABEL = 100
_SHOWN = (Reason.AUTHOR, Reason.ALIAS, Reason.TITLE, Reason.IDENTIFIER)


def theory_choices(
    found: Iterable[tuple[Theory, Hit | None]], words: Words
) -> list[app_commands.Choice[str]]:
    """One choice a theory, with what matched where the name alone does not show it.

    The value is the name, because some clients show the value once it is chosen; where two
    theories have the same name, or one that is too long for a value, it is the slug. The label
    shows the slug too where two would read the same: Discord refuses all choices for one.
    """
    listed = list(found)[:LIMIT]
    names = Counter(theory.name for theory, _ in listed)
    labels = [_label(theory, hit, words) for theory, hit in listed]
    times = Counter(labels)
    return [
        app_commands.Choice(
            name=label if times[label] == names[theory.name] == 1 else _label_with_slug(theory),
            value=theory.name
            if names[theory.name] == 1 and size(theory.name) <= LABEL
            else theory.slug,
        )
        for label, (theory, _) in zip(labels, listed, strict=True)
    ]


def _label_with_slug(theory: Theory) -> str:
    slug = fit(theory.slug, LABEL // 2)
    return f"{fit(theory.name, LABEL - size(slug) - 3)} ({slug})"


def _label(theory: Theory, hit: Hit | None, words: Words) -> str:
    if hit is None or hit.reason not in _SHOWN or hit.matched.casefold() in theory.name.casefold():
        return fit(theory.name, LABEL)
    why = fit(hit.matched, 40)
    name = fit(theory.name, LABEL - size(why) - 3)
    return words.text("{theory} · {match}", theory=name, match=why)


def topic_titles(vocabulary: Vocabulary) -> dict[str, str]:
    """Every key ``/theories topic`` takes, with its title: topics first, then prerequisites."""
    known = {tag: _capital(tag_text(tag)) for tag in vocabulary.prerequisites}
    return {**vocabulary.topics, **known}


def topic_key(titles: Mapping[str, str], typed: str) -> str:
    """The key somebody means who typed a key or a title. Raises TopicUnknown."""
    wanted = " ".join(typed[:LABEL].split()).casefold()
    for key, title in titles.items():
        if wanted in (key, title.casefold()):
            return key
    raise TopicUnknown


def topic_choices(titles: Mapping[str, str], typed: str) -> list[app_commands.Choice[str]]:
    """The titles that contain what is typed."""
    wanted = typed.strip().casefold()
    fitting = ((key, title) for key, title in titles.items() if wanted in title.casefold())
    return [
        app_commands.Choice(name=fit(title, LABEL), value=fit(title, LABEL))
        for _, title in list(fitting)[:LIMIT]
    ]


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
