"""What is said about explaining: notices, names, and words that members wrote."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import read_catalogue
from bot.domain.errors import ClubError
from bot.domain.notices import Notice, NoticeKind
from bot.domain.progress import Depth
from bot.domain.teaching import (
    LONGEST_STEP,
    MOST_NAMES,
    AskedAlready,
    Explainer,
    Explainers,
    HeardAlready,
    NotReadYet,
    OfferClosed,
    OffererOnly,
    OfferStands,
    OwnExplanation,
    StepMissing,
    TeachOffer,
)
from bot.render.markdown import size
from bot.render.notices.teaching import told
from bot.render.refusals import refusal
from bot.render.teaching import ask_label, explainers_text, offer_text, unclear_text
from bot.render.words import Words
from tests.domain.theories import DATA

NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
WORDS = Words()
CATALOGUE = read_catalogue(DATA)
THEORY = next(theory for theory in CATALOGUE if theory.slug == "spline")
PAPER = THEORY.primary_papers[0]
HOSTILE = st.text(max_size=60) | st.sampled_from(
    ["@everyone", "<@1>", "[x](https://evil)", "</a:1>", "\u202eevil", "**b**", "<t:1:R>"]
)
LIVE = re.compile(r"@everyone|@here|<[@#/t:]|(?<!\\)\]\(|[\u202a-\u202e\u2066-\u2069]")


def notice(kind: NoticeKind, detail: str | None = None, paper: str | None = PAPER.id) -> Notice:
    return Notice(1, 2, 3, kind, paper, None, 7, detail, NOW, None)


def test_who_is_asked_reads_by_whom_for_what_and_what_to_do() -> None:
    found = told(notice(NoticeKind.ASKED_TO_EXPLAIN), CATALOGUE, WORDS, {7: "Bob"})
    assert found is not None
    assert (
        "**Bob** would like to hear you explain *A Spline Theory of Deep Learning*" in found.content
    )
    assert [(a.label, a.action, a.arguments) for a in found.answers] == [
        ("Offer a slot", "explain-offer", (PAPER.id,)),
        ("Do not list me", "explain-opt", ("out",)),
    ]


def test_the_explainer_reads_that_a_listener_understood() -> None:
    found = told(notice(NoticeKind.EXPLANATION_HEARD), CATALOGUE, WORDS, {7: "Bob"})
    assert found is not None
    assert "**Bob** listened to you and could now explain" in found.content


def test_the_explainer_reads_which_step_was_unclear_and_to_whom() -> None:
    heard = notice(NoticeKind.EXPLANATION_HEARD, "why [x](https://evil)")
    found = told(heard, CATALOGUE, WORDS, {7: "Bob"})
    assert found is not None
    assert "**Bob**" in found.content
    assert "“why \\[x\\](https:\u200b//evil)”" in found.content


def test_somebody_without_a_name_is_somebody() -> None:
    found = told(notice(NoticeKind.EXPLANATION_HEARD), CATALOGUE, WORDS, {})
    assert found is not None
    assert "**Somebody**" in found.content


@pytest.mark.parametrize("kind", [NoticeKind.ASKED_TO_EXPLAIN, NoticeKind.EXPLANATION_HEARD])
def test_a_paper_that_left_the_list_has_no_buttons(kind: NoticeKind) -> None:
    found = told(notice(kind, paper="gone"), CATALOGUE, WORDS, {7: "Bob"})
    assert found is not None
    assert "a paper" in found.content
    assert not found.answers


def test_other_notices_are_for_others_to_say() -> None:
    assert told(notice(NoticeKind.CHECK_IN), CATALOGUE, WORDS, {}) is None


@given(HOSTILE, HOSTILE)
def test_what_members_wrote_stays_harmless(name: str, step: str) -> None:
    heard = told(notice(NoticeKind.EXPLANATION_HEARD, step), CATALOGUE, WORDS, {7: name})
    assert heard is not None
    for text in (
        heard.content,
        offer_text(name, PAPER, WORDS),
        unclear_text(name, PAPER, step, WORDS),
        explainers_text(Explainers(THEORY, (person(1, name),)), WORDS),
    ):
        assert not LIVE.search(text)


def person(user_id: int, name: str) -> Explainer:
    return Explainer(user_id, name, PAPER.id, Depth.ALMOST)


@pytest.mark.parametrize("letter", ["x", "*", "🦊", "\u202e"])
def test_the_longest_names_and_steps_fit(letter: str) -> None:
    people = tuple(person(n, letter * 32) for n in range(MOST_NAMES))
    found = Explainers(THEORY, people, more=1000, explains=False)
    assert size(explainers_text(found, WORDS)) <= 2000
    assert "You could explain it too" in explainers_text(found, WORDS)
    assert 0 < size(ask_label(people[0], WORDS)) <= 80
    assert size(unclear_text(letter * 32, PAPER, letter * LONGEST_STEP, WORDS)) <= 2000


@pytest.mark.parametrize(
    "error",
    [
        NotReadYet(),
        OfferStands(TeachOffer(1, 2, 3, "a", NOW, None, NOW)),
        OfferClosed(),
        OffererOnly(),
        OwnExplanation(),
        HeardAlready(clear=True),
        HeardAlready(clear=False),
        StepMissing(),
        AskedAlready(NOW),
    ],
)
def test_every_refusal_has_words_of_its_own(error: ClubError) -> None:
    assert refusal(error, WORDS) != "That is not possible right now."
