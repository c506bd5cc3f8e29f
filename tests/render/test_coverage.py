"""Coverage in words and pictures: every number of a picture stands in its text and alt text."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from bot.domain.catalogue import Catalogue, Vocabulary
from bot.domain.coverage import (
    Change,
    Community,
    History,
    Reading,
    Taught,
    survey,
    trend,
    week_ends,
)
from bot.domain.progress import Depth
from bot.render import plots
from bot.render.coverage import emptiest_options, headline, measures_text
from bot.render.coverage_members import risks_text, unlike_text
from bot.render.coverage_numbers import WIDE, alt_text, numbers_table
from bot.render.coverage_pictures import (
    MapPicture,
    PairPicture,
    TrendPicture,
    age_text,
    freshness,
    map_picture,
    pair_picture,
    trend_picture,
)
from bot.render.markdown import size
from bot.render.plots import figure_of
from bot.render.words import Words
from tests.domain.communities import NOW, snapshot
from tests.domain.theories import founding_theories, paper, theory

WORDS = Words()
FOUNDING = founding_theories()


def catalogue_of(*theories: object) -> Catalogue:
    return Catalogue(tuple(theories), (), Vocabulary({}, {}, ()))  # type: ignore[arg-type]  # theories


CATALOGUE = catalogue_of(*FOUNDING)
ids = [p.id for t in FOUNDING for p in t.primary_papers]
rows = st.dictionaries(
    st.tuples(st.integers(1, 12), st.sampled_from(ids)),
    st.tuples(st.sampled_from(Depth), st.integers(0, 500)),
    min_size=1,
    max_size=40,
).map(lambda found: [Reading(*k, d, NOW - timedelta(days=n)) for k, (d, n) in found.items()])


def community(found: list[Reading], *taught: Taught) -> Community:
    return survey(snapshot(*found, taught=taught), list(CATALOGUE))


def pictures(found: list[Reading]) -> tuple[MapPicture, TrendPicture, PairPicture]:
    here = community(found, Taught(1, ids[0], NOW))
    changes = sorted((Change(*row) for row in found), key=lambda c: c.changed_at)
    weeks = trend(History(tuple(changes), {}), list(CATALOGUE), 2, week_ends(NOW, 12))
    return (
        map_picture(here, CATALOGUE, 0, NOW, WORDS),
        trend_picture(weeks, here, WORDS),
        pair_picture(here, CATALOGUE, WORDS),
    )


def written(figure: Figure) -> list[str]:
    """Every text in the picture, from top to bottom and left to right."""
    texts: list[Text] = list(figure.axes[0].texts)
    return [
        t.get_text()
        for t in sorted(texts, key=lambda t: (t.get_position()[1], t.get_position()[0]))
    ]


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows)
def test_text_and_alt_text_hold_every_number_that_is_drawn(found: list[Reading]) -> None:
    for picture in pictures(found):
        texts = written(figure_of(picture))
        if isinstance(picture, TrendPicture):
            # The scale at the edge is no number of the community's.
            texts = [text for text in texts if not text.isdecimal()]
        drawn = {number for text in texts for number in numbers(text)}
        assert drawn or isinstance(picture, PairPicture)
        assert drawn <= set(numbers(numbers_table(picture, WORDS)))
        assert drawn <= set(numbers(alt_text(picture, WORDS)))


@settings(max_examples=25, deadline=None)
@given(rows)
def test_each_row_of_the_text_says_what_its_row_of_the_map_shows(found: list[Reading]) -> None:
    picture = pictures(found)[0]
    lines = numbers_table(picture, WORDS).splitlines()[2:]
    spoken = alt_text(picture, WORDS)
    for row, line in zip(picture.rows, lines, strict=False):
        counts = " ".join(map(str, row.counts))
        assert row.age.replace(" ", "") in line
        assert line.endswith(row.mark)
        assert counts in re.sub(r" +", " ", line)
        assert f"{row.name} {counts} {row.standing}" in spoken
        assert row.readers == sum(row.counts[2:5])


@settings(max_examples=25, deadline=None)
@given(rows)
def test_the_pairs_as_text_are_those_of_the_picture(found: list[Reading]) -> None:
    picture = pictures(found)[2]
    lines = numbers_table(picture, WORDS).splitlines()[1:]
    for key, counts, line in zip(picture.keys, picture.counts, lines, strict=False):
        assert line.split() == [key, *(str(n) if n else "·" for n in counts), key]


@settings(max_examples=25, deadline=None)
@given(rows)
def test_tables_fit_a_phone_and_alt_texts_discords_limit(found: list[Reading]) -> None:
    for picture in pictures(found):
        table = numbers_table(picture, WORDS)
        assert max(map(len, table.splitlines())) <= WIDE + 1
        assert size(alt_text(picture, WORDS)) <= 1024
        assert not alt_text(picture, WORDS).endswith("…")


def longest() -> tuple[Catalogue, Community]:
    """Two dozen theories with the longest names, hundreds of readers each."""
    name = "Wholly Mmmm quantum gravitation."[:32]
    theories = [
        theory(
            f"{'long-slug-' * 4}"[:38] + f"{n:02}", paper(f"p{n}", "P"), short_name=name, order=n
        )
        for n in range(24)
    ]
    rng = random.Random(1)
    found = [
        Reading(user, f"p{n}", rng.choice(list(Depth)), NOW - timedelta(days=rng.randrange(700)))
        for user in range(1, 500)
        for n in range(24)
    ]
    return catalogue_of(*theories), survey(snapshot(*found), theories)


def test_the_largest_group_still_fits() -> None:
    catalogue, here = longest()
    for picture in (
        map_picture(here, catalogue, 0, NOW, WORDS),
        map_picture(here, catalogue, 99, NOW, WORDS),
        pair_picture(here, catalogue, WORDS),
    ):
        alt = alt_text(picture, WORDS)
        assert size(alt) <= 1024
        assert not alt.endswith("…")
        table = numbers_table(picture, WORDS)
        assert size(table) < 1500
        assert max(map(len, table.splitlines())) <= WIDE + 8
        assert_inside(figure_of(picture))


def assert_inside(figure: Figure) -> None:
    """Nothing that is written runs over the edge."""
    figure.savefig(io.BytesIO())
    width, height = figure.canvas.get_width_height()
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert box.x0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y0 >= -1, text
        assert box.y1 <= height + 1, text


@settings(max_examples=4, deadline=None)
@given(rows)
def test_nothing_runs_over_the_edge(found: list[Reading]) -> None:
    for picture in pictures(found):
        assert_inside(figure_of(picture))


def test_pictures_are_twice_a_phones_width_and_have_a_ground_of_their_own() -> None:
    for picture in pictures([Reading(1, ids[0], Depth.READ, NOW)]):
        image = Image.open(io.BytesIO(plots.draw(picture))).convert("RGBA")
        assert image.width == 720
        assert image.getpixel((1, 1)) == (0x23, 0x25, 0x2F, 255)


def test_a_cell_with_somebody_and_one_with_nobody_differ_in_shape_not_colour_alone() -> None:
    picture = pictures([Reading(1, ids[0], Depth.READ, NOW)])[0]
    shapes = [c for c in figure_of(picture).axes[0].collections if isinstance(c, PathCollection)]
    empty = [found for found in shapes if not np.size(found.get_facecolor())]
    filled = [found for found in shapes if np.size(found.get_facecolor())]
    assert len(empty) == 1
    assert np.shape(empty[0].get_offsets())[0] == 9 * 6 - 2
    assert filled


def test_names_are_never_taken_for_formulas_and_missing_signs_are_boxes() -> None:
    one = theory("x", paper("x1", "X"), short_name="$\\frac{1}$ 量 \u202egnp", order=1)
    here = survey(snapshot(Reading(1, "x1", Depth.READ, NOW)), [one])
    picture = map_picture(here, catalogue_of(one), 0, NOW, WORDS)
    assert plots.draw(picture).startswith(b"\x89PNG")
    assert "\u202e" not in picture.rows[0].name
    assert any("▯" in text for text in written(figure_of(picture)))


def test_equal_states_are_equal_pictures() -> None:
    found = [Reading(1, ids[0], Depth.READ, NOW)]
    assert pictures(found) == pictures(list(found))
    assert len({*pictures(found), *pictures(list(found))}) == 3


@pytest.mark.parametrize(
    ("days", "text", "fresh"),
    [
        (0, "0 d", 1.0),
        (13, "13 d", 1.0),
        (14, "2 wk", 1.0),
        (59, "8 wk", 0.9),
        (60, "2 mo", 0.9),
        (800, "26 mo", 0.0),
    ],
)
def test_the_age_is_said_and_fades(days: int, text: str, fresh: float) -> None:
    at = NOW - timedelta(days=days)
    assert age_text(at, NOW, WORDS) == text
    assert freshness(at, NOW) == fresh
    assert (age_text(None, NOW, WORDS), freshness(None, NOW)) == ("", 0.0)


def test_the_map_begins_with_what_is_needed_most() -> None:
    found = [Reading(user, ids[0], Depth.UNDERSTOOD, NOW) for user in (1, 2)]
    assert pictures(found)[0].rows[-1].slug == "spline"


def test_the_headline_says_it_in_plain_words() -> None:
    papers = {t.slug: t.primary_papers[0].id for t in FOUNDING}
    found = [Reading(user, papers["circuits"], Depth.UNDERSTOOD, NOW) for user in (1, 2, 3)]
    found += [Reading(4, papers["spline"], Depth.READ, NOW)]
    said = headline(community(found), CATALOGUE, WORDS)
    assert "**1 of 9** theories are covered and **2** known." in said
    assert "Your 4 readers know as much as 1.5 evenly known theories." in said
    assert "The 2 theories most newcomers know hold 86 % of all reading." in said


def test_little_baseline_reading_is_not_remarked_on() -> None:
    papers = {t.slug: t.primary_papers[0].id for t in FOUNDING}
    said = headline(community([Reading(1, papers["spline"], Depth.READ, NOW)]), CATALOGUE, WORDS)
    assert "newcomers" not in said
    assert "The one reader here" in said


def test_an_empty_server_is_invited() -> None:
    assert "all 9 theories are open" in headline(community([]), CATALOGUE, WORDS)
    assert "evenness" not in measures_text(community([]), WORDS)


def test_the_menu_offers_the_emptiest_theories_and_none_that_is_covered() -> None:
    first = FOUNDING[0].primary_papers[0].id
    found = [Reading(user, first, Depth.UNDERSTOOD, NOW) for user in (1, 2)]
    options = emptiest_options(community(found), CATALOGUE, WORDS)
    assert first not in [option.value for option in options]
    assert len(options) == 8
    assert all(CATALOGUE.theory_of(option.value) for option in options)
    every = [
        Reading(u, t.primary_papers[0].id, Depth.ALMOST, NOW) for u in (1, 2) for t in FOUNDING
    ]
    assert emptiest_options(community(every), CATALOGUE, WORDS) == []


def test_empty_overlap_and_risk_say_what_it_means() -> None:
    assert "/me settings" in unlike_text((), CATALOGUE, WORDS)
    assert "No theory hangs on one member" in risks_text((), CATALOGUE, WORDS)


def test_a_different_map_is_a_different_picture() -> None:
    picture = pictures([Reading(1, ids[0], Depth.READ, NOW)])[0]
    other = replace(picture, target=picture.target + 1)
    assert picture != other
    assert plots.draw(picture) != plots.draw(other)
