"""A proposal as a message: what is proposed, and what organisers can do with it."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.proposals import Proposal
from bot.render.proposals import proposal_texts
from bot.render.theory_card import COLOUR
from bot.render.words import Words
from bot.ui.controls import button
from bot.ui.layouts import layout


def proposal_layout(
    proposal: Proposal, catalogue: Catalogue, words: Words
) -> discord.ui.LayoutView:
    """The message; once it is decided, without buttons. *Change it* is the proposer's."""
    row = [
        button(
            words.text("Approve"), "proposal-approve", proposal.id, proposal.seen,
            style=discord.ButtonStyle.success,
        ),
        button(words.text("Ask"), "proposal-ask", proposal.id),
        button(words.text("Reject"), "proposal-reject", proposal.id),
        button(words.text("Change it"), "proposal-edit", proposal.id),
    ]  # fmt: skip
    return layout(
        words.text("A proposal for the catalogue"),
        proposal_texts(proposal, catalogue, words),
        [row] if proposal.state.is_waiting else [],
        colour=COLOUR,
    )
