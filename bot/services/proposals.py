"""Members propose theories and papers; organisers approve, ask or reject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.deadlines import Deadline, DeadlineKind
from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.domain.own_entries import OwnEntry
from bot.domain.proposals import (
    LONGEST_QUESTION,
    MOST_OPEN,
    Proposal,
    ProposalChanged,
    ProposalState,
    QuestionMissing,
    TooManyProposals,
)
from bot.services import catalogue_steps, proposal_steps
from bot.services.alikeness import Alike, alike_in
from bot.services.announcer import Announcer
from bot.services.catalogues import Catalogues
from bot.services.curating import Curating, Made
from bot.services.living import Steps, keep
from bot.services.work import Work
from bot.storage import guilds, proposals


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a form: an entry was made, or a draft waits for its member's next word.

    ``alike`` is what may be the same; ``organises`` whether the member may add it themselves.
    """

    draft_id: int
    entry: OwnEntry
    alike: Alike | None
    organises: bool
    made: Made | None = None


class Proposals:
    """A draft is its member's alone; a proposal is shown to all and decided by organisers."""

    def __init__(
        self, work: Work, catalogues: Catalogues, curating: Curating, announcer: Announcer
    ) -> None:
        self._work = work
        self._catalogues = catalogues
        self._curating = curating
        self._announcer = announcer

    async def write(self, actor: Actor, entry: OwnEntry) -> Written:
        """What a member wrote. An organiser's is added at once unless something is alike.

        Raises CatalogueFull, and for a paper NotFound and TheoryRetired, of its theory.
        """
        while True:
            here = await self._catalogues.server(actor.guild_id)
            catalogue_steps.require_theory(self._catalogues, entry, here.own)
            alike = await alike_in(self._catalogues, actor.guild_id, here, entry)
            async with self._work.write() as unit:
                own = await catalogue_steps.entries_now(unit, actor.guild_id, here)
                if own is not here.own:
                    # Somebody was faster, perhaps with the very same: compared once more.
                    continue
                await unit.arrive(actor)
                rules = await guilds.guild_rules(unit.conn, actor.guild_id)
                organises = actor.is_organiser(rules.organiser_role_id)
                if organises and alike is None:
                    made = await self._curating.add_in(unit, actor, entry, here, own)
                    return Written(0, made.entry, None, organises, made)
                draft_id = await proposals.add_draft(
                    unit.conn, actor.guild_id, actor.user_id, entry, unit.now
                )
            return Written(draft_id, entry, alike, organises)

    async def add(self, actor: Actor, draft_id: int) -> Made:
        """*Add it anyway*. Raises OrganisersOnly, NotFound for a draft that is gone."""
        here = await self._catalogues.server(actor.guild_id)
        async with self._work.write() as unit:
            draft = await proposal_steps.draft(unit, actor, draft_id)
            own = await catalogue_steps.entries_now(unit, actor.guild_id, here)
            made = await self._curating.add_in(unit, actor, draft.entry, here, own)
            await proposals.drop_proposal(unit.conn, actor.guild_id, draft_id)
            return made

    async def send(self, actor: Actor, draft_id: int, channel_id: int) -> Proposal:
        """The draft is proposed: its message stands in that channel a moment later.

        Raises NotFound for a draft that is gone, and TooManyProposals.
        """
        async with self._work.write() as unit:
            draft = await proposal_steps.draft(unit, actor, draft_id)
            await unit.arrive(actor)
            waiting = await proposals.waiting_of(unit.conn, actor.guild_id, actor.user_id)
            if len(waiting) >= MOST_OPEN:
                raise TooManyProposals
            await proposals.send(unit.conn, actor.guild_id, draft_id, channel_id, unit.now)
            await proposal_steps.show(unit, actor.guild_id, draft_id)
            return draft

    async def require_room(self, actor: Actor, draft_id: int) -> OwnEntry:
        """What the draft holds, if it can be sent. Raises as ``send``."""
        async with self._work.read() as conn:
            waiting = await proposals.waiting_of(conn, actor.guild_id, actor.user_id)
            draft = await proposals.proposal_with(conn, actor.guild_id, draft_id)
        if draft is None or not proposal_steps.is_own_draft(draft, actor):
            raise NotFound
        if len(waiting) >= MOST_OPEN:
            raise TooManyProposals
        return draft.entry

    async def own(self, actor: Actor, proposal_id: int) -> Proposal:
        """A proposal that waits, for who proposed it. Raises as ``change``."""
        async with self._work.read() as conn:
            found = await proposals.proposal_with(conn, actor.guild_id, proposal_id)
        return proposal_steps.require_waiting(found).require_proposer(actor.user_id)

    async def change(
        self, actor: Actor, proposal_id: int, changed: Callable[[OwnEntry], OwnEntry]
    ) -> Proposal:
        """The proposer makes another one of it, as long as it waits.

        Raises NotFound, ProposersOnly, AlreadyDecided.
        """
        async with self._work.write() as unit:
            read = await proposals.proposal_with(unit.conn, actor.guild_id, proposal_id)
            found = proposal_steps.require_waiting(read).require_proposer(actor.user_id)
            entry = changed(found.entry)
            if entry != found.entry:
                await unit.arrive(actor)
                await proposals.rewrite(unit.conn, actor.guild_id, proposal_id, entry)
                await proposal_steps.show(unit, actor.guild_id, proposal_id)
            return replace(found, entry=entry)

    async def approve(
        self, actor: Actor, proposal_id: int, seen: str | None = None, *, anyway: bool = False
    ) -> Made | Alike:
        """*Approve*: the entry is added, and its proposer told.

        Where something alike is in the catalogue by now nothing is done but to say so, unless
        ``anyway``. Raises OrganisersOnly, NotFound, AlreadyDecided, CatalogueFull, TheoryRetired,
        and ProposalChanged where it is not what was ``seen``.
        """
        while True:
            here = await self._catalogues.server(actor.guild_id)
            if not anyway:
                entry = (await self.require_waiting(actor, proposal_id)).entry
                alike = await alike_in(self._catalogues, actor.guild_id, here, entry)
                if alike is not None:
                    return alike
            async with self._work.write() as unit:
                found = await proposal_steps.waiting(unit, actor, proposal_id)
                if seen is not None and seen != found.seen:
                    raise ProposalChanged
                own = await catalogue_steps.entries_now(unit, actor.guild_id, here)
                if own is not here.own and not anyway:
                    # Somebody was faster, perhaps with the very same: compared once more.
                    continue
                made = await self._curating.add_in(unit, actor, found.entry, here, own)
                await proposal_steps.decide(unit, actor, found, ProposalState.APPROVED)
                return made

    async def require_waiting(self, actor: Actor, proposal_id: int) -> Proposal:
        """A proposal that waits, for an organiser. Raises as ``approve``."""
        async with self._work.read() as conn:
            (await guilds.guild_rules(conn, actor.guild_id)).require_organiser(actor)
            return proposal_steps.require_waiting(
                await proposals.proposal_with(conn, actor.guild_id, proposal_id)
            )

    async def ask(self, actor: Actor, proposal_id: int, question: str) -> None:
        """*Ask*: the proposer is told the question. Raises QuestionMissing and as ``approve``."""
        asked = _in_one_line(question)
        if not asked:
            raise QuestionMissing
        async with self._work.write() as unit:
            found = await proposal_steps.waiting(unit, actor, proposal_id)
            await proposal_steps.decide(unit, actor, found, ProposalState.ASKED, asked)

    async def reject(self, actor: Actor, proposal_id: int, reason: str = "") -> None:
        """*Reject*: the proposer is told, with the reason if any. Raises as ``approve``."""
        async with self._work.write() as unit:
            found = await proposal_steps.waiting(unit, actor, proposal_id)
            why = _in_one_line(reason) or None
            await proposal_steps.decide(unit, actor, found, ProposalState.REJECTED, why)
            await unit.audit(
                actor, "proposal-rejected", f"proposal:{found.id}", member_id=found.user_id
            )

    async def thread_gone(self, guild_id: int, thread_id: int) -> None:
        """Somebody deleted a thread: what was proposed in it can be decided by nobody any more.

        So it is not taken up, which its proposer is told, and waits no more.
        """
        async with self._work.read() as conn:
            if not await proposals.waiting_in(conn, guild_id, thread_id):
                return
        async with self._work.write() as unit:
            for found in await proposals.waiting_in(unit.conn, guild_id, thread_id):
                state = ProposalState.REJECTED
                await proposals.decide(unit.conn, guild_id, found.id, state, None, unit.now)
                await unit.tell(
                    guild_id, found.user_id, NoticeKind.PROPOSAL_REJECTED, detail=found.entry.title
                )
                await unit.clear_deadlines(guild_id, found.id, DeadlineKind.PROPOSAL)

    async def refresh(self, deadline: Deadline) -> datetime | None:
        """Meets a deadline of kind PROPOSAL; when to look again, or None."""
        guild_id, proposal_id = deadline.guild_id, deadline.subject_id
        catalogue = await self._catalogues.of(guild_id)
        async with self._work.read() as conn:
            found = await proposals.proposal_with(conn, guild_id, proposal_id)
        if found is None or found.channel_id is None:
            return None
        steps = Steps(
            lambda unit: proposals.record_posting(unit.conn, guild_id, proposal_id, unit.now),
            lambda nonce: self._announcer.show_proposal(found, catalogue, nonce),
            lambda unit, shown: proposals.settle(unit.conn, guild_id, proposal_id, shown),
            stays=found.state.is_waiting,
        )
        return (await keep(self._work, "proposal", proposal_id, found.message, steps))[1]


def _in_one_line(said: str) -> str:
    return " ".join(said.split())[:LONGEST_QUESTION]
