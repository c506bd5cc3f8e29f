"""A server's own theories and papers: added, proposed, read, retired and taken back."""

from __future__ import annotations

import discord

from bot.storage.notices import waiting_notices
from tests.cogs.catalogue import add_paper, add_theory, press
from tests.cogs.conftest import Club
from tests.cogs.test_boards import SETTLED
from tests.cogs.test_coverage import message_of
from tests.cogs.test_signups import organiser, said
from tests.cogs.test_split import ids_of

TALL = "*Depth* <@1> [x](https://evil.example)"


async def test_an_organiser_tends_the_catalogue_of_their_server(club: Club) -> None:
    olga = organiser(club)
    await add_theory(club, olga, "Sudden insight", TALL)
    added = await add_paper(
        club, olga, "Sudden insight", "Beyond *overfitting*", "arXiv:2201.02177v1"
    )
    assert "Beyond" in said(added)
    # It is looked up, signed up for and logged like any other; nothing in it is live.
    card = await club.alice.slash(club.channel, "theory", name="2201.02177")
    assert card.response is not None
    (embed,) = card.response.message.embeds
    assert embed.title == "Sudden insight"
    shown = str(embed.to_dict())
    assert "<@1>" not in shown
    assert "](https://evil" not in shown
    assert "Alethea Power" in shown
    assert "https://arxiv.org/abs/2201.02177" in shown
    assert (
        "beyond"
        in said(
            await club.alice.slash(club.channel, "signup", paper="beyond-overfitting")
        ).casefold()
    )
    # The same work again: shown, with a choice.
    again = await add_paper(club, olga, "spline", "Other words", "https://arxiv.org/abs/2201.02177")
    assert "the same arXiv number" in said(again)
    anyway = await press(olga, again, "entry-anyway")
    assert "is in the catalogue" in said(anyway)
    undone = await press(olga, anyway, "entry-undo")
    assert "as it was before" in said(undone)
    # What somebody reads is not undone but retired, and stays theirs.
    refused = await press(olga, added, "entry-undo")
    assert "in use by now" in said(refused)
    retired = await olga.slash(club.channel, "catalogue retire", entry="paper:beyond-overfitting")
    assert "is retired" in said(retired)
    own = await club.alice.slash(club.channel, "progress me")
    assert "overfitting" in str(own.response and own.response.message.embeds[0].to_dict())
    back = await press(
        olga,
        await olga.slash(club.channel, "catalogue retire", entry="beyond-overfitting"),
        "entry-restore",
    )
    assert "offered again" in said(back)
    form = await olga.slash(club.channel, "catalogue edit", entry="Sudden insight")
    assert "Nets" not in str(form.modal)
    changed = await olga.submit_modal(
        form,
        {"name": "Late insight", "claim": "x", "ideas": "", "aliases": "", "topic": ["mechanisms"]},
    )
    history = said(await press(olga, changed, "entry-history"))
    assert "became" in history
    log = await olga.slash(club.channel, "log")
    assert log.response is not None
    assert "changed in the catalogue: Late insight" in str(
        log.response.message.embeds[0].description
    )
    for command in ("edit", "retire", "history"):
        tried = await club.alice.slash(club.channel, f"catalogue {command}", entry="Late insight")
        assert "organiser" in said(tried).casefold()
    shipped = await olga.slash(club.channel, "catalogue edit", entry="spline")
    assert "comes with the bot" in said(shipped)


async def test_a_member_proposes_and_an_organiser_decides(club: Club) -> None:
    olga = organiser(club)
    missed = await club.bob.slash(club.channel, "theory", name="qwzrtk")
    form = await press(club.bob, missed, "theory-propose")
    sent = await club.bob.submit_modal(
        form,
        {
            "name": "Sudden insight",
            "claim": TALL,
            "ideas": "",
            "aliases": "",
            "topic": ["mechanisms"],
        },
    )
    assert "is proposed in" in said(sent)
    await club.env.advance_time(SETTLED)
    (thread,) = club.channel.threads
    message = thread.last_message
    assert message is not None
    assert "<@1>" not in str([part.to_dict() for part in message.components])
    approve, ask, _ = ids_of(message)
    assert "organiser" in said(await club.bob.click(message, custom_id=approve)).casefold()
    question = await olga.click(message, custom_id=ask)
    await olga.submit_modal(question, {"question": "Which *paper* first?"})
    approved = await olga.click(message, custom_id=approve)
    assert "is in the catalogue" in said(approved)
    await club.env.advance_time(SETTLED)
    assert thread.last_message is not None
    assert ids_of(thread.last_message) == []
    found = await club.bob.slash(club.channel, "theory", name="sudden insight")
    assert message_of(found).embeds[0].title == "Sudden insight"
    async with club.bot.services.proposals._work.read() as conn:
        told = await waiting_notices(conn, club.guild.id, club.bob.id, discord.utils.utcnow())
    # What waited was said at the member's next command.
    assert told == ()
    # A thread that is deleted is a decision too.
    await add_theory(club, club.bob, "Quite another insight")
    await club.env.advance_time(SETTLED)
    deleted = club.bot.get_channel(club.channel.threads[-1].id)
    assert isinstance(deleted, discord.Thread)
    await deleted.delete()
    await club.env.advance_time(SETTLED)
    assert "was not taken up" in str(
        [told.content for told in (await club.bob.slash(club.channel, "help")).followups]
    )
