"""What several use cases of proposals do within their one unit of work."""

from __future__ import annotations

from bot.domain.deadlines import DeadlineKind
from bot.domain.errors import NotFound
from bot.domain.members import Actor
from bot.domain.notices import NoticeKind
from bot.domain.proposals import AlreadyDecided, Proposal, ProposalState
from bot.services.work import Unit
from bot.storage import guilds, proposals


async def decide(
    unit: Unit,
    actor: Actor,
    found: Proposal,
    state: ProposalState,
    said: str | None = None,
) -> None:
    """An organiser's decision on a proposal is kept, shown, and told to who proposed it.

    What they ``said`` about it is told too; a question is shown as well, as it is to be talked
    about, while a reason why not is between the two.
    """
    await unit.arrive(actor)
    question = said if state is ProposalState.ASKED else None
    await proposals.decide(
        unit.conn, actor.guild_id, found.id, state, actor.user_id, unit.now, question
    )
    kinds = {
        ProposalState.APPROVED: NoticeKind.PROPOSAL_APPROVED,
        ProposalState.ASKED: NoticeKind.PROPOSAL_ASKED,
        ProposalState.REJECTED: NoticeKind.PROPOSAL_REJECTED,
    }
    told = found.entry.title if said is None else f"{found.entry.title}\n{said}"
    if found.user_id != actor.user_id:
        await unit.tell(actor.guild_id, found.user_id, kinds[state], detail=told)
    await show(unit, actor.guild_id, found.id)


async def show(unit: Unit, guild_id: int, proposal_id: int) -> None:
    """The proposal's message is to show it as it is now."""
    await unit.set_deadline(guild_id, DeadlineKind.PROPOSAL, proposal_id, unit.now)


async def waiting(unit: Unit, actor: Actor, proposal_id: int) -> Proposal:
    """A proposal that waits, for an organiser. Raises OrganisersOnly and as ``require_waiting``."""
    (await guilds.guild_rules(unit.conn, actor.guild_id)).require_organiser(actor)
    return require_waiting(await proposals.proposal_with(unit.conn, actor.guild_id, proposal_id))


async def draft(unit: Unit, actor: Actor, draft_id: int) -> Proposal:
    """A member's own draft. Raises NotFound."""
    found = await proposals.proposal_with(unit.conn, actor.guild_id, draft_id)
    if found is None or not is_own_draft(found, actor):
        raise NotFound
    return found


def is_own_draft(found: Proposal, actor: Actor) -> bool:
    """Whether it is a draft of this member's."""
    return found.user_id == actor.user_id and found.state is ProposalState.DRAFT


def require_waiting(found: Proposal | None) -> Proposal:
    """The proposal, if it waits. Raises NotFound for none and for a draft, AlreadyDecided."""
    if found is None or found.state is ProposalState.DRAFT:
        raise NotFound
    if not found.state.is_waiting:
        raise AlreadyDecided(approved=found.state is ProposalState.APPROVED)
    return found
