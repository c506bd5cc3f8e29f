"""``/suggest``: three papers with reasons, one tap each."""

from __future__ import annotations

from tests.cogs.conftest import Club
from tests.cogs.test_signups import said, sign_up, state_of
from tests.cogs.test_split import join, start
from tests.cogs.test_theory import labels, read, shown, text_of


async def test_it_suggests_what_nobody_has_read_and_one_tap_signs_up(club: Club) -> None:
    result = await club.alice.slash(club.channel, "suggest")
    assert result.ephemeral
    page = text_of(shown(result))
    assert "Nobody here has read it" in page
    assert "And the famous ones?" in page
    assert result.response is not None
    offered = labels(result.response.message)
    assert len(offered) == 3
    done = await club.alice.click(result.response.message, label=offered[0])
    assert "You are signed up for" in said(done)


async def test_what_one_has_taken_up_is_not_suggested_again(club: Club) -> None:
    await sign_up(club, club.alice)
    assert await state_of(club, club.alice.id) is not None
    page = text_of(shown(await club.alice.slash(club.channel, "suggest")))
    assert "Spline" not in page


async def test_hours_bound_what_is_suggested(club: Club) -> None:
    short = text_of(shown(await club.alice.slash(club.channel, "suggest", hours=2)))
    assert "For 2 h of reading" in short
    assert "Zoom In" in short
    long = text_of(shown(await club.alice.slash(club.channel, "suggest", hours=150)))
    assert "For 150 h of reading" in long


async def test_it_says_how_many_read_a_famous_one(club: Club) -> None:
    await read(club, club.guild.id, club.bob.id, "zoom-in-2020", "read")
    page = text_of(shown(await club.alice.slash(club.channel, "suggest")))
    assert "1 member here knows it or reads it" in page


async def test_wishes_of_a_split_are_heard(club: Club) -> None:
    _, panel = await start(club)
    await join(
        club, club.alice, panel, "alfarra-tpami",
        **{"rather-not": ["zoom-in-2020", "bahri-2020"]},
    )  # fmt: skip
    page = text_of(shown(await club.alice.slash(club.channel, "suggest")))
    assert "You wished for it." in page
    assert "you said that you would rather not read it" in page
    assert "Statistical" not in page.split("And the famous ones?")[0]
