"""The one error path of commands, buttons, menus and forms.

What a member can mend is answered in words, privately. Everything else is answered with a
short id that also stands in the log, and shows nothing of the inside.
"""

from __future__ import annotations

import logging
import secrets

import aiohttp
import discord
from discord import app_commands

from bot.domain.errors import ClubError
from bot.render.refusals import refusal
from bot.render.words import Words
from bot.ui.reply import reply

log = logging.getLogger(__name__)

_UNKNOWN_INTERACTION = 10062
_ALREADY_ACKNOWLEDGED = 40060


class ErrorAnswers:
    """Turns any error of an interaction into a private answer."""

    def __init__(self, words: Words) -> None:
        self._words = words

    async def answer(self, interaction: discord.Interaction, error: BaseException) -> None:
        """Answer the member; never raises, whatever Discord says to the answer."""
        error = cause(error)
        try:
            await self._answer(interaction, error)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as refused:
            why = getattr(refused, "code", type(refused).__name__)
            log.warning("interaction %s could not be answered: %s", interaction.id, why)

    async def _answer(self, interaction: discord.Interaction, error: BaseException) -> None:
        if isinstance(error, discord.NotFound) and error.code == _UNKNOWN_INTERACTION:
            log.warning("interaction %s was answered too late", interaction.id)
            return
        if isinstance(error, discord.HTTPException) and error.code == _ALREADY_ACKNOWLEDGED:
            log.critical("interaction %s was answered by another process", interaction.id)
            return
        text = self.sentence(error)
        if text is None:
            fault = secrets.token_hex(3)
            told = {"error_id": fault}
            log.error(
                "fault %s in interaction %s", fault, interaction.id, exc_info=error, extra=told
            )
            text = self._words.text(
                "Something went wrong on my side, and nothing was changed. If it happens again, "
                "tell whoever runs this bot the number `{fault}`.",
                fault=fault,
            )
        await reply(interaction, content=text, private=True)

    def sentence(self, error: BaseException) -> str | None:
        """What to say to a member who can mend it; None for a fault of ours."""
        match error:
            case ClubError():
                return refusal(error, self._words)
            case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
                return self._words.text(
                    "That command has changed. Reload Discord (Ctrl+R) and try once more."
                )
            case app_commands.NoPrivateMessage():
                return self._words.text("That only works in a server.")
            case _:
                return None


def cause(error: BaseException) -> BaseException:
    """The error itself under discord.py's wrapping."""
    if isinstance(error, app_commands.CommandInvokeError):
        return error.original
    if isinstance(error, app_commands.TransformerError) and error.__cause__ is not None:
        return error.__cause__
    return error
