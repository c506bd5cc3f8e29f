"""Introducing two members to each other, when both want it."""

from __future__ import annotations

from bot.domain.coverage import CannotBeIntroduced
from bot.domain.coverage.introductions import INTRODUCTION_STANDS
from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.services.work import Unit, Work
from bot.storage import coverage, introductions


class Introductions:
    """Neither learns that the other wants it, nor their name, before both have said so.

    (The one who asks chose the name from those who agreed to be named.)
    """

    def __init__(self, work: Work) -> None:
        self._work = work

    async def ask(self, actor: Actor, other_id: int) -> str | None:
        """Asks another member, once, whether they want to be introduced.

        The other's name when they had asked the same of this member, so that both are told now;
        None when they have yet to answer, which is also all that is said after a *no*.
        Raises CannotBeIntroduced for anybody who did not agree to be named, or who is not here.
        """
        async with self._work.write() as unit:
            await unit.arrive(actor)
            willing = await coverage.consents(unit.conn, actor.guild_id)
            if other_id == actor.user_id or other_id not in willing:
                raise CannotBeIntroduced
            found, is_new = await introductions.ask(
                unit.conn, actor.guild_id, actor.user_id, other_id, unit.now
            )
            name = willing[other_id].display_name
            if found.agreed:
                return name
            back = await introductions.between(unit.conn, actor.guild_id, other_id, actor.user_id)
            if back is not None and back.agreed is not False:
                await introductions.settle(unit.conn, actor.guild_id, found.id, agreed=True)
                await self._agree(unit, actor, back.id, other_id, was_agreed=bool(back.agreed))
                return name
            if is_new:
                await unit.tell(
                    actor.guild_id,
                    other_id,
                    NoticeKind.INTRODUCTION_ASKED,
                    detail=str(found.id),
                    expires_at=unit.now + INTRODUCTION_STANDS,
                )
            return None

    async def answer(self, actor: Actor, introduction_id: int, *, agreed: bool) -> str | None:
        """What the member said who was asked: the other's name after a yes, else None.

        A *yes* stands; a *no* may still become one. Raises NotFound for anybody else's, and where
        the one who asked is no longer here.
        """
        async with self._work.write() as unit:
            await unit.arrive(actor)
            found = await introductions.asked_of(
                unit.conn, actor.guild_id, introduction_id, actor.user_id
            )
            if found is None:
                raise NotFound
            name = await introductions.name_here(unit.conn, actor.guild_id, found.user_id)
            if name is None:
                raise NotFound
            if agreed or found.agreed:
                await self._agree(
                    unit, actor, found.id, found.user_id, was_agreed=bool(found.agreed)
                )
                return name
            await introductions.settle(unit.conn, actor.guild_id, found.id, agreed=False)
            return None

    async def _agree(
        self, unit: Unit, actor: Actor, introduction_id: int, other_id: int, *, was_agreed: bool
    ) -> None:
        if was_agreed:
            return
        await introductions.settle(unit.conn, actor.guild_id, introduction_id, agreed=True)
        await unit.tell(actor.guild_id, other_id, NoticeKind.INTRODUCED, other_id=actor.user_id)
