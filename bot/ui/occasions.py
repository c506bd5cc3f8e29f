"""What a member is still to be told, said privately after something they did themselves."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Protocol

import aiohttp
import discord

from bot.domain.notices import Addressed
from bot.render.notices import told
from bot.render.words import Words
from bot.ui.catalogues import CatalogueOf
from bot.ui.notice_controls import notice_view
from bot.ui.place import home_guild_id

log = logging.getLogger(__name__)

_AT_ONCE = 3


class WaitingNotices(Protocol):
    """Knows who has something waiting; of the services, as far as this needs it."""

    def has_waiting(self, guild_id: int, user_id: int) -> bool:
        """Whether it is worth asking; costs nothing."""
        ...

    async def waiting(self, guild_id: int, user_id: int) -> tuple[Addressed, ...]:
        """What waits, oldest first."""
        ...

    async def told(self, guild_id: int, user_id: int, notice_ids: Iterable[int]) -> None:
        """The member has seen these."""
        ...


class Occasions:
    """Takes the occasion of an answered interaction to say what waits for its member."""

    def __init__(self, notices: WaitingNotices, catalogue_of: CatalogueOf, words: Words) -> None:
        self._notices = notices
        self._catalogue_of = catalogue_of
        self._words = words
        # Whom something is being said to just now: two presses at once hear it once.
        self._telling: set[tuple[int, int]] = set()

    async def take(self, interaction: discord.Interaction) -> None:
        """Says at most three things; never raises, for the interaction itself is answered."""
        guild_id = home_guild_id(interaction)
        user_id = interaction.user.id
        if guild_id is None or not self._notices.has_waiting(guild_id, user_id):
            return
        if not interaction.response.is_done() or _opened_a_form(interaction):
            return
        if (guild_id, user_id) in self._telling:
            return
        self._telling.add((guild_id, user_id))
        try:
            await self._tell(interaction, guild_id, user_id)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as refused:
            why = getattr(refused, "code", type(refused).__name__)
            log.warning("what waited could not be told in %s: %s", interaction.id, why)
        finally:
            self._telling.discard((guild_id, user_id))

    async def _tell(self, interaction: discord.Interaction, guild_id: int, user_id: int) -> None:
        waiting = await self._notices.waiting(guild_id, user_id)
        now, later = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
        for addressed in now:
            await self._say(interaction, addressed, guild_id)
        if later:
            more = self._words.plural(
                "{n} more thing waits for you; I tell you next time.",
                "{n} more things wait for you; I tell you next time.",
                len(later),
            )
            await interaction.followup.send(more, ephemeral=True)
        await self._notices.told(guild_id, user_id, [addressed.notice.id for addressed in now])

    async def _say(
        self, interaction: discord.Interaction, addressed: Addressed, guild_id: int
    ) -> None:
        catalogue = await self._catalogue_of(guild_id)
        said = told(addressed.notice, catalogue, self._words, addressed.names)
        view = notice_view(said, guild_id)
        await interaction.followup.send(
            said.content, view=view, ephemeral=True, suppress_embeds=True
        )


def _opened_a_form(interaction: discord.Interaction) -> bool:
    """A form is open: what waits is said after it is sent."""
    return interaction.response.type is discord.InteractionResponseType.modal
