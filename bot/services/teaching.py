"""Explaining papers to each other."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.catalogue import Theory
from bot.domain.errors import NotFound, StaleControl
from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.domain.papers import Paper
from bot.domain.teaching import (
    ASK_AGAIN_AFTER,
    AskedAlready,
    Explainer,
    Explainers,
    HeardAlready,
    NotReadYet,
    OfferClosed,
    OffererOnly,
    OfferStands,
    OwnExplanation,
    TeachOffer,
    explainers,
    step_of,
)
from bot.services.catalogues import Catalogues
from bot.services.work import Unit, Work
from bot.storage import depths, guilds, members, teach_offers, teaching
from bot.storage import explainers as able


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """An offer with the paper it is for, and the name of the member who made it."""

    offer: TeachOffer
    paper: Paper
    name: str


class Teaching:
    """Offers to explain, and what listeners said."""

    def __init__(self, work: Work, catalogues: Catalogues) -> None:
        self._work = work
        self._catalogues = catalogues

    async def offer(self, actor: Actor, paper_id: str) -> PaperOffer:
        """The member offers to explain a paper.

        Raises NotFound for a paper that is gone, NotReadYet, and OfferStands while an earlier
        offer of theirs for it is open.
        """
        paper = await self._paper(actor, paper_id)
        async with self._work.write() as unit:
            await unit.arrive(actor)
            depth = await depths.depth_of(unit.conn, actor.guild_id, actor.user_id, paper_id)
            if depth is None or not depth.is_reader:
                raise NotReadYet
            earlier = await teach_offers.unclosed_offer(
                unit.conn, actor.guild_id, actor.user_id, paper_id
            )
            if earlier is not None:
                if earlier.is_open(unit.now):
                    raise OfferStands(earlier)
                await teach_offers.close_offer(unit.conn, actor.guild_id, earlier.id, unit.now)
            made = await teach_offers.add_offer(
                unit.conn, actor.guild_id, actor.user_id, paper_id, unit.now
            )
            return PaperOffer(made, paper, await _name(unit, made))

    async def close(self, actor: Actor, offer_id: int) -> TeachOffer:
        """The offer is over; closing it twice is fine.

        Raises NotFound, and OffererOnly for anybody but its maker and organisers.
        """
        async with self._work.write() as unit:
            found = await self._offer(unit, actor, offer_id)
            await unit.arrive(actor)
            rules = await guilds.guild_rules(unit.conn, actor.guild_id)
            own = found.user_id == actor.user_id
            if not own and not actor.is_organiser(rules.organiser_role_id):
                raise OffererOnly
            await teach_offers.close_offer(unit.conn, actor.guild_id, offer_id, unit.now)
            if not own and found.closed_at is None:
                await unit.audit(
                    actor, "offer-close", f"paper:{found.paper_id}", member_id=found.user_id
                )
            return found

    async def listen(self, actor: Actor, offer_id: int) -> TeachOffer:
        """Whether the member may say that a step was unclear; changes nothing.

        Raises NotFound, OwnExplanation, OfferClosed, HeardAlready.
        """
        async with self._work.read() as conn:
            unit = Unit(conn, self._work.now())
            found = await self._heard(unit, actor, offer_id)
            clear = await teaching.was_clear(conn, found, actor.user_id)
            if clear is not None:
                raise HeardAlready(clear=clear)
            return found

    async def say_clear(self, actor: Actor, offer_id: int) -> PaperOffer:
        """The listener could now explain it themselves; the explainer is told.

        Raises NotFound, OwnExplanation, OfferClosed, HeardAlready.
        """
        return await self._say(actor, offer_id, None)

    async def say_unclear(self, actor: Actor, offer_id: int, step: str) -> PaperOffer:
        """The listener names the step that was unclear; the explainer is told.

        Raises NotFound, OwnExplanation, OfferClosed, HeardAlready, StepMissing.
        """
        return await self._say(actor, offer_id, step_of(step))

    async def who_can_explain(self, actor: Actor, slug: str) -> Explainers:
        """Who understands one of the theory's primary papers and lets others ask.

        Raises StaleControl when the theory is gone.
        """
        catalogue = await self._catalogues.of(actor.guild_id)
        theory = catalogue.get(slug)
        if theory is None:
            raise StaleControl
        papers = theory.counting_ids
        async with self._work.read() as conn:
            found = await able.able_members(
                conn, actor.guild_id, papers, actor.user_id, self._work.now()
            )
            asked_too = await able.explains(conn, actor.guild_id, actor.user_id)
        return explainers(theory, found, actor.user_id, asker_explains=asked_too)

    async def ask(self, actor: Actor, paper_id: str, asked_id: int) -> Explainer:
        """The member asks another to explain a paper; that one is told, and returned.

        Raises NotFound when the other may not be asked (any more), AskedAlready within a week.
        """
        paper = await self._paper(actor, paper_id)
        async with self._work.write() as unit:
            found = await able.able_members(
                unit.conn, actor.guild_id, [paper.id], actor.user_id, unit.now
            )
            other = next((one for one in found if one.user_id == asked_id), None)
            if other is None or asked_id == actor.user_id:
                raise NotFound
            await unit.arrive(actor)
            last = await able.record_request(
                unit.conn, actor.guild_id, actor.user_id, asked_id, paper.id, unit.now
            )
            if last is not None:
                raise AskedAlready(last + ASK_AGAIN_AFTER)
            await unit.tell(
                actor.guild_id,
                asked_id,
                NoticeKind.ASKED_TO_EXPLAIN,
                paper_id=paper.id,
                other_id=actor.user_id,
            )
            return other

    async def let_ask(self, actor: Actor, on: bool) -> None:
        """Whether others may ask the member to explain what they understand."""
        async with self._work.write() as unit:
            await unit.arrive(actor)
            await able.set_explains(unit.conn, actor.guild_id, actor.user_id, on)

    async def _say(self, actor: Actor, offer_id: int, step: str | None) -> PaperOffer:
        async with self._work.write() as unit:
            found = await self._heard(unit, actor, offer_id)
            await unit.arrive(actor)
            news = await teaching.record_heard(unit.conn, found, actor.user_id, step, unit.now)
            if not news:
                clear = await teaching.was_clear(unit.conn, found, actor.user_id)
                raise HeardAlready(clear=bool(clear))
            await unit.tell(
                actor.guild_id,
                found.user_id,
                NoticeKind.EXPLANATION_HEARD,
                paper_id=found.paper_id,
                other_id=actor.user_id,
                detail=step,
            )
            return PaperOffer(
                found, await self._paper(actor, found.paper_id), await _name(unit, found)
            )

    async def _heard(self, unit: Unit, actor: Actor, offer_id: int) -> TeachOffer:
        """An offer to which this member may say something as a listener."""
        found = await self._offer(unit, actor, offer_id)
        if found.user_id == actor.user_id:
            raise OwnExplanation
        if not found.is_open(unit.now):
            raise OfferClosed
        return found

    async def _offer(self, unit: Unit, actor: Actor, offer_id: int) -> TeachOffer:
        found = await teach_offers.offer_with(unit.conn, actor.guild_id, offer_id)
        if found is None:
            raise NotFound
        return found

    async def _paper(self, actor: Actor, paper_id: str) -> Paper:
        catalogue = await self._catalogues.of(actor.guild_id)
        theory: Theory | None = catalogue.theory_of(paper_id)
        paper = None if theory is None else theory.paper(paper_id)
        if paper is None:
            raise NotFound
        return paper


async def _name(unit: Unit, offer: TeachOffer) -> str:
    """The name of the member who made the offer."""
    names = await members.display_names(unit.conn, offer.guild_id, [offer.user_id])
    return names[offer.user_id]
