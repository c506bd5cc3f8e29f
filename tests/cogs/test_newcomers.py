"""*Join the club*: from the panel to a first paper, and the same after ``/club join``."""

from __future__ import annotations

from bot.domain.members import Actor
from bot.domain.signups import SignupState
from tests.cogs.clubs import found_club, member
from tests.cogs.conftest import Club
from tests.cogs.log_forms import filled
from tests.cogs.schedule import press, pressing
from tests.cogs.test_boards import shown
from tests.cogs.test_coverage import message_of
from tests.cogs.test_signups import organiser, said, state_of
from tests.cogs.test_theory import read


async def test_a_newcomer_joins_and_takes_a_first_paper(club: Club) -> None:
    olga, readers = organiser(club), await found_club(club)
    await read(club, club.guild.id, club.bob.id, "zoom-in-2020", "read")
    setup = await olga.slash(club.channel, "setup")
    posted = await press(olga, setup, "Post a panel for newcomers")
    panel = club.last
    assert "two hours at most" in shown(panel)
    form = await club.alice.click(panel, custom_id=pressing(panel, "Join the club"))
    wrong = await club.alice.submit_modal(form, {"hours": "?"})
    assert "whole number" in said(wrong)
    form = await club.alice.click(panel, custom_id=pressing(panel, "Join the club"))
    answers = {
        "hours": "4",
        "zone": ["Asia/Tokyo"],
        "interests": ["geometry-of-the-map", "convex-geometry"],
        "clubs": [str(readers.id)],
    }
    offered = await club.alice.submit_modal(form, answers)
    assert offered.ephemeral
    first = shown(message_of(offered))
    assert "Nobody here has read it" in first
    assert "You like: " in first
    assert "First sitting" in first
    assert "You belong to the club you chose" in first
    settings = await club.bot.services.members.settings(actor_of(club))
    assert (settings.zone, settings.hours_a_week) == ("Asia/Tokyo", 4)
    assert settings.interests == {"geometry-of-the-map", "convex-geometry"}
    assert await club.bot.services.clubs.joined(actor_of(club)) == {readers.id}
    # The famous theory that somebody here knows is in no round of the offers.
    seen = {first}
    for _ in range(len(club.bot.services.catalogues.shipped)):
        offered = await press(club.alice, offered, "Another one")
        seen.add(shown(message_of(offered)))
    assert len(seen) > 2
    assert not any("Zoom In" in text for text in seen)
    taken = await press(club.alice, offered, "Sign me up")
    assert "You are signed up for" in said(taken)
    (paper_id,) = [one.paper_id for one in await club.bot.services.signups.own(actor_of(club))]
    assert await state_of(club, club.alice.id, paper_id) is SignupState.OPEN
    later = await press(club.alice, offered, "Not now")
    assert "Whenever you like" in shown(message_of(later))
    # What is known fills the form the next time, and /me settings shows it.
    again = await club.alice.click(panel, custom_id=pressing(panel, "Join the club"))
    assert filled(again)["hours"] == "4"
    unticked = await club.alice.submit_modal(again, answers | {"clubs": []})
    assert "You still belong to **Readers**; `/club leave`" in shown(message_of(unticked))
    page = message_of(await club.alice.slash(club.channel, "me settings")).embeds[0].to_dict()
    assert "What I would like to read about" in str(page)
    # Whoever has said nothing is asked after /club join; Alice is new no more.
    asked = await club.bob.slash(club.channel, "club join")
    assert pressing(message_of(asked), "Find my first paper") == "tc1:newcomer-join"
    known = await club.alice.slash(club.channel, "club join")
    assert not message_of(known).components
    await press(olga, posted, "Undo")
    assert not [m for m in club.channel.history() if "newcomer-join" in shown(m)]


def actor_of(club: Club) -> Actor:
    return member(club, club.alice, "alice")
