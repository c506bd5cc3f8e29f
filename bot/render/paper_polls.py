"""A poll over papers: its question, its answers, and which paper an answer means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.club_sessions import ClubSession
from bot.domain.clubs import Club
from bot.domain.paper_polls import PollResult
from bot.domain.papers import Paper
from bot.render.markdown import escape, fit, plain, size
from bot.render.papers import title_text
from bot.render.times import timestamp
from bot.render.words import Words

# Discord: the text of a poll's question and of an answer.
_QUESTION, _ANSWER = 300, 55
_NAME = 120


def poll_question(club: Club, words: Words) -> str:
    """What the poll asks."""
    return fit(words.text("{club}: what do we read next?", club=plain(club.name)), _QUESTION)


def poll_labels(papers: Iterable[Paper], catalogue: Catalogue) -> list[str]:
    """The answers, in the order of the papers: their titles, as far as they fit.

    Where another paper would read the same, with the id.
    """
    labels = _labels(catalogue)
    return [labels[paper.id] for paper in papers]


def paper_labelled(text: str, catalogue: Catalogue) -> Paper | None:
    """The paper that an answer means; None when it has left the catalogue."""
    labels = _labels(catalogue)
    return next((p for t in catalogue for p in t.primary_papers if labels[p.id] == text), None)


def taken_text(paper: Paper | None, session: ClubSession | None, words: Words) -> str:
    """What came of *Take the winner*."""
    if paper is None:
        return words.text("Nobody has voted yet.")
    if session is None:
        return words.text(
            "Every session to come has its paper already, or none is to come. `/schedule edit` "
            "changes one."
        )
    return words.text(
        "{paper} is read for the session of {day}.",
        paper=f"**{title_text(paper)}**",
        day=timestamp(session.occurrence.starts, "f"),
    )


def result_text(result: PollResult, catalogue: Catalogue, words: Words) -> str:
    """What a poll that is over has come to."""
    club, winner = f"**{fit(escape(result.club.name), _NAME)}**", result.winner
    if winner is None:
        return words.text("Nobody has voted on what {club} reads next.", club=club)
    theory = None if winner.paper_id is None else catalogue.theory_of(winner.paper_id)
    paper = None if theory is None else theory.paper(winner.paper_id or "")
    if paper is None:
        return words.text("What has won is not in the catalogue any more.")
    told = words.plural(
        "{club} would like to read {paper} next: {n} vote.",
        "{club} would like to read {paper} next: {n} votes.",
        winner.votes,
        club=club,
        paper=f"**{title_text(paper)}**",
    )
    return f"{told}\n{take_text(words)}"


def take_text(words: Words) -> str:
    """What *Take the winner* does."""
    return words.text(
        "Organisers: *Take the winner* makes it the paper of the next session that has none."
    )


def _labels(catalogue: Catalogue) -> Mapping[str, str]:
    """The label of every primary paper by its id, no two the same."""
    titles = {p.id: p.title for t in catalogue for p in t.primary_papers}
    cut = {paper_id: fit(title, _ANSWER) for paper_id, title in titles.items()}
    times = Counter(cut.values())
    return {
        paper_id: label
        if times[label] == 1
        else f"{fit(titles[paper_id], _ANSWER - size(paper_id) - 3)} ({paper_id})"
        for paper_id, label in cut.items()
    }
