"""What notices about explaining say."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue, Theory
from bot.domain.notices import Notice, NoticeKind
from bot.domain.papers import Paper
from bot.render.markdown import escape
from bot.render.notices.told import Answer, Told
from bot.render.teaching import name_text, paper_text
from bot.render.words import Words


def told(
    notice: Notice, catalogue: Catalogue, words: Words, names: Mapping[int, str]
) -> Told | None:
    """The notice in words, or None for one of another capability.

    ``names`` are display names by user id; somebody who is not among them is "Somebody".
    """
    if notice.paper_id is None:
        return None
    theory = catalogue.theory_of(notice.paper_id)
    paper = None if theory is None else theory.paper(notice.paper_id)
    name = name_text(names.get(notice.other_id or 0, ""), words)
    match notice.kind:
        case NoticeKind.ASKED_TO_EXPLAIN:
            return _asked(name, theory, paper, words)
        case NoticeKind.EXPLANATION_HEARD:
            return _heard(name, paper, notice.detail, words)
        case _:
            return None


def _asked(name: str, theory: Theory | None, paper: Paper | None, words: Words) -> Told:
    if theory is None or paper is None:
        return Told(
            words.text(
                "{name} asked you to explain a paper that has since left the list.", name=name
            )
        )
    content = words.text(
        "{name} would like to hear you explain {paper}; a quarter of an hour is enough. Offer a "
        "slot with `/progress me` in a channel where they can listen in, or write to {name}. If "
        "it does not suit you now, you need not do anything.",
        name=name,
        paper=paper_text(paper),
    )
    return Told(
        content,
        (
            Answer(words.text("Offer a slot"), "explain-offer", (paper.id,), in_server=True),
            Answer(words.text("Do not list me"), "explain-opt", ("out",)),
        ),
    )


def _heard(name: str, paper: Paper | None, step: str | None, words: Words) -> Told:
    title = words.text("a paper") if paper is None else paper_text(paper)
    if step is None:
        return Told(
            words.text(
                "{name} listened to you and could now explain {paper} too. It shows as taught.",
                name=name,
                paper=title,
            )
        )
    return Told(
        words.text(
            "{name} listened to you explain {paper}. One step was unclear: “{step}”.",
            name=name,
            paper=title,
            step=escape(step),
        )
    )
