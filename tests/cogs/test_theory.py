"""``/theory``: the card, its pages and relations, and every way to miss it."""

from __future__ import annotations

import discord
import pytest
import simcord

from bot.storage import readings
from tests.cogs.conftest import Club

SPLINE = "Spline theory"


def shown(result: simcord.InteractionResult) -> discord.Embed:
    assert result.response is not None
    (embed,) = result.response.embeds
    return embed


def text_of(embed: discord.Embed) -> str:
    parts = [embed.title or "", embed.description or "", embed.footer.text or ""]
    return "\n".join(parts + [f"{f.name}\n{f.value}" for f in embed.fields])


def labels(message: discord.Message) -> list[str]:
    return [
        item.label
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
        if isinstance(item, discord.Button) and item.label
    ]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("spline", "spline"), ("splines", "spline"), ("splin", "spline"), ("balestreiro", "spline"),
        ("max affine", "spline"), ("Mad Max", "spline"), ("olah", "circuits"), ("zoom in", "circuits"),
        ("PDLT", "pdlt"), ("principles of deep learning theory", "pdlt"), ("vanchurin", "vanchurin"),
        ("mathematical framework", "transformer-circuits"), ("elhage", "transformer-circuits"),
        ("thermodynamic", "thermo-ml"), ("crutchfield", "thermo-ml"), ("tqnn", "tqnn"),
        ("marciano", "tqnn"), ("stat mech", "statmech"), ("bahri 2020", "statmech"),
        ("tropcial", "tropical"), ("2002.08838", "tropical"),
        ("10.23915/distill.00024.001", "circuits"), ("1805.06576", "spline"),
    ],
)  # fmt: skip
async def test_these_words_land_on_the_right_card(club: Club, words: str, slug: str) -> None:
    result = await club.alice.slash(club.channel, "theory", name=words)
    theory = club.bot.services.catalogues.shipped.get(slug)
    assert theory is not None
    assert shown(result).title == theory.name
    assert not result.ephemeral


async def test_the_card_says_what_it_claims_what_to_read_and_what_is_known_here(club: Club) -> None:
    card = text_of(shown(await club.alice.slash(club.channel, "theory", name="spline")))
    assert "A Spline Theory of Deep Learning" in card
    assert "Balestriero" in card
    assert "peer reviewed" in card
    assert "free to read" in card
    assert "difficulty 3 of 5" in card
    assert "Nobody here has read it yet. You could be the first." in card


async def test_the_card_counts_the_readers_of_this_server_only(club: Club) -> None:
    other = club.env.create_guild("Another group")
    await read(club, club.guild.id, club.alice.id, "spline-icml2018", "understood")
    await read(club, club.guild.id, club.bob.id, "geometry-neurips2019", "read")
    await read(club, other.id, club.bob.id, "spline-icml2018", "read")
    card = text_of(shown(await club.alice.slash(club.channel, "theory", name="spline")))
    assert "2 members have read it, 1 understands it" in card
    assert "You:" not in card


async def test_how_far_one_is_oneself_is_shown_to_nobody_else(club: Club) -> None:
    await read(club, club.guild.id, club.alice.id, "spline-icml2018", "understood")
    await read(club, club.guild.id, club.bob.id, "spline-icml2018", "read")
    public = await club.alice.slash(club.channel, "theory", name="spline")
    assert public.response is not None
    assert "You:" not in text_of(shown(public))
    await club.alice.click(public.response.message, label="Ideas")
    await club.alice.click(public.response.message, label="Card")
    assert "You:" not in text_of(club.last.embeds[0])
    copy = await club.bob.click(public.response.message, label="Ideas")
    assert copy.response is not None
    await club.bob.click(copy.response.message, label="Card")
    assert "You: read." in text_of(copy.response.embeds[0])
    private = await club.alice.slash(club.channel, "theory", name="spline", private=True)
    assert "You: understood." in text_of(shown(private))
    listed = await club.alice.slash(club.channel, "theories")
    assert "You:" not in text_of(shown(listed))


async def read(club: Club, guild_id: int, user_id: int, paper: str, depth: str) -> None:
    from bot.domain.progress import Depth

    database = club.bot.services.lookup._database
    async with database.write() as conn:
        await readings.record_depth(
            conn, guild_id, user_id, "somebody", paper, Depth(depth), club.env.now()
        )


async def test_a_private_card_is_seen_by_the_asker_alone(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theory", name="spline", private=True)
    assert result.ephemeral


async def test_it_works_in_a_direct_message_without_a_server_line(club: Club) -> None:
    dana = club.env.create_user("dana")
    result = await dana.slash("theory", name="spline")
    assert SPLINE in (shown(result).title or "")
    assert "In this server" not in text_of(shown(result))


async def test_every_page_of_every_card_can_be_turned_to(club: Club) -> None:
    for theory in club.bot.services.catalogues.shipped:
        result = await club.alice.slash(club.channel, "theory", name=theory.slug)
        assert result.response is not None
        message = result.response.message
        for label in ("Ideas", "All works", "Questions", "Why it matters", "Card"):
            await club.alice.click(message, label=label)
            embed = club.last.embeds[0]
            assert embed.title == theory.name


async def test_a_relation_leads_to_the_other_card_in_place(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theory", name="spline")
    assert result.response is not None
    message = result.response.message
    assert "Tropical geometry" in labels(message)
    await club.alice.click(message, label="Tropical geometry")
    assert "ropical" in (club.last.embeds[0].title or "")
    assert club.last.id == message.id


async def test_somebody_else_gets_a_copy_and_the_card_stays(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theory", name="spline")
    assert result.response is not None
    copy = await club.bob.click(result.response.message, label="Tropical geometry")
    assert copy.ephemeral
    assert "ropical" in (shown(copy).title or "")
    assert SPLINE in (club.last.embeds[0].title or "")


@pytest.mark.parametrize(
    "words",
    [
        "quantum knitting society",
        "🦊🦊",
        "?!",
        " ",
        "x" * 6000,
        "2002.08839",
        "@everyone",
        "\u202eevil\u202e",
    ],
)
async def test_a_miss_is_private_and_offers_the_three_nearest(club: Club, words: str) -> None:
    result = await club.alice.slash(club.channel, "theory", name=words)
    assert result.ephemeral
    assert result.response is not None
    assert "propose it" in result.response.content
    assert "@everyone" not in result.response.content
    assert "\u202e" not in result.response.content
    *nearest, propose = labels(result.response.message)
    assert (len(nearest), propose) == (3, "Propose it")


async def test_the_nearest_lead_to_their_cards(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theory", name="quantum knitting society")
    assert result.response is not None
    label = labels(result.response.message)[0]
    opened = await club.alice.click(result.response.message, label=label)
    assert opened.acknowledged


async def test_ambiguous_words_give_the_best_card_and_the_others_as_buttons(club: Club) -> None:
    result = await club.alice.slash(club.channel, "theory", name="decision boundary")
    assert result.response is not None
    assert any(label.startswith("Did you mean") for label in labels(result.response.message))
