"""``/theories``: the list with its filters and pages."""

from __future__ import annotations

from pathlib import Path

from bot.settings import Settings
from tests.cogs.conftest import Club, running
from tests.cogs.test_theory import read, shown, text_of
from tests.founding import TENTH, founding_data


async def test_the_list_shows_the_most_needed_first_and_the_baselines_last(club: Club) -> None:
    first = text_of(shown(await club.alice.slash(club.channel, "theories")))
    assert first.index("Spline") < first.index("anchurin")
    assert "1 to 5 of 9" in first
    assert "Mathematical Framework" not in first


async def test_a_read_theory_moves_behind_the_unread_ones(club: Club) -> None:
    await read(club, club.guild.id, club.alice.id, "spline-icml2018", "read")
    first = text_of(shown(await club.alice.slash(club.channel, "theories")))
    assert "**1. Spline" not in first


async def test_the_next_page_turns_in_place_and_back(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theories")
    assert result.response is not None
    message = result.response.message
    await club.alice.click(message, label="Next")
    assert "6 to 9 of 9" in text_of(club.last.embeds[0])
    await club.alice.click(club.last, label="Previous")
    assert "1 to 5 of 9" in text_of(club.last.embeds[0])


async def test_the_list_tells_nobody_else_how_far_one_is(club: Club) -> None:
    for theory in club.bot.services.catalogues.shipped:
        await read(club, club.guild.id, club.alice.id, theory.primary_papers[0].id, "read")
    result = await club.alice.slash(club.channel, "theories")
    assert result.response is not None
    assert "1 member has read it" in text_of(shown(result))
    assert "You:" not in text_of(shown(result))
    await club.alice.click(result.response.message, label="Next")
    assert "You:" not in text_of(club.last.embeds[0])
    copy = await club.bob.click(club.last, label="Previous")
    assert copy.ephemeral
    mine = await club.alice.slash(club.channel, "theories", show="mine")
    assert "You: read." in text_of(shown(mine))


async def test_the_menu_opens_a_card_for_the_chooser_alone(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theories")
    assert result.response is not None
    opened = await club.bob.select(result.response.message, ["spline"], custom_id="tc1:open")
    assert opened.ephemeral
    assert "Spline" in (shown(opened).title or "")


async def test_a_prerequisite_narrows_the_list(club: Club) -> None:
    page = text_of(
        shown(await club.alice.slash(club.channel, "theories", topic="tropical-geometry"))
    )
    assert "1 to 1 of 1" in page


async def test_a_topic_typed_by_its_title_is_understood(club: Club) -> None:
    page = text_of(
        shown(await club.alice.slash(club.channel, "theories", topic="Tropical Geometry"))
    )
    assert "1 to 1 of 1" in page


async def test_an_unknown_topic_says_what_to_do(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theories", topic="@everyone [x](y)")
    assert result.ephemeral
    assert result.response is not None
    assert "without it shows them all" in result.response.content
    assert "@everyone" not in result.response.content


async def test_an_unknown_topic_does_not_claim_that_all_is_covered(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theories", show="uncovered", topic="nonsense")
    assert result.response is not None
    assert "No theory has that topic" in result.response.content


async def test_a_prerequisite_that_no_theory_needs_says_so(club: Club) -> None:
    page = text_of(
        shown(await club.alice.slash(club.channel, "theories", topic="Algebraic geometry"))
    )
    assert "No theory has this topic yet" in page


async def test_mine_is_private_and_kind_when_empty(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theories", show="mine")
    assert result.ephemeral
    assert "You have not read one of these here yet" in text_of(shown(result))
    await read(club, club.guild.id, club.alice.id, "spline-icml2018", "read")
    result = await club.alice.slash(club.channel, "theories", show="mine")
    assert "You: read." in text_of(shown(result))


async def test_uncovered_leaves_out_what_is_covered(club: Club) -> None:
    for member in (club.alice, club.bob):
        await read(club, club.guild.id, member.id, "spline-icml2018", "understood")
    page = text_of(shown(await club.alice.slash(club.channel, "theories", show="uncovered")))
    assert "of 8" in page


async def test_the_list_works_in_a_direct_message(club: Club) -> None:
    dana = club.env.create_user("dana")
    page = text_of(shown(await dana.slash("theories")))
    assert "1 to 5 of 9" in page
    assert "Nobody here" not in page


async def test_a_tenth_theory_is_one_file(settings: Settings, tmp_path: Path) -> None:
    data = founding_data(tmp_path)
    (data / "theories" / "tenth.toml").write_text(TENTH, encoding="utf-8")
    async with running(settings.model_copy(update={"data_dir": data})) as club:
        card = await club.alice.slash(club.channel, "theory", name="zebra")
        assert shown(card).title == "Tenth theory of everything else"
        assert "of 10" in text_of(shown(await club.alice.slash(club.channel, "theories")))
