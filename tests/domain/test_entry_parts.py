"""The further forms of own entries: what they hold, and what no form loses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Difficulty, Hours, Relation, RelationKind
from bot.domain.entry_forms import WrittenTheory, filled_in
from bot.domain.entry_parts import (
    UnknownTheory,
    WrittenNeeds,
    WrittenQuestions,
    WrittenRelations,
    WrittenRole,
    apply,
)
from bot.domain.errors import NotFound
from bot.domain.overlay import overlay
from bot.domain.own_entries import OwnEntry, OwnRelation, OwnTheory
from bot.domain.paper_forms import Unread, WrittenPaper
from bot.domain.papers import PaperType, Role, Section
from bot.domain.reading_hours import read_hours, shown_hours
from tests.domain.own_entries import own_paper, own_theory
from tests.domain.test_overlay import SHIPPED

NAMES = {"Spline theory": "spline", "Late: insight": "late", "spline": "spline"}
OTHERS = {"splin": "spline"}


def find(name: str) -> str | None:
    return NAMES.get(name)


def guess(name: str) -> str | None:
    return OTHERS.get(name)


def related(entry: OwnTheory, **lines: str) -> tuple[OwnTheory, list[str]]:
    written = WrittenRelations({kind: lines.get(kind.name, "") for kind in RelationKind})
    made, slips = apply(written, entry, find, guess)
    assert isinstance(made, OwnTheory)
    return made, [slip.line for slip in slips if isinstance(slip, UnknownTheory)]


WHOLE = replace(
    own_theory(
        "grokking", "Grokking", claim="Late.", key_ideas=("One", "Two"), aliases=("late",),
        prerequisites=("cnn",), prompts=("Why?", "When?"), safety_relevance="It may.",
        baseline=True,
    ),
    relations=(OwnRelation("spline", RelationKind.EXTENDS, "both: bend"),),
)  # fmt: skip
HARD = replace(WHOLE, theory=replace(WHOLE.theory, difficulty=Difficulty(3, "Sums")))
PAPER = own_paper(
    "power", "grokking", "Beyond", authors=("Alethea Power",), year=2022, hours=5.0, role=Role.BACKGROUND,
    kind=PaperType.TALK, venue="ICLR", arxiv="2201.02177", arxiv_version=2, doi="10.1109/A.2022.1",
    isbn="9781316519332", openreview="rJxBa1HFvS", peer_reviewed=False,
    sections=(Section("a", "Intro"), Section("b", "End")),
)  # fmt: skip


@pytest.mark.parametrize("entry", [own_theory("late", "Late"), HARD, PAPER, own_paper("x")])
def test_a_form_sent_back_as_it_came_changes_nothing(entry: OwnEntry) -> None:
    shown = {slug: name for name, slug in NAMES.items() if name != slug}
    forms = (
        (
            WrittenTheory.of(entry), WrittenNeeds.of(entry), WrittenQuestions.of(entry),
            WrittenRelations.of(entry, shown),
        )
        if isinstance(entry, OwnTheory)
        else (WrittenPaper.of(entry), WrittenRole.of(entry))
    )  # fmt: skip
    for written in forms:
        made, slips = apply(written, entry, find, guess)
        assert (made, slips) == (entry, ())


def test_a_form_is_for_its_own_kind_of_entry() -> None:
    with pytest.raises(NotFound):
        apply(WrittenRole.of(PAPER), HARD, find, guess)
    with pytest.raises(NotFound):
        apply(WrittenTheory.of(HARD), PAPER, find, guess)


def test_a_line_names_a_theory_and_why_and_what_names_none_is_told() -> None:
    made, left = related(
        WHOLE,
        EXTENDS="- Late: insight: it: does\nspline",
        CONTRASTS="splin : nearly\ngrokking\nnobody: knows",
        SHARES_TOOLS="Spline theory\nSpline theory: twice",
    )
    assert made.relations == (
        OwnRelation("late", RelationKind.EXTENDS, "it: does"),
        OwnRelation("spline", RelationKind.EXTENDS),
        OwnRelation("spline", RelationKind.CONTRASTS, "nearly"),
        OwnRelation("spline", RelationKind.SHARES_TOOLS),
    )
    assert left == ["grokking", "nobody: knows"]
    # A theory that is gone is named by its slug, and kept.
    gone = replace(WHOLE, relations=(OwnRelation("gone", RelationKind.EXTENDS, "why"),))
    kept, left = related(gone, EXTENDS="gone: why")
    assert (kept.relations, left) == (gone.relations, [])
    _, left = related(WHOLE, EXTENDS="\n".join(["spline"] * 12 + ["one too many"]))
    assert left == ["one too many"]


kinds = st.sampled_from(RelationKind)
slugs = st.sampled_from(["spline", "tropical", "grokking", "late", "nowhere"])
relations = st.lists(st.builds(OwnRelation, slugs, kinds), max_size=5).map(tuple)


@given(st.dictionaries(st.sampled_from(["grokking", "late"]), st.tuples(relations, st.booleans())))
def test_the_catalogue_shows_each_relation_once_and_from_both_ends(
    own: dict[str, tuple[tuple[OwnRelation, ...], bool]],
) -> None:
    entries = [
        replace(own_theory(slug, retired=retired), relations=found)
        for slug, (found, retired) in own.items()
    ]
    here = overlay(SHIPPED, entries)
    added = here.relations[len(SHIPPED.relations) :]
    assert here.relations[: len(SHIPPED.relations)] == SHIPPED.relations
    listed = {theory.slug for theory in here}
    wanted = {
        (one.kind, *_ends(slug, one))
        for slug, (found, retired) in own.items()
        for one in found
        if not retired and one.target in listed and one.target != slug
    }
    assert sorted((r.kind, *_ends(r.source, r)) for r in added) == sorted(wanted)
    for one in added:
        assert any(r.theory.slug == one.source for r in here.related(one.target))


def _ends(source: str, one: OwnRelation | Relation) -> tuple[str, ...]:
    ends = source, one.target
    return ends if one.kind is RelationKind.EXTENDS else tuple(sorted(ends))


def test_the_reason_of_an_own_relation_has_nothing_live_in_it() -> None:
    live = OwnRelation("spline", RelationKind.EXTENDS, "<@1> [x](https://evil.example)")
    here = overlay(SHIPPED, [replace(own_theory("late"), relations=(live,))])
    (shown,) = here.related("late")
    assert not set("<@[") & set(shown.why)


def test_a_section_put_better_keeps_its_progress() -> None:
    shown = WrittenPaper.of(PAPER)
    better, _ = replace(shown, sections="Introduction\nEnd").applied(PAPER)
    assert better.work.sections == (Section("a", "Introduction"), Section("b", "End"))
    longer, _ = replace(shown, sections="Intro\nMiddle\nEnd").applied(PAPER)
    assert longer.work.sections == (
        Section("a", "Intro"),
        Section("1", "Middle"),
        Section("b", "End"),
    )


def test_a_work_too_long_for_its_form_is_not_cut_by_it() -> None:
    crowd = tuple(f"José van Öztürk {n} and Sons" for n in range(300))
    parts = tuple(Section(f"s{n}", f"Of the {n}th kind " * 5) for n in range(60))
    long = own_paper("x", title="α" * 300, authors=crowd, sections=parts)
    shown = WrittenPaper.of(long)
    cut = replace(
        shown, title=shown.title[:200], authors=shown.authors[:1000],
        sections=shown.sections[:4000].strip(), year_and_hours="1999",
    )  # fmt: skip
    made, _ = cut.applied(long)
    assert made.work == replace(long.work, year=1999)


def test_a_field_is_filled_in_with_no_more_than_discord_counts() -> None:
    foxes = own_paper(
        "x", title="🦊" * 150, sections=tuple(Section(str(n), "🦊" * 99) for n in range(30))
    )
    shown = WrittenPaper.of(foxes)
    title, sections = filled_in(shown.title, 200), filled_in(shown.sections, 4000)
    assert title == "🦊" * 100
    assert 3997 < len(sections.encode("utf-16-le")) // 2 <= 4000
    made, _ = replace(shown, title=title, sections=sections, year_and_hours="1999").applied(foxes)
    assert made.work == replace(foxes.work, year=1999)


def test_identifiers_are_read_however_they_are_labelled() -> None:
    written = WrittenPaper(
        "T", "", "arXiv: 2201.02177v2 ISBN 978-1-316-51933-2 doi: 10.1/x", "", ""
    )
    paper, unread = written.applied(theory="spline", role=Role.FOLLOWUP)
    work = paper.work
    assert (work.arxiv, work.arxiv_version, work.isbn) == ("2201.02177", 2, "9781316519332")
    assert (work.role, unread) == (Role.FOLLOWUP, (Unread.LINK,))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("9", Hours(9)),
        ("5 to 14 h", Hours(9.5, 5, 14)),
        ("9 (5-14)", Hours(9, 5, 14)),
        ("2,5", Hours(2.5)),
        (" ", Hours(0)),
    ],
)
def test_the_hours_of_a_theory_are_written_as_people_do(written: str, read: Hours) -> None:
    theory = own_theory("late")
    made, slips = replace(WrittenNeeds.of(theory), hours=written).applied(theory)
    assert (made.theory.hours, slips) == (read, ())
    again, slips = WrittenNeeds.of(made).applied(made)
    assert (again, slips) == (made, ())


@pytest.mark.parametrize("written", ["a while", "0", "1 2 3 4", "90000"])
def test_hours_that_cannot_be_read_leave_those_there_are(written: str) -> None:
    theory = own_theory("late")
    known, _ = replace(WrittenNeeds.of(theory), hours="9").applied(theory)
    made, slips = replace(WrittenNeeds.of(known), hours=written).applied(known)
    assert (made, slips) == (known, (Unread.READING_HOURS,))


@given(st.floats(0.1, 1000), st.floats(0.1, 1000), st.floats(0.1, 1000))
def test_hours_come_back_as_the_form_shows_them(one: float, two: float, three: float) -> None:
    low, typical, high = sorted(round(hours, 1) for hours in (one, two, three))
    hours = Hours(typical, low, high)
    assert read_hours(shown_hours(hours)) == hours
