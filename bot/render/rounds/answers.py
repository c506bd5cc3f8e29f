"""What a member reads after answering a round, and what stands in the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.catalogue import Theory
from bot.domain.papers import Paper
from bot.domain.rounds import Answer, Joined, Round, RoundForm, RoundState, RoundUnit
from bot.domain.suggesting import LONG_HOURS
from bot.render.markdown import bullets, fit
from bot.render.papers import number_text, title_text
from bot.render.words import Words

_NAME = 80


def item_name(of: Round, theory: Theory, paper: Paper) -> str:
    """What a paper of the round is called: by its theory, or by its own title."""
    return theory.short_name if of.terms.unit is RoundUnit.THEORIES else paper.title


def item_names(of: Round, papers: Iterable[tuple[Theory, Paper]]) -> dict[str, str]:
    """Those names by the papers' ids."""
    return {paper.id: fit(item_name(of, t, paper), _NAME) for t, paper in papers}


def hours_hint(theory: Theory, paper: Paper, words: Words) -> str:
    """How long it takes; of a long one, that only those get it who want it."""
    hours = paper.hours or theory.hours.typical
    if not hours:
        return words.text("nobody knows how many hours")
    told = words.text("{hours} h", hours=number_text(hours))
    if hours > LONG_HOURS:
        return words.text("{hours}: only if you want it", hours=told)
    return told


def joined_text(joined: Joined, names: Mapping[str, str], words: Words) -> str:
    """That the member is in, how they were understood, and what could not be."""
    tidy = joined.tidied
    head = words.text("You are in.")
    if joined.late and joined.holds:
        head = words.text(
            "Your answer is changed. What you have stays yours; the next change of the split goes "
            "by the new answer."
        )
    elif joined.late and not tidy.leaves_nothing:
        head += " " + words.text(
            "The split is published already, so you are given something at its next change."
        )
    lines = wishes_lines(tidy.answer, joined.round, names, words)
    if joined.logged:
        lines.append(words.text("logged as read: {papers}", papers=_named(joined.logged, names)))
    if tidy.dropped:
        lines.append(
            words.text(
                "left out, because you have read it or would rather not: {papers}",
                papers=_named(tidy.dropped, names),
            )
        )
    if tidy.unknown:
        lines.append(
            words.plural(
                "{n} wish was for something that is not on the list",
                "{n} wishes were for something that is not on the list",
                tidy.unknown,
            )
        )
    if tidy.amount_unclear:
        lines.append(
            words.text(
                "I could not read your number; write a whole one from {low} to {high}",
                low=joined.round.terms.numbers[0],
                high=joined.round.terms.numbers[-1],
            )
        )
    text = f"{head}\n{bullets(lines)}"
    if tidy.leaves_nothing:
        text += "\n" + words.text(
            "That leaves nothing to give you. Change it, or press *Not this time*."
        )
    return text


def wishes_lines(answer: Answer, of: Round, names: Mapping[str, str], words: Words) -> list[str]:
    """A member's wishes, a line each."""
    wishes, lines = answer.wishes, []
    if wishes.first is not None:
        lines.append(
            words.text("first choice: {paper}", paper=f"**{names.get(wishes.first, '')}**")
        )
    if wishes.also:
        lines.append(words.text("also wanted: {papers}", papers=_named(wishes.also, names)))
    if wishes.rather_not:
        rather_not = [each for each in names if each in wishes.rather_not]
        lines.append(words.text("rather not: {papers}", papers=_named(rather_not, names)))
    if not lines:
        lines.append(words.text("no wishes: whatever helps most"))
    return [*lines, amount_text(answer, of, words)]


def waiting_text(shown: RoundForm, words: Words) -> str:
    """What a member reads who has been given nothing yet: what they have answered."""
    of, published = shown.round, shown.round.state is RoundState.PUBLISHED
    if shown.answer is None:
        if published:
            return words.text(
                "You are not in this round. Say *I'm in*, and you are given something at its next "
                "change."
            )
        return words.text("You are not in yet. It takes a minute, and no wish is a duty.")
    lines = wishes_lines(shown.answer, of, item_names(of, shown.papers), words)
    return f"{_waiting_head(shown, shown.answer, words)}\n{bullets(lines)}"


def _waiting_head(shown: RoundForm, answer: Answer, words: Words) -> str:
    """What is to be expected, and nothing that is not."""
    offered = {paper.id for _, paper in shown.papers}
    if answer.most is not None:
        return words.text(
            "You found it too much, so nothing more comes this round. *Change* takes that back."
        )
    if answer.amount == 0 or not offered - answer.wishes.rather_not:
        return words.text(
            "You are in, but your answer leaves nothing to give you. *Change* it, or press *Not "
            "this time*."
        )
    if shown.round.state is RoundState.PUBLISHED:
        return words.text("You are in; the next change of the split may bring you something.")
    return words.text("You are in. What you are given is shown here once it is published.")


def amount_text(answer: Answer, of: Round, words: Words) -> str:
    """How much a member takes on: their own number, or the round's."""
    amount = of.terms.usual if answer.amount is None else answer.amount
    if of.terms.hours_a_week is not None:
        return words.plural("{n} hour a week", "{n} hours a week", amount)
    return words.plural("{n} paper", "{n} papers", amount)


def left_text(papers: Iterable[Paper], *, was_in: bool, words: Words) -> str:
    """That the member is not in any more. Neutral: it is shown to nobody else."""
    if not was_in:
        return words.text("You are not in this round, so there is nothing to do.")
    gone = [title_text(paper) for paper in papers]
    text = words.text("Not this time, then. You can say *I'm in* on the panel whenever you like.")
    if gone:
        text += "\n" + words.text("Back in the pool:") + "\n" + bullets(gone)
    return text


def leave_question(papers: Iterable[Paper], words: Words) -> str:
    """Asked before papers that were published are given back."""
    head = words.text(
        "These go back, and what comes in their place is for the next change of the split to say:"
    )
    return f"{head}\n{bullets(title_text(paper) for paper in papers)}"


def _named(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[each] for each in ids if each in names)
