"""The server's own theories and papers in words, for those who tend them.

What members wrote is escaped here; what the catalogue shows is inert already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from discord import app_commands

from bot.domain.catalogue import Catalogue
from bot.domain.entry_forms import Unread
from bot.domain.imports.matching import Evidence
from bot.domain.overlay import inert
from bot.domain.own_entries import Edit, EditKind, EntryChange, EntryKind, OwnEntry, OwnPaper
from bot.domain.proposals import Proposal, ProposalState
from bot.render.markdown import escape, fit, plain, size
from bot.render.times import timestamp
from bot.render.words import Words

_TITLE, _TEXT, _MESSAGE = 100, 600, 2000
LIMIT, LABEL = 25, 100


def entry_title(entry: OwnEntry) -> str:
    """What an entry is called, for a message."""
    return f"**{escape(fit(entry.title, _TITLE))}**"


def made_text(kind: EditKind, entry: OwnEntry, unread: Iterable[Unread], words: Words) -> str:
    """What was done, who sees it, and what could not be read."""
    title, is_paper = entry_title(entry), isinstance(entry, OwnPaper)
    match kind:
        case EditKind.ADDED if is_paper:
            said = words.text("{title} is in the catalogue of this server now.", title=title)
        case EditKind.ADDED:
            said = words.text(
                "{title} is in the catalogue of this server now. `/catalogue add-paper` gives it "
                "something to read.",
                title=title,
            )
        case EditKind.RETIRED:
            said = words.text(
                "{title} is retired: it is offered no more, and whoever reads it keeps what they "
                "have.",
                title=title,
            )
        case EditKind.RESTORED:
            said = words.text("{title} is offered again.", title=title)
        case _:
            said = words.text("{title} is changed.", title=title)
    lines = [said, *(unread_text(one, words) for one in unread)]
    return fit("\n".join(lines), _MESSAGE)


def unread_text(unread: Unread, words: Words) -> str:
    """What of a form could not be read, and how it is written."""
    match unread:
        case Unread.LINK:
            return words.text(
                "Some of the link could not be read and was left out. An arXiv number, a DOI or "
                "an https address will do; *Edit* corrects it."
            )
        case Unread.HOURS:
            return words.text(
                "The hours could not be read and were left out. Write them such as: 2022, 5 h."
            )
        case Unread.YEAR:
            return words.text(
                "The year could not be read and was left out. Write it such as: 2022, 5 h."
            )


def retired_text(entry: OwnEntry, words: Words) -> str:
    """The entry is retired already."""
    return words.text("{title} is retired. Offer it again?", title=entry_title(entry))


def undone_text(edit: Edit, words: Words) -> str:
    """What was taken back."""
    return words.plural(
        "Taken back: {n} entry is as it was before.",
        "Taken back: {n} entries are as they were before.",
        edit.entries,
    )


def alike_text(
    entry: OwnEntry, title: str, evidence: Evidence | None, organises: bool, words: Words
) -> str:
    """Something like it is there; ``title`` is the catalogue's own, which is inert."""
    reasons = {
        Evidence.DOI: words.text("the same DOI"),
        Evidence.ARXIV: words.text("the same arXiv number"),
        Evidence.ARXIV_VERSION: words.text("the same arXiv number and version"),
        Evidence.OPENREVIEW: words.text("the same page on OpenReview"),
        Evidence.ISBN: words.text("the same ISBN"),
        Evidence.URL: words.text("the same link"),
        Evidence.KEY: words.text("the same key"),
        Evidence.TITLE: words.text("the same title"),
    }
    why = reasons[evidence] if evidence else words.text("the same name")
    said = words.text(
        "**{known}** is in the catalogue already: {why}.", known=fit(title, _TITLE), why=why
    )
    ask = (
        words.text("Nothing was added. Is {title} another one?", title=entry_title(entry))
        if organises
        else words.text("Nothing was proposed. Is {title} another one?", title=entry_title(entry))
    )
    return f"{said}\n{ask}"


def proposed_text(entry: OwnEntry, channel_id: int, unread: Iterable[Unread], words: Words) -> str:
    """The proposal is on its way."""
    said = words.text(
        "Thank you: {title} is proposed in {channel}. The organisers decide, and I tell you.",
        title=entry_title(entry),
        channel=f"<#{channel_id}>",
    )
    return "\n".join((said, *(unread_text(one, words) for one in unread)))


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
        facts += [f"arXiv {entry.work.arxiv}"] if entry.work.arxiv else []
        facts += [f"DOI {entry.work.doi}"] if entry.work.doi else []
        facts += [link.url for link in entry.work.links[:2]]
        texts.append(escape(" · ".join(fact for fact in facts if fact), _TEXT))
    else:
        texts.append(words.text("A theory."))
        texts.append(escape(entry.theory.claim, _TEXT))
        texts += [f"- {escape(idea, 200)}" for idea in entry.theory.key_ideas[:5]]
    if proposal.question:
        asked = escape(proposal.question, _TEXT)
        texts.append(words.text("**Organisers ask:** {question}", question=asked))
    texts.append(_state(proposal, words))
    return [text for text in texts if text]


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


def history_text(entry: OwnEntry, steps: Sequence[tuple[Edit, EntryChange]], words: Words) -> str:
    """An entry and what was done to it, newest first."""
    lines = [entry_title(entry)]
    for edit, change in steps:
        who = words.text("somebody") if edit.author is None else fit(escape(edit.author), 48)
        line = f"- {timestamp(edit.happened_at, 'f')} **{who}**: {_did(edit, words)}"
        differing = _differences(change, words)
        if differing:
            line += f" ({differing})"
        if edit.undone:
            line += " " + words.text("(taken back)")
        lines.append(fit(line, 400))
    return fit("\n".join(lines), _MESSAGE)


def _did(edit: Edit, words: Words) -> str:
    return {
        EditKind.ADDED: words.text("added"),
        EditKind.CHANGED: words.text("changed"),
        EditKind.RETIRED: words.text("retired"),
        EditKind.RESTORED: words.text("offered again"),
        EditKind.IMPORTED: words.text("imported"),
        EditKind.UNDONE: words.text("took a step back"),
    }[edit.kind]


def _differences(change: EntryChange, words: Words) -> str:
    """The title before, where it changed; how much else did is in the entry itself."""
    before, after = change.before, change.after
    if before is None or after is None or before.title == after.title:
        return ""
    old, new = (escape(fit(one.title, 80)) for one in (before, after))
    return words.text("“{old}” became “{new}”", old=old, new=new)


def entry_choices(found: Iterable[OwnEntry], words: Words) -> list[app_commands.Choice[str]]:
    """Own entries to choose from, each by its kind and id.

    Where two would read the same, the label has the id: Discord refuses all choices for one.
    """
    listed = list(found)[:LIMIT]
    labels = [_entry_label(entry, "", words) for entry in listed]
    times = Counter(labels)
    return [
        app_commands.Choice(
            name=label if times[label] == 1 else _entry_label(entry, f" ({entry.ref[1]})", words),
            value=":".join(entry.ref),
        )
        for label, entry in zip(labels, listed, strict=True)
    ]


def _entry_label(entry: OwnEntry, mark: str, words: Words) -> str:
    """What an entry is called, cut so that its kind and ``mark`` stay."""
    is_theory = entry.ref[0] is EntryKind.THEORY
    sort = words.text("theory") if is_theory else words.text("paper")
    end = f" · {sort}{mark}"
    label = plain(inert(entry.title))
    if entry.retired:
        label = words.text("{title} (retired)", title=fit(label, LABEL - size(end) - 20))
    return f"{fit(label, LABEL - size(end))}{end}"
