"""Explaining papers to each other, in words: offers, thanks, and who can be asked."""

from __future__ import annotations

from bot.domain.papers import Paper
from bot.domain.teaching import Explainer, Explainers
from bot.render.markdown import bullets, escape, fit, plain
from bot.render.words import Words

MESSAGE = 2000
LABEL = 80
# A name on Discord is shorter; one that an older version stored may not be.
_NAME = 100
_TITLE = 80


def name_text(name: str, words: Words) -> str:
    """A member's name in bold with nothing live in it."""
    return f"**{fit(escape(name), _NAME) or words.text('Somebody')}**"


def paper_text(paper: Paper) -> str:
    """The title of a paper as it stands in a sentence."""
    return f"*{paper.title}*"


def offer_text(name: str, paper: Paper, words: Words) -> str:
    """The public offer."""
    return words.text(
        "{name} offers to explain {paper}. It takes 15 minutes: listen in, then say how it went.",
        name=name_text(name, words),
        paper=paper_text(paper),
    )


def closed_text(words: Words) -> str:
    """What takes the place of an offer that was closed."""
    return words.text("This offer to explain is closed.")


def clear_text(name: str, paper: Paper, words: Words) -> str:
    """To a listener who could now explain it."""
    return words.text(
        "Recorded: after listening to {name} you could explain {paper} too. They are told, "
        "privately, and it shows as taught.",
        name=name_text(name, words),
        paper=paper_text(paper),
    )


def unclear_text(name: str, paper: Paper, step: str, words: Words) -> str:
    """To a listener who named a step."""
    return words.text(
        "Passed on to {name} alone, on {paper}: “{step}”. Once it is clear, press *I could now "
        "explain it*.",
        name=name_text(name, words),
        paper=paper_text(paper),
        step=escape(step),
    )


def explainers_text(found: Explainers, words: Words) -> str:
    """Who can explain a theory; a member who could, and is not asked yet, is invited to."""
    people = fit(_people_text(found, words), MESSAGE - 200)
    if found.explains is not False:
        return people
    could = words.text("You could explain it too. Shall others be able to ask you?")
    return f"{people}\n{could}"


def _people_text(found: Explainers, words: Words) -> str:
    theory = found.theory
    if not found.people:
        return words.text(
            "Nobody here offers to explain **{theory}** yet. Read it and you could be the first; "
            "or look into *Sign up* on its card and learn it together with somebody.",
            theory=theory.short_name,
        )
    several = len(theory.primary_papers) > 1
    lines = [_line(one, found, words, several=several) for one in found.people]
    if found.more:
        lines.append(words.plural("{n} more", "{n} more", found.more))
    head = words.text(
        "These members can explain **{theory}** and are glad to be asked. One tap asks.",
        theory=theory.short_name,
    )
    return f"{head}\n{bullets(lines)}"


def _line(one: Explainer, found: Explainers, words: Words, *, several: bool) -> str:
    paper = found.theory.paper(one.paper_id)
    name = name_text(one.name, words)
    if not several or paper is None:
        return name
    return f"{name} · *{fit(paper.title, _TITLE)}*"


def ask_label(one: Explainer, words: Words) -> str:
    """The button that asks a member."""
    return fit(words.text("Ask {name}", name=plain(one.name) or words.text("Somebody")), LABEL)


def asked_text(one: Explainer, paper: Paper, words: Words) -> str:
    """To a member who asked."""
    return words.text(
        "{name} is told privately that you would like to hear {paper} explained. They decide "
        "when, and will offer a slot in a channel or write to you.",
        name=name_text(one.name, words),
        paper=paper_text(paper),
    )


def opted_text(*, on: bool, words: Words) -> str:
    """To a member who said whether others may ask them."""
    if on:
        return words.text(
            "Others can now find you under *Who can explain this?* for what you understand, and "
            "ask you with one tap. While you are away you are not listed."
        )
    return words.text("You are not listed any more, and nobody can ask you with a tap.")
