"""The digest of a club's week: when it meets, what is due, what was finished, what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from bot.domain.catalogue import Catalogue
from bot.domain.club_digests import WEEK, ClubDigest
from bot.domain.club_sessions import ClubSession
from bot.domain.papers import Paper
from bot.domain.suggesting import Candidate, Effect
from bot.render.club_words import name_text
from bot.render.lists import listed
from bot.render.markdown import escape, fit
from bot.render.papers import number_text, title_text
from bot.render.session_guests import presenter_text
from bot.render.session_readings import reading_text
from bot.render.times import timestamp
from bot.render.words import Words

T = TypeVar("T")

# Together with the headings less than the 2,000 characters of a message.
_MEETS, _DUE, _FINISHED, _CLAIM = 700, 260, 260, 200
_READINGS, _READING, _PAPER, _LINE = 2, 180, 80, 120


def digest_text(
    digest: ClubDigest, catalogue: Catalogue, words: Words, *, linked: bool = True
) -> str:
    """The whole digest, less than a message holds. ``linked``: titles lead to their papers."""
    head = words.text(
        "## {club}: the week of {day}",
        club=name_text(digest.club),
        day=timestamp(digest.week.begins, "D"),
    )
    parts = [
        head,
        *_sessions(digest, catalogue, words, linked=linked),
        *_due(digest, catalogue, words),
        *_finished(digest, catalogue, words),
        *_wanted(digest.wanted, words, linked=linked),
        *_left_out(digest, words),
    ]
    return "\n".join(parts)


def sign_up_label(wanted: Candidate, words: Words) -> str:
    """What stands on the button that signs up for the paper that is wanted most."""
    return fit(words.text("Read {theory}", theory=wanted.theory.short_name), 80)


def _sessions(
    digest: ClubDigest, catalogue: Catalogue, words: Words, *, linked: bool
) -> Iterator[str]:
    if digest.sessions:
        yield "### " + words.text("This week")
        lines = [
            _session(session, digest, catalogue, words, linked=linked)
            for session in digest.sessions
        ]
        yield listed(lines, words, _MEETS)
    else:
        yield words.text("No session this week.")


def _session(
    found: ClubSession, digest: ClubDigest, catalogue: Catalogue, words: Words, *, linked: bool
) -> str:
    session = found.session
    day = timestamp(session.starts, "F")
    if session.occurrence.is_skipped:
        return words.text("~~{day}~~ does not take place", day=day)
    lines = [f"**{day}** ({timestamp(session.starts, 'R')})"]
    read = [reading_text(one, catalogue, words, linked=linked) for one in session.readings]
    papers = [_cut(text, linked=linked) for text in read if text]
    lines += [words.text("**To read:** {paper}", paper=paper) for paper in papers[:_READINGS]]
    if len(papers) > _READINGS:
        lines.append(words.plural("{n} more", "{n} more", len(papers) - _READINGS))
    lines.append(presenter_text(session, found.names, digest.week.begins, words))
    return "\n  - ".join(line for line in lines if line)


def _cut(text: str, *, linked: bool) -> str:
    # A link that is cut is none any more.
    return text if linked else fit(text, _READING)


def _due(digest: ClubDigest, catalogue: Catalogue, words: Words) -> Iterator[str]:
    lines = [
        words.plural(
            "{paper}: {n} member", "{paper}: {n} members", count, paper=fit(paper.title, _PAPER)
        )
        for paper, count in _known(digest.due, catalogue)
    ]
    if lines:
        yield "### " + words.text("Due to be read this week")
        yield listed(lines, words, _DUE)


def _finished(digest: ClubDigest, catalogue: Catalogue, words: Words) -> Iterator[str]:
    lines = [
        fit(
            words.text(
                "{paper}: {names}",
                paper=fit(paper.title, _PAPER),
                names=", ".join(escape(name) for name in names),
            ),
            _LINE,
        )
        for paper, names in _known(digest.finished, catalogue)
    ]
    if not lines:
        return
    is_last_week = digest.week.begins - digest.week.finished_since < 1.5 * WEEK
    since = timestamp(digest.week.finished_since, "D")
    yield "### " + (
        words.text("Finished last week")
        if is_last_week
        else words.text("Finished since {day}", day=since)
    )
    yield listed(lines, words, _FINISHED)


def _known(told: Mapping[str, T], catalogue: Catalogue) -> Iterator[tuple[Paper, T]]:
    for paper_id, value in told.items():
        theory = catalogue.theory_of(paper_id)
        paper = None if theory is None else theory.paper(paper_id)
        if paper is not None:
            yield paper, value


def _wanted(wanted: Candidate | None, words: Words, *, linked: bool) -> Iterator[str]:
    if wanted is None:
        return
    if wanted.effect is Effect.FIRST:
        yield "### " + words.text("Nobody here reads this yet")
    else:
        yield "### " + words.text("One more reader wanted")
    claim = fit(_first_sentence(wanted.theory.claim), _CLAIM)
    yield f"**{fit(wanted.theory.name, _PAPER)}**: {claim}"
    hours = wanted.paper.hours or wanted.theory.hours.typical
    paper = title_text(wanted.paper) if linked else wanted.paper.title
    if hours:
        paper = words.text("{paper}, about {hours} h", paper=paper, hours=number_text(hours))
    yield "-# " + words.text("{paper}. One press signs you up.", paper=paper)


def _first_sentence(text: str) -> str:
    sentence, full_stop, _ = text.partition(". ")
    return sentence + full_stop.rstrip()


def _left_out(digest: ClubDigest, words: Words) -> Iterator[str]:
    if digest.missed:
        yield "-# " + words.plural(
            "{n} reminder was left out since the last digest: it would have come too late.",
            "{n} reminders were left out since the last digest: they would have come too late.",
            digest.missed,
        )
    if digest.refused:
        yield "-# " + words.plural(
            "{n} reminder could not be posted since the last digest.",
            "{n} reminders could not be posted since the last digest.",
            digest.refused,
        )
