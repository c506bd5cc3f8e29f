"""The one way to answer an interaction: knows whether it was answered or deferred already."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

import aiohttp
import discord

log = logging.getLogger(__name__)

T = TypeVar("T")

# Discord takes an interaction back after 3 s without a word; this leaves it 1.5 s to travel.
ACKNOWLEDGE_AFTER = 1.5
# What has not said by then whether its answer is private is acknowledged without that.
UNSAID_AFTER = 2.0
_DEFERRED_PRIVATELY = "deferred privately"
_COMPLETED = "the deferred answer was given"
_BEGUN = "the first answer has begun"
_ACKNOWLEDGEMENT = "the acknowledgement on its way"


async def in_time(
    interaction: discord.Interaction, work: Coroutine[Any, Any, T], *, private: bool = False
) -> T:
    """The result of ``work``; a long wait is acknowledged before Discord gives up on us.

    The usual case answers with the one request it needs. Only when ``work`` is still running
    after ``ACKNOWLEDGE_AFTER`` seconds the interaction is deferred: a press silently, a command
    with a "thinking" that is as ``private`` as the answer will be.
    """
    late = functools.partial(acknowledge, interaction, private=private)
    return await _meanwhile(work, ACKNOWLEDGE_AFTER, late)


async def handled_in_time(
    interaction: discord.Interaction, handler: Coroutine[Any, Any, None]
) -> None:
    """Run whatever answers an interaction; Discord hears of it in time, however long it reads.

    Every press, form and command comes through here, so that no handler can forget it. One that
    knows how private its answer will be says so with ``in_time`` itself, which is earlier. A form
    cannot follow an acknowledgement: ``bot.ui.opening`` answers with a button then.
    """
    is_press = interaction.type is discord.InteractionType.component
    after = ACKNOWLEDGE_AFTER if is_press else UNSAID_AFTER
    await _meanwhile(handler, after, functools.partial(_acknowledge_or_log, interaction))


async def _meanwhile(
    work: Coroutine[Any, Any, T], after: float, late: Callable[[], Awaitable[None]]
) -> T:
    """The result of ``work``; when it runs ``after`` so many seconds still, ``late`` is done."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=after)
        if not done:
            await late()
        return await task
    except asyncio.CancelledError:
        task.cancel()
        raise


async def acknowledge(interaction: discord.Interaction, *, private: bool) -> None:
    """Say at once that an answer comes: silently for a press, else with a "thinking".

    ``private`` is whether the answer will be; a "thinking" cannot change from one to the other.
    Nothing is said twice, nor into an answer that is on its way.
    """
    if interaction.type is not discord.InteractionType.component:
        await think(interaction, private=private)
    else:
        await _defer(interaction, interaction.response.defer())


async def think(interaction: discord.Interaction, *, private: bool) -> None:
    """Show at once that an answer of its own is being made, such as one with files."""
    interaction.extras.setdefault(_DEFERRED_PRIVATELY, private)
    await _defer(interaction, interaction.response.defer(thinking=True, ephemeral=private))


async def _defer(interaction: discord.Interaction, defer: Coroutine[Any, Any, object]) -> None:
    """Defer, unless an answer has begun. Raises what Discord says to whichever defers."""
    extras = interaction.extras
    if interaction.response.is_done() or _BEGUN in extras:
        defer.close()
    else:
        extras[_BEGUN] = True
        extras[_ACKNOWLEDGEMENT] = asyncio.ensure_future(defer)
    if _ACKNOWLEDGEMENT in extras:
        await asyncio.wait({extras[_ACKNOWLEDGEMENT]})
        extras[_ACKNOWLEDGEMENT].result()


async def _acknowledge_or_log(interaction: discord.Interaction) -> None:
    """Where Discord refuses, the answer will meet the same; what is being done goes on."""
    try:
        await acknowledge(interaction, private=True)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as refused:
        why = getattr(refused, "code", type(refused).__name__)
        log.warning("interaction %s could not be acknowledged: %s", interaction.id, why)


async def is_first(interaction: discord.Interaction) -> bool:
    """Whether what is said now is the first that Discord hears; asked just before saying it.

    An acknowledgement that is on its way is waited for: discord.py knows of it only afterwards,
    and the answer must not overtake it. None is sent any more from here on.
    """
    interaction.extras[_BEGUN] = True
    acknowledgement = interaction.extras.get(_ACKNOWLEDGEMENT)
    if acknowledgement is not None:
        await asyncio.wait({acknowledgement})
    return not interaction.response.is_done()


