"""Every text of ``/setup`` and *Join the club*, as far as it can be called up."""

from __future__ import annotations

from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from tests.cogs.conftest import Club
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser


async def say_setup(club: Club) -> None:
    """The panel before and after each choice, what is lacking, and what is refused."""
    olga, home = organiser(club), club.guild.create_text_channel("1")
    bot_id = club.env.backend.bot_user.id
    club.env.backend.set_overwrite(
        home.id, Overwrite(bot_id, OverwriteType.MEMBER, deny=(1 << 50) - 1 - (1 << 10))
    )
    panel = message_of(await olga.slash(club.channel, "setup"))
    everybody = club.guild.default_role
    role = club.guild.create_role("2")
    for action, values in (
        ("home", [home]), ("role", [everybody]), ("role", [role]), ("kind", ["seminar"]), ("kind", ["book"]),
        ("kind", ["journal"]), ("zone", ["Europe/Berlin"]), ("home", []),
    ):  # fmt: skip
        await olga.select(panel, values, custom_id=f"tc1:setup-{action}")
    form = await olga.select(panel, ["other"], custom_id="tc1:setup-zone")
    await olga.submit_modal(form, {"zone": "nowhere"})
    form = await olga.click(panel, custom_id="tc1:setup-numbers")
    await olga.submit_modal(form, {"target": "1", "open": "1", "seats": "1"})
    await olga.click(panel, custom_id="tc1:schedule-new")
    await olga.click(panel, custom_id="tc1:setup-test")
    await olga.click(club.last, custom_id="tc1:setup-undo")
    await olga.click(panel, custom_id="tc1:newcomer-post")
    await say_newcomers(club)
    await olga.slash(club.channel, "log")
    await olga.select(panel, [role], custom_id="tc1:setup-role")
    club.env.backend.delete_role(club.guild.id, role.id)
    await olga.slash(club.channel, "setup")


async def say_newcomers(club: Club) -> None:
    """The form, each kind of offer, and none at all."""
    for answers in (
        {"hours": "?"}, {"hours": "0", "interests": []},
        {"hours": "9", "interests": ["mechanisms", "topology"]},
    ):  # fmt: skip
        await post_button(club, "tc1:newcomer-join")
        form = await club.alice.click(club.last, custom_id="tc1:newcomer-join")
        await club.alice.submit_modal(form, answers)
    for number in range(len(club.bot.services.catalogues.shipped)):
        await post_button(club, f"tc1:newcomer-offer:{number}")
        await club.alice.click(club.last, custom_id=f"tc1:newcomer-offer:{number}")
    await post_button(club, "tc1:newcomer-later")
    await club.alice.click(club.last, custom_id="tc1:newcomer-later")
    await club.alice.slash(club.channel, "me settings")
