"""``/catalogue export``: every file read back, for whoever asks and of nobody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.domain.catalogue import Catalogue, Vocabulary
from bot.domain.entries import Entry, entry_of
from bot.domain.errors import StaleControl
from bot.domain.exports import ExportFormat, ExportScope, Selection
from bot.domain.imports.completion import completed
from bot.domain.imports.contents import Format
from bot.domain.progress import Depth
from bot.render.exporting import export_choices, export_meant
from bot.render.words import Words
from cogs.catalogue._commands import _format
from tests.cogs.conftest import Club
from tests.cogs.test_signups import said
from tests.cogs.test_theory import read as set_depth
from tests.domain.theories import paper, theory
from tests.exchange.works import read
from tests.storage.builders import query

READABLE = pytest.mark.parametrize("format_", list(Format))
EACH = pytest.mark.parametrize("format_", list(ExportFormat))


async def exported(
    club: Club, who: simcord.MemberActor | None = None, **options: Any
) -> tuple[str, str, bytes]:
    """The answer, the name of the file and what stands in it."""
    result = await (who or club.alice).slash(club.channel, "catalogue export", **options)
    text = said(result)
    assert result.response is not None
    assert result.response.message.attachments, text
    (file,) = result.response.message.attachments
    return text, file.filename, await file.read()


async def entries(
    club: Club, format_: Format, who: simcord.MemberActor | None = None, **options: Any
) -> list[Entry]:
    _, name, content = await exported(club, who, format=format_.value, **options)
    assert name.endswith(f".{format_.value}")
    contents = read(format_, content)
    assert contents.refused == ()
    return [located.entry for located in contents.entries]


def works(club: Club, *slugs: str) -> list[Entry]:
    """What the catalogue says of the theories; of all where none is named."""
    return [
        completed(entry_of(p, theory.slug, theory.prerequisites))
        for theory in club.bot.services.catalogues.shipped
        for p in theory.papers
        if not slugs or theory.slug in slugs
    ]


@READABLE
async def test_every_work_comes_back_from_the_file(club: Club, format_: Format) -> None:
    assert await entries(club, format_) == works(club)


@READABLE
async def test_a_theory_or_a_topic_is_exported_alone(club: Club, format_: Format) -> None:
    spline = works(club, "spline")
    for what in ("spline", "Spline theory of deep networks", "SPLINE", "balestriero"):
        assert await entries(club, format_, what=what) == spline
    about = [t.slug for t in club.bot.services.catalogues.shipped if "topology" in t.prerequisites]
    assert about
    assert len(about) < 9
    assert await entries(club, format_, what="topology") == works(club, *about)


@READABLE
async def test_own_readings_carry_ones_own_depth_and_nobody_elses(
    club: Club, format_: Format
) -> None:
    here, elsewhere = club.guild.id, club.env.create_guild("Elsewhere").id
    await set_depth(club, here, club.alice.id, "spline-icml2018", "read")
    await set_depth(club, here, club.alice.id, "alfarra-tpami", "signed-up")
    await set_depth(club, here, club.alice.id, "no-longer-there", "understood")
    await set_depth(club, here, club.bob.id, "spline-icml2018", "understood")
    await set_depth(club, here, club.bob.id, "zoom-in-2020", "almost")
    await set_depth(club, elsewhere, club.alice.id, "geometry-neurips2019", "understood")
    mine = {"spline-icml2018": Depth.READ, "alfarra-tpami": Depth.SIGNED_UP}
    expected = [replace(e, depth=mine[e.key]) for e in works(club) if e.key in mine]
    assert len(expected) == 2
    assert await entries(club, format_, what="My readings") == expected
    theirs = {e.key: e.depth for e in await entries(club, format_, club.bob, what="mine")}
    assert theirs == {"spline-icml2018": Depth.UNDERSTOOD, "zoom-in-2020": Depth.ALMOST}
    for what in ("the whole catalogue", "spline"):
        assert not [e for e in await entries(club, format_, what=what) if e.depth]


async def test_own_readings_in_markdown_are_ones_own_too(club: Club) -> None:
    await set_depth(club, club.guild.id, club.alice.id, "spline-icml2018", "read")
    await set_depth(club, club.guild.id, club.bob.id, "zoom-in-2020", "understood")
    text, name, content = await exported(club, what="my readings", format="md")
    lines = content.decode().splitlines()
    assert name == "theory-club-my-readings.md"
    assert lines[0] == "# My readings"
    assert lines[2] == "## Spline theory of deep networks (1)"
    assert "**read**" in lines[4]
    assert "understood" not in content.decode()
    assert "1 work." in text
    assert "nothing of anybody else" in text


async def test_the_list_to_read_has_a_section_for_each_theory(club: Club) -> None:
    _, name, content = await exported(club, format="md")
    lines = content.decode().splitlines()
    assert name == "theory-club-catalogue.md"
    assert lines[0] == "# The whole catalogue"
    assert sum(line.startswith("## ") for line in lines) == 9
    assert sum(line.startswith("- ") for line in lines) == len(works(club))


async def test_without_options_it_is_the_catalogue_in_bibtex(club: Club) -> None:
    text, name, content = await exported(club)
    assert name == "theory-club-catalogue.bib"
    assert f"{len(works(club))} works" in text
    assert "LaTeX" in text
    assert "anybody else" not in text
    assert content.startswith(b"@article{")
    assert not club.channel.history(viewer=club.bob)


@EACH
async def test_each_format_says_what_it_is_good_for(club: Club, format_: ExportFormat) -> None:
    good = {"bib": "LaTeX", "json": "Pandoc", "csv": "spreadsheet", "md": "to read"}
    text, name, _ = await exported(club, what="spline", format=format_.value)
    assert good[format_.value] in text
    assert name == f"theory-club-spline.{format_.value}"


async def test_what_cannot_be_exported_is_refused_with_what_to_do(club: Club) -> None:
    async def refused(**options: Any) -> str:
        return said(await club.alice.slash(club.channel, "catalogue export", **options))

    assert "no readings to export" in await refused(what="my readings")
    assert "know no theory" in await refused(what="🦊 nothing of the kind")
    with pytest.raises(StaleControl):
        _format("exe")


async def test_exporting_stores_nothing(club: Club, tmp_path: Path) -> None:
    for what in ("spline", "whole"):
        await club.bob.slash(club.channel, "catalogue export", what=what)
    await club.bob.slash(club.channel, "catalogue export", what="mine")
    assert query(tmp_path / "club.db", "SELECT count(*) FROM member") == [(0,)]


@pytest.mark.parametrize("typed", ["", "my", "whole", "spl", "geometry", "🦊", "x" * 100])
async def test_every_choice_is_taken(club: Club, typed: str) -> None:
    found = await club.alice.autocomplete(club.channel, "catalogue export", "what", typed)
    assert len(found) <= 25
    assert len({choice["name"] for choice in found}) == len(found)
    await set_depth(club, club.guild.id, club.alice.id, "alfarra-tpami", "read")
    for choice in found[:6]:
        text, _, _ = await exported(club, what=choice["value"], format="csv")
        assert choice["value"] in text.replace("\u200b", "")


async def test_the_whole_and_ones_own_are_offered_first(club: Club) -> None:
    found = await club.alice.autocomplete(club.channel, "catalogue export", "what", "")
    assert [choice["name"] for choice in found[:2]] == ["The whole catalogue", "My readings"]
    (mine, *_) = await club.alice.autocomplete(club.channel, "catalogue export", "what", "MY R")
    assert mine["value"] == "My readings"


def test_a_theory_that_is_called_like_a_topic_is_the_theory() -> None:
    topics = {"geometry": "Geometry", "mechanisms": "Mechanisms"}
    twin = theory("shapes", paper("s1", "S"), name="Geometry")
    catalogue = Catalogue((twin,), (), Vocabulary({}, topics, ()))
    named = Selection(ExportScope.THEORY, "shapes")
    for typed in ("Geometry", "shapes", " GEOMETRY "):
        assert export_meant(typed, catalogue, topics, Words()) == named
    assert export_meant("geometr", catalogue, topics, Words()) is None
    mechanisms = Selection(ExportScope.TOPIC, "mechanisms")
    assert export_meant("mechanisms", catalogue, topics, Words()) == mechanisms
    offered = export_choices([(twin, None)], topics, "ge", Words())
    assert [choice.value for choice in offered] == ["Geometry"]


def test_more_theories_than_fit_are_cut_after_the_whole_and_ones_own() -> None:
    many = [(theory(f"t{n}", name=f"Theory {n}"), None) for n in range(30)]
    offered = export_choices(many, {"geometry": "Geometry"}, "", Words())
    assert len(offered) == 25
    assert [choice.value for choice in offered[:3]] == [
        "The whole catalogue", "My readings", "Theory 0",
    ]  # fmt: skip
