"""What cannot be done with a server's own entries, and what to do instead."""

from __future__ import annotations

from bot.domain.entry_forms import TitleMissing
from bot.domain.errors import ClubError
from bot.domain.own_entries import (
    MOST_ENTRIES,
    CatalogueFull,
    ChangedSince,
    EntryUnknown,
    ShippedEntry,
    StillNeeded,
    TheoryGone,
    TheoryRetired,
)
from bot.domain.proposals import (
    MOST_OPEN,
    AlreadyDecided,
    ProposalChanged,
    ProposersOnly,
    QuestionMissing,
    TooManyProposals,
)
from bot.render.markdown import escape, fit
from bot.render.words import Words


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case CatalogueFull():
            return words.text(
                "This server would have more than {most} entries of its own. Undo an import, or "
                "leave some out.",
                most=MOST_ENTRIES,
            )
        case ShippedEntry():
            return words.text(
                "That one comes with the bot and stays as it is. `/catalogue add-paper` adds a "
                "paper of your own to it."
            )
        case EntryUnknown():
            return words.text(
                "No entry of this server is called that. Choose one from the suggestions, or add "
                "it with `/catalogue add-theory` or `/catalogue add-paper`."
            )
        case ChangedSince(title=title):
            return words.text(
                "**{title}** was changed again since, so nothing was taken back. "
                "`/catalogue history` shows by whom.",
                title=fit(escape(title), 100),
            )
        case StillNeeded(title=title):
            return words.text(
                "**{title}** is in use by now, so nothing was taken back. `/catalogue retire` "
                "offers it no more and takes it from nobody.",
                title=fit(escape(title), 100),
            )
        case TheoryRetired(title=title):
            return words.text(
                "Nothing was added: the theory **{title}** is retired. Organisers offer it again "
                "with `/catalogue retire`.",
                title=fit(escape(title), 100),
            )
        case TheoryGone(title=title):
            return words.text(
                "Nothing was taken back: the theory that **{title}** was under is gone.",
                title=fit(escape(title), 100),
            )
        case _:
            return _of_a_proposal(error, words)


def _of_a_proposal(error: ClubError, words: Words) -> str | None:
    match error:
        case TitleMissing():
            return words.text("It needs a name. Open the form once more and give it one.")
        case TooManyProposals():
            return words.text(
                "You have {most} proposals waiting. Let the organisers decide on those first.",
                most=MOST_OPEN,
            )
        case QuestionMissing():
            return words.text(
                "Nothing stood in the question, so nobody was asked. *Ask* opens the form again."
            )
        case ProposersOnly():
            return words.text(
                "Only the member who proposed it can change it; organisers can once it is approved."
            )
        case ProposalChanged():
            return words.text(
                "The proposal has changed since you looked, so nothing was decided. Read it again."
            )
        case AlreadyDecided(approved=True):
            return words.text("That proposal was approved already.")
        case AlreadyDecided():
            return words.text("That proposal was decided already: it was not taken up.")
        case _:
            return None
