"""Progress in words: bars, limits, and hostile names and texts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.logbook import Logged
from bot.domain.notes import NoteKind
from bot.domain.outline import SectionsUnclear
from bot.domain.overview import (
    BoardName,
    GroupProgress,
    Overview,
    OwnSignup,
    PaperProgress,
    Profile,
)
from bot.domain.papers import Section
from bot.domain.progress import Depth
from bot.domain.signups import SignupState
from bot.render.group_progress import group_overview
from bot.render.markdown import size
from bot.render.paper_choices import paper_choices
from bot.render.profile import profile_embed
from bot.render.progress import bar, copyable, kept_text, logged, next_step, own_overview
from bot.render.words import Words
from tests.domain.theories import paper, theory

WORDS = Words()
NAME = "@everyone *_`[x](https://evil)`\u202e"
LONG = "W" * 200
WORK = paper("p", LONG, ["A. Author"])
THEORY = theory("t", WORK)
DUE = datetime(2026, 1, 28, 18, 0, tzinfo=UTC)


def progress(depth: Depth | None = Depth.READING, **values: object) -> PaperProgress:
    return PaperProgress(THEORY, WORK, depth, **values)  # type: ignore[arg-type]  # a builder


def group(**values: object) -> GroupProgress:
    counts = dict.fromkeys(
        ("theories", "known", "met", "covered", "readers", "understanders", "reading", "open_signups", "waiting"), 1
    )  # fmt: skip
    return GroupProgress(**{**counts, "finished": {}, "board": (), **values})  # type: ignore[arg-type]


@given(st.integers(0, 100))
def test_a_bar_has_ten_blocks_and_is_empty_or_full_only_at_the_ends(percent: int) -> None:
    made = bar(percent)
    assert len(made) == 10
    assert ("▰" not in made) == (percent == 0)
    assert ("▱" not in made) == (percent == 100)


def test_a_page_of_the_longest_papers_keeps_discords_limits() -> None:
    papers = tuple(
        progress(taught=99, signup=OwnSignup(n, "p", SignupState.OPEN, DUE)) for n in range(5)
    )
    embed = own_overview(Overview(papers, 19, 100, 7), WORDS)
    assert size(embed.description or "") <= 4096
    assert f"<t:{int(DUE.timestamp())}:D>" in (embed.description or "")
    assert "Page 20 of 20" in str(embed.footer.text)
    assert "7 messages of mine" in (embed.description or "")


def test_nothing_yet_is_an_invitation() -> None:
    text = own_overview(Overview((), 0, 0), WORDS).description or ""
    assert "`/signup`" in text
    assert "not taken up a paper" in text


@pytest.mark.parametrize("state", SignupState)
@pytest.mark.parametrize("depth", [None, *Depth])
def test_every_state_and_depth_has_a_next_step(state: SignupState, depth: Depth | None) -> None:
    step = next_step(progress(depth, signup=OwnSignup(1, "p", state)), WORDS)
    assert step
    assert "\n" not in step


def test_a_profile_of_a_hundred_papers_keeps_the_limits() -> None:
    profile = Profile(1, NAME * 9, tuple(progress(Depth.UNDERSTOOD, taught=3) for _ in range(100)))
    embed = profile_embed(profile, WORDS)
    assert size(embed.title or "") <= 256
    assert size(embed.description or "") <= 4096
    assert "and 85 more papers" in (embed.description or "")
    assert "@everyone" not in (embed.title or "")


def test_who_hides_it_and_who_is_unknown_read_alike() -> None:
    assert profile_embed(Profile(1), WORDS) == profile_embed(Profile(2), WORDS)


def test_hundreds_of_finishes_and_names_keep_the_limits_and_are_counted() -> None:
    names = tuple(f"{NAME}{n}" for n in range(300))
    finished = {f"{LONG}{n}": (300, names if n % 2 else ()) for n in range(100)}
    board = tuple(BoardName(name, (LONG,) * (n % 3)) for n, name in enumerate(names))
    embed = group_overview(group(finished=finished, board=board), WORDS)
    assert all(size(field.value or "") <= 1024 for field in embed.fields)
    assert "more" in str(embed.fields[0].value)
    assert "100 on the board are reading on." in str(embed.fields[1].value)
    assert "@everyone" not in str(embed.to_dict())
    assert "[x](https" not in str(embed.to_dict())


def test_an_empty_group_is_invited() -> None:
    nothing = dict.fromkeys(("known", "met", "covered", "readers", "understanders", "reading", "open_signups", "waiting"), 0)  # fmt: skip
    assert "whoever reads first" in (group_overview(group(**nothing), WORDS).description or "")


@given(st.text(max_size=5000) | st.text("`\n", max_size=5000))
def test_no_text_ends_the_block_it_is_shown_in(text: str) -> None:
    block = copyable(text, 4000)
    assert block.startswith("```\n")
    assert block.endswith("\n```")
    assert block.count("```") == 2
    assert "\u202e" not in block
    assert size(kept_text(NoteKind.CLAIM, text, WORDS).description or "") <= 4096


def test_what_could_not_be_read_of_the_sections_is_shown_for_copying() -> None:
    unclear = SectionsUnclear("1-7, @everyone", "@everyone", 30)
    text = logged(Logged(THEORY, WORK, Depth.READING, unclear=unclear), WORDS).description or ""
    assert "```\n1-7, @everyone\n```" in text
    assert "“@everyone" not in text


def test_papers_of_one_title_are_told_apart() -> None:
    twins = [(THEORY, paper(name, LONG, ["A"])) for name in ("first", "second")]
    made = paper_choices(twins)
    assert [choice.value for choice in made] == ["first", "second"]
    assert len({choice.name for choice in made}) == 2
    assert all(1 <= size(choice.name) <= 100 for choice in made)


def test_a_short_title_is_its_own_value() -> None:
    work = paper("p", "On everything", ["A"])
    assert [choice.value for choice in paper_choices([(THEORY, work)])] == ["On everything"]


def test_the_first_section_not_done_is_next() -> None:
    work = paper("p", "On everything", ["A"])
    sections = tuple(Section(f"s{n}", f"Part {n}") for n in range(3))
    from dataclasses import replace

    one = PaperProgress(THEORY, replace(work, sections=sections), Depth.READING, frozenset({"s0"}))
    assert next_step(one, WORDS) == "Go on with: Part 1"