async def reply(
    interaction: discord.Interaction,
    *,
    content: str | None = None,
    embed: discord.Embed | None = None,
    view: discord.ui.View | discord.ui.LayoutView | None = None,
    files: Sequence[discord.File] = (),
    poll: discord.Poll | None = None,
    private: bool = False,
) -> int | None:
    """Answer, whatever has been said before. The id of the message, where Discord tells it.

    After a "thinking" that is public a private answer is sent on its own and the "thinking"
    removed, and the other way round, because a message cannot change from one to the other.
    """
    said: dict[str, Any] = {"content": content, "embed": embed, "view": view, "poll": poll}
    said = {name: value for name, value in said.items() if value is not None}
    if files:
        said["files"] = list(files)
    if await is_first(interaction):
        sent = await interaction.response.send_message(ephemeral=private, **said)
        return sent.message_id
    deferred = discord.InteractionResponseType.deferred_channel_message
    if interaction.response.type is not deferred or _COMPLETED in interaction.extras:
        return (await interaction.followup.send(ephemeral=private, wait=True, **said)).id
    interaction.extras[_COMPLETED] = True
    if private is not interaction.extras.get(_DEFERRED_PRIVATELY):
        # The first follow-up would complete the "thinking"; so that one is completed with
        # nothing to read, and taken away when the answer stands.
        await interaction.edit_original_response(content="…")
        apart = await interaction.followup.send(ephemeral=private, wait=True, **said)
        await interaction.delete_original_response()
        return apart.id
    # An edit takes new files under another name.
    if "files" in said:
        said["attachments"] = said.pop("files")
    return (await interaction.edit_original_response(**said)).id


def turns_privately(interaction: discord.Interaction) -> bool:
    """Whether ``turn`` will answer this press where nobody else can read it."""
    message = interaction.message
    is_public = message is not None and not message.flags.ephemeral
    return not (is_public and interaction.guild_id is not None and _is_theirs(interaction))


async def turn(
    interaction: discord.Interaction, *, embed: discord.Embed, view: discord.ui.View
) -> None:
    """Answer a press on a message of ours by turning its page.

    The message turns in place for whoever called it up (and wherever nobody else can see it);
    anybody else gets a private copy, so that nobody's reading is turned away under their eyes.
    A message made of components never becomes one with an embed: it gets a private answer too.
    """
    message = interaction.message
    if not _is_theirs(interaction) or (message is not None and message.flags.components_v2):
        await reply(interaction, embed=embed, view=view, private=True)
    elif await is_first(interaction):
        await interaction.response.edit_message(embed=embed, view=view)
    else:
        await interaction.edit_original_response(embed=embed, view=view)


async def revise(
    interaction: discord.Interaction, *, content: str, view: discord.ui.View | None = None
) -> None:
    """Answer a press by changing the message it was made on, for everybody who sees it."""
    if await is_first(interaction):
        await interaction.response.edit_message(content=content, view=view)
    else:
        await interaction.edit_original_response(content=content, view=view)


async def revise_layout(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """As ``revise``, for a message made of components; one that is not gets an answer instead."""
    message = interaction.message
    if message is None or not message.flags.components_v2:
        await reply(interaction, view=view, private=True)
    elif await is_first(interaction):
        await interaction.response.edit_message(view=view)
    else:
        await interaction.edit_original_response(view=view)


async def turn_layout(
    interaction: discord.Interaction, view: discord.ui.LayoutView, files: Sequence[discord.File]
) -> None:
    """As ``turn``, for a message made of components, with its files in place of those before."""
    if not _is_theirs(interaction):
        await reply(interaction, view=view, files=files, private=True)
    elif await is_first(interaction):
        await interaction.response.edit_message(view=view, attachments=files)
    else:
        await interaction.edit_original_response(view=view, attachments=files)


def _is_theirs(interaction: discord.Interaction) -> bool:
    message = interaction.message
    if message is None:
        return False
    if message.flags.ephemeral or interaction.guild_id is None:
        return True
    called_up = message.interaction_metadata
    return called_up is not None and called_up.user.id == interaction.user.id
