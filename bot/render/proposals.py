"""Proposals in words: what is proposed, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.catalogue import Catalogue
from bot.domain.entries import Entry, registry_links
from bot.domain.entry_parts import Slip
from bot.domain.own_entries import OwnEntry, OwnPaper
from bot.domain.proposals import Proposal, ProposalState
from bot.render.curating import entry_title
from bot.render.entry_parts import entry_facts, slip_text, still_empty
from bot.render.markdown import escape, fit, link
from bot.render.words import Words

_TEXT = 600
# A message of components holds 4000 characters; this much is for what is proposed.
_ROOM = 2600


def proposed_text(entry: OwnEntry, channel_id: int, slips: Iterable[Slip], words: Words) -> str:
    """The proposal is on its way."""
    said = words.text(
        "Thank you: {title} is proposed in {channel}. The organisers decide, and I tell you.",
        title=entry_title(entry),
        channel=f"<#{channel_id}>",
    )
    lines = [said, *(slip_text(one, words) for one in slips), *still_empty(entry, words)]
    return "\n".join(lines)


def rewritten_text(entry: OwnEntry, slips: Iterable[Slip], words: Words) -> str:
    """The proposer has changed it, or is about to."""
    said = words.text(
        "{title} waits for the organisers, who see what you change.", title=entry_title(entry)
    )
    lines = [said, *(slip_text(one, words) for one in slips), *still_empty(entry, words)]
    return fit("\n".join(lines), 2000)


def proposal_texts(proposal: Proposal, catalogue: Catalogue, words: Words) -> list[str]:
    """What a proposal's message says, paragraph by paragraph."""
    entry = proposal.entry
    texts = [entry_title(entry)]
    if isinstance(entry, OwnPaper):
        theory = catalogue.get(entry.work.theory or "")
        if theory is not None:
            texts.append(words.text("A paper for {theory}.", theory=theory.name))
        facts = ["; ".join(name.shown for name in entry.work.authors[:6])]
        facts += [str(entry.work.year)] if entry.work.year else []
        facts += [f"ISBN {entry.work.isbn}"] if entry.work.isbn else []
        facts += [one.url for one in entry.work.links[:2]]
        told = escape(" · ".join(fact for fact in facts if fact), _TEXT)
        texts.append(" · ".join(part for part in (told, *_registered(entry.work)) if part))
    else:
        texts.append(words.text("A theory."))
        texts.append(escape(entry.theory.claim, _TEXT))
        texts.append("\n".join(f"- {escape(idea, 200)}" for idea in entry.theory.key_ideas[:5]))
    texts = _within([*texts, *entry_facts(entry, catalogue, words)], _ROOM)
    if proposal.question:
        asked = escape(proposal.question, _TEXT)
        texts.append(words.text("**Organisers ask:** {question}", question=asked))
    texts.append(_state(proposal, words))
    return [text for text in texts if text]


def _registered(work: Entry) -> list[str]:
    """Where to look at what is proposed.

    Only pages of a registry are live links: any other address is as a member wrote it, and
    nobody has approved it yet.
    """
    numbers = {"arXiv": work.arxiv, "DOI": work.doi}
    return [
        link(escape(f"{one.label} {numbers.get(one.label) or ''}"), one.url)
        for one in registry_links(work)
    ]


def _within(texts: Iterable[str], room: int) -> list[str]:
    """As many of the texts as there is room for, the last of them cut."""
    kept = []
    for text in texts:
        if text and room > 0:
            kept.append(fit(text, room))
            room -= len(kept[-1])
    return kept


def _state(proposal: Proposal, words: Words) -> str:
    match proposal.state:
        case ProposalState.APPROVED:
            return words.text("✅ Approved: it is in the catalogue of this server.")
        case ProposalState.REJECTED:
            return words.text("Not taken up this time.")
        case ProposalState.ASKED:
            return words.text("❔ A question is open. Talk about it here.")
        case _:
            return words.text("Proposed by a member. Organisers decide; talk about it here.")
