"""A server's own theories and papers: added, proposed, read, retired and taken back."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.domain.errors import NotFound
from bot.storage.notices import waiting_notices
from bot.ui.place import actor
from cogs.catalogue._entries import EntriesCog
from cogs.catalogue._threads import place_for
from tests.cogs.catalogue import add_paper, add_theory, press, press_on, told
from tests.cogs.conftest import Club
from tests.cogs.test_boards import SETTLED
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
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
    undone = await press(olga, anyway, "undo")
    assert "as it was before" in told(undone)
    # What somebody reads is not undone but retired, and stays theirs.
    refused = await press(olga, added, "undo")
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
    panel = await olga.slash(club.channel, "catalogue edit", entry="Sudden insight")
    assert "Still empty: prerequisites, difficulty, questions" in said(panel)
    form = await press(olga, panel, "entry-part:main")
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


async def test_an_own_theory_has_a_whole_card_and_its_papers_a_role(club: Club) -> None:
    olga = organiser(club)
    panel = await add_theory(club, olga, "Sudden insight")
    made = message_of(panel)
    needs = await press_on(olga, made, "entry-part:needs")
    done = await olga.submit_modal(
        needs, {"tags": ["probability", "cnn"], "level": ["2"], "reason": "x", "baseline": "yes"}
    )
    questions = await press_on(olga, made, "entry-part:questions")
    await olga.submit_modal(questions, {"prompts": "- Why?\n- When?", "safety": TALL, "short": ""})
    relations = await press_on(olga, made, "entry-part:relations")
    lines = {"extends": "spline: both bend", "contrasts": "qwzrtk: no", "shares-tools": "tropcial"}
    related = await olga.submit_modal(relations, lines)
    assert "Left out" in told(related)
    assert "qwzrtk" in told(related)
    assert "**Shares tools with:** Tropical geometry of decision boundaries" in told(related)
    assert "Still empty" not in told(related)
    assert done.response is not None
    card = message_of(await club.alice.slash(club.channel, "theory", name="sudden insight"))
    shown = str(card.embeds[0].to_dict())
    assert "probability, CNN" in shown
    assert "difficulty 2 of 5" in shown
    assert "extends **Spline theory**" in shown
    assert "shares tools with **Tropical geometry**" in shown
    assert "Most newcomers already know" in shown
    other = message_of(await club.alice.slash(club.channel, "theory", name="spline"))
    assert "extended by **Sudden insight**" in str(other.embeds[0].to_dict())
    talk = await press_on(club.alice, card, "card:sudden-insight:discuss")
    assert message_of(talk).embeds[0].description == "**Questions to read with**\n1. Why?\n2. When?"
    # The form comes back filled in with what stands there, and the last step can be undone.
    again = await press_on(olga, made, "entry-part:relations")
    assert "Tropical geometry of decision boundaries" in str(again.modal)
    await press(olga, related, "undo")
    card = message_of(await club.alice.slash(club.channel, "theory", name="sudden insight"))
    assert "extends" not in str(card.embeds[0].to_dict())
    # A paper that is not a main work counts for itself only, until somebody says otherwise.
    paper = await add_paper(club, olga, "Sudden insight", "A talk", role="secondary")
    assert "counts for itself only" in said(paper)
    sort = await press(olga, paper, "entry-part:role")
    sent = {"role": ["primary"], "kind": ["review"], "venue": "ICML", "reviewed": "yes"}
    counted = await olga.submit_modal(sort, sent)
    assert "itself only" not in told(counted)
    history = said(await press(olga, counted, "entry-history"))
    assert "changed (role, kind, where published, review)" in history
    theory = (await club.bot.services.catalogues.of(club.guild.id)).get("sudden-insight")
    assert theory is not None
    assert theory.counting_ids == ["a-talk"]
    for target in ("theory:sudden-insight", "paper:a-talk", "theory:spline", "what:ever"):
        await post_button(club, f"tc1:entry-part:main:{target}")
        refused = await club.alice.click(club.last, custom_id=f"tc1:entry-part:main:{target}")
        assert refused.modal is None


async def test_a_retired_theory_stays_for_its_readers_and_is_offered_to_nobody(club: Club) -> None:
    olga = organiser(club)
    await add_theory(club, olga, "Sudden insight")
    await add_paper(club, olga, "Sudden insight", "A talk")
    await club.alice.slash(club.channel, "signup", paper="a-talk")
    retired = await olga.slash(club.channel, "catalogue retire", entry="theory:sudden-insight")
    card = message_of(await club.alice.slash(club.channel, "theory", name="sudden-insight"))
    shown = str(card.embeds[0].to_dict())
    assert "It is retired" in shown
    assert "You could be the first" not in shown
    assert "Seats" not in shown
    assert not [one for one in ids_of(card) if one.startswith("tc1:sign-up")]
    # Before anything is written, or read from a file.
    for command, options in (
        ("catalogue add-paper", {}),
        ("catalogue import", {"file": ("a.bib", b"@article{a, title={A work}}")}),
        ("board post", {}),
    ):
        tried = await olga.slash(club.channel, command, theory="sudden-insight", **options)
        assert tried.modal is None
        assert "is retired" in told(tried)
    await press(olga, retired, "undo")
    card = message_of(await club.bob.slash(club.channel, "theory", name="sudden-insight"))
    assert "Seats" in str(card.embeds[0].to_dict())
    assert [one for one in ids_of(card) if one.startswith("tc1:sign-up")]


async def test_of_two_who_change_the_same_the_later_is_told(club: Club) -> None:
    olga = organiser(club)
    panel = await add_theory(club, olga, "Sudden insight")
    first, second = [await press(olga, panel, "entry-part:questions") for _ in range(2)]
    other = await press(olga, panel, "entry-part:needs")
    sent = {"prompts": "Why?", "safety": "", "short": ""}
    assert "since you opened" not in told(await olga.submit_modal(first, sent))
    late = await olga.submit_modal(second, {**sent, "prompts": "When?"})
    assert "Somebody had changed this since you opened the form" in told(late)
    await press(olga, late, "undo")
    theory = (await club.bot.services.catalogues.of(club.guild.id)).get("sudden-insight")
    assert theory is not None
    assert theory.prompts == ("Why?",)
    untouched = {"tags": ["cnn"], "level": ["2"], "reason": "", "baseline": "no"}
    assert "since you opened" not in told(await olga.submit_modal(other, untouched))


async def test_a_proposer_completes_what_organisers_look_at(club: Club) -> None:
    olga = organiser(club)
    sent = await add_theory(club, club.bob, "Sudden insight")
    await club.env.advance_time(SETTLED)
    (thread,) = club.channel.threads
    first = thread.last_message
    assert first is not None
    form = await press(club.bob, sent, "entry-part:relations")
    answer = await club.bob.submit_modal(form, {"extends": "spline", "contrasts": "?"})
    assert "waits for the organisers" in told(answer)
    # An organiser approves what they have looked at, and nothing else.
    old = next(one for one in ids_of(first) if "approve" in one)
    await post_button(club, old)
    assert "has changed since you looked" in said(await olga.click(club.last, custom_id=old))
    await club.env.advance_time(SETTLED)
    message = thread.last_message
    assert message is not None
    assert "**Extends:** Spline theory of deep" in str([p.to_dict() for p in message.components])
    assert "Only the member who" in said(await press_on(club.alice, message, "proposal-edit"))
    again = await press_on(club.bob, message, "proposal-edit")
    questions = await press(club.bob, again, "entry-part:questions")
    await club.bob.submit_modal(questions, {"prompts": "Why?", "safety": "", "short": "Insight"})
    await club.env.advance_time(SETTLED)
    assert thread.last_message is not None
    approved = await press_on(olga, thread.last_message, "proposal-approve")
    assert "is in the catalogue" in said(approved)
    catalogue = await club.bot.services.catalogues.of(club.guild.id)
    theory = catalogue.get("sudden-insight")
    assert theory is not None
    assert (theory.prompts, theory.short_name) == (("Why?",), "Insight")
    assert [related.theory.slug for related in catalogue.related("sudden-insight")] == ["spline"]
    late = await press(club.bob, again, "entry-part:questions")
    assert "approved already" in said(late)


def pressed_twice(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a place for a proposal is looked for, its member presses again."""
    cog = club.bot.get_cog("catalogue-entries")
    assert isinstance(cog, EntriesCog)

    async def looked_for(interaction: discord.Interaction, *rest: Any) -> int:
        (draft_id,) = cog._placing
        with pytest.raises(NotFound):
            await cog._propose(interaction, actor(interaction), draft_id, ())
        return await place_for(interaction, *rest)

    monkeypatch.setattr("cogs.catalogue._entries.place_for", looked_for)


async def test_a_member_proposes_and_an_organiser_decides(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    approve, ask, _, _ = ids_of(message)
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
    # Pressed twice at once it gets one thread.
    pressed_twice(club, monkeypatch)
    await add_theory(club, club.bob, "Quite another insight")
    assert len(club.channel.threads) == 2
    # A thread that is deleted is a decision too.
    await club.env.advance_time(SETTLED)
    deleted = club.bot.get_channel(club.channel.threads[-1].id)
    assert isinstance(deleted, discord.Thread)
    await deleted.delete()
    await club.env.advance_time(SETTLED)
    assert "was not taken up" in str(
        [told.content for told in (await club.bob.slash(club.channel, "help")).followups]
    )
