"""Notices about sign-ups: offers, check-ins, and what happened by itself. Neutral throughout."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.notices import Notice, NoticeKind
from bot.domain.signups import CheckInAnswer
from bot.render.markdown import escape, fit
from bot.render.notices.told import Answer, Told
from bot.render.papers import title_text
from bot.render.times import timestamp
from bot.render.words import Words


def told(
    notice: Notice, catalogue: Catalogue, words: Words, names: Mapping[int, str]
) -> Told | None:
    """The notice in words, or None for a kind of another capability."""
    paper = _paper(notice, catalogue)
    match notice.kind:
        case NoticeKind.SEAT_OFFERED:
            text = words.text(
                "A seat for {paper} is yours if you want it, until {until}.",
                paper=paper,
                until=_until(notice),
            )
            return Told(text, _offer(notice, words))
        case NoticeKind.SEAT_ASSIGNED:
            text = words.text(
                "An organiser thinks of you for {paper}. The seat is kept until {until}; whether "
                "you take it is up to you.",
                paper=paper,
                until=_until(notice),
            )
            return Told(text, _offer(notice, words))
        case NoticeKind.OFFER_EXPIRED:
            text = words.text(
                "The day for which a seat of {paper} was kept for you is over. Sign up again "
                "whenever you like.",
                paper=paper,
            )
            return Told(text, _again(notice, words))
        case NoticeKind.CHECK_IN:
            text = words.text("How is {paper} going?", paper=paper)
            if notice.detail:
                due = timestamp(datetime.fromisoformat(notice.detail), "D")
                text = words.text("How is {paper} going? It is due {due}.", paper=paper, due=due)
            how = words.text(
                "*Share it* lets somebody read it along with you, *Pass on* gives it back."
            )
            return Told(f"{text} {how}", check_in_answers(notice.signup_id or 0, words))
        case _:
            return _happened(notice, paper, words, names)


def _happened(notice: Notice, paper: str, words: Words, names: Mapping[int, str]) -> Told | None:
    match notice.kind:
        case NoticeKind.SEAT_SHARED:
            text = words.text(
                "I have not heard from you about {paper}, so its seat is open to somebody who "
                "reads it along with you. It is still yours to read: how is it going?",
                paper=paper,
            )
            return Told(text, check_in_answers(notice.signup_id or 0, words))
        case NoticeKind.CO_READER:
            name = fit(escape(names.get(notice.other_id or 0, "")), 64)
            who = f"**{name}**" if name else words.text("Somebody")
            return Told(words.text("{name} reads {paper} along with you.", name=who, paper=paper))
        case NoticeKind.SIGNUP_EXPIRED:
            text = words.text(
                "{paper} is back in the pool, with what you logged kept. Sign up again whenever "
                "it suits you.",
                paper=paper,
            )
            return Told(text, _again(notice, words))
        case NoticeKind.SIGNUP_REMOVED:
            text = words.text(
                "An organiser took {paper} back into the pool. What you logged is kept.",
                paper=paper,
            )
            return Told(text)
        case NoticeKind.SIGNUP_EXTENDED:
            return Told(words.text("You have three more days for {paper}.", paper=paper))
        case _:
            return None


def check_in_answers(signup_id: int, words: Words) -> tuple[Answer, ...]:
    """The four answers to how it goes."""
    labels = {
        CheckInAnswer.ON_TRACK: words.text("On track"),
        CheckInAnswer.EXTEND: words.text("+3 days"),
        CheckInAnswer.SHARE: words.text("Share it"),
        CheckInAnswer.PASS_ON: words.text("Pass on"),
    }
    return tuple(
        Answer(label, "check-in", (signup_id, answer.value)) for answer, label in labels.items()
    )


def _offer(notice: Notice, words: Words) -> tuple[Answer, ...]:
    return (
        Answer(words.text("Take it"), "offer-take", (notice.signup_id,)),
        Answer(words.text("No, thanks"), "offer-leave", (notice.signup_id,)),
    )


def _again(notice: Notice, words: Words) -> tuple[Answer, ...]:
    return (Answer(words.text("Sign up again"), "sign-up", (notice.paper_id,)),)


def _paper(notice: Notice, catalogue: Catalogue) -> str:
    theory = catalogue.theory_of(notice.paper_id or "")
    paper = None if theory is None else theory.paper(notice.paper_id or "")
    return "" if paper is None else f"**{title_text(paper)}**"


def _until(notice: Notice) -> str:
    assert notice.expires_at is not None
    return timestamp(notice.expires_at, "f")
