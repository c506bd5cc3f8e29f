"""The forms of what an entry holds: each filled in with what stands there, and read again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import discord

from bot.domain.catalogue import Catalogue, RelationKind
from bot.domain.entry_forms import WrittenTheory
from bot.domain.entry_parts import (
    LEVELS,
    PARTS,
    EntryPart,
    Written,
    WrittenNeeds,
    WrittenQuestions,
    WrittenRelations,
    WrittenRole,
)
from bot.domain.errors import NotFound, StaleControl
from bot.domain.own_entries import OwnEntry, OwnPaper, OwnTheory
from bot.domain.paper_forms import WrittenPaper
from bot.domain.papers import PaperType, Role
from bot.render.entry_parts import part_title
from bot.render.markdown import fit, plain
from bot.render.words import Words
from bot.ui.forms import Submission, form
from cogs.catalogue._forms import (
    LABEL,
    Field,
    paper_fields,
    theory_fields,
    written_paper,
    written_theory,
)
from cogs.catalogue._part_fields import (
    REVIEWED,
    needs_fields,
    question_fields,
    relation_fields,
    role_fields,
)

ACTION = "entry-part"


def part_form(
    part: EntryPart, entry: OwnEntry, target: tuple[str, str], catalogue: Catalogue, words: Words
) -> discord.ui.Modal:
    """The form of one part; ``target`` says whose it is in the ids of buttons and forms.

    Raises NotFound for a part that such an entry has not.
    """
    kind = entry.ref[0]
    if part not in PARTS[kind]:
        raise NotFound
    name = part_title(part, kind, words)
    title = fit(words.text("{part}: {title}", part=name, title=plain(entry.title)), LABEL)
    fields = _fields(part, entry, catalogue, words)
    return form(title, ACTION, part.value, *target, _digest(fields), fields=fields)


def part_digest(part: EntryPart, entry: OwnEntry, catalogue: Catalogue, words: Words) -> str:
    """Of what the form shows, filled in; ``part_form`` puts it last in the form's id.

    Another one when it comes back, and somebody has changed that part meanwhile. Raises NotFound
    for a part that such an entry has not.
    """
    return _digest(_fields(part, entry, catalogue, words))


def _digest(fields: Sequence[Field]) -> str:
    # Six digits, as an id of Discord's has a hundred characters, and an entry's may have sixty.
    shown = [field.to_component_dict() for field in fields]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:6]


def _fields(part: EntryPart, entry: OwnEntry, catalogue: Catalogue, words: Words) -> list[Field]:
    vocabulary = catalogue.vocabulary
    match part, entry:
        case EntryPart.MAIN, OwnTheory():
            return theory_fields(WrittenTheory.of(entry), vocabulary.topics, words)
        case EntryPart.MAIN, OwnPaper():
            return paper_fields(WrittenPaper.of(entry), words)
        case EntryPart.NEEDS, OwnTheory():
            return needs_fields(WrittenNeeds.of(entry), vocabulary, words)
        case EntryPart.QUESTIONS, OwnTheory():
            return question_fields(WrittenQuestions.of(entry), words)
        case EntryPart.RELATIONS, OwnTheory():
            # One that is not on offer is named by its slug, by which it is found again.
            names = {theory.slug: theory.name for theory in catalogue}
            return relation_fields(WrittenRelations.of(entry, names), words)
        case EntryPart.ROLE, OwnPaper():
            return role_fields(WrittenRole.of(entry), words)
        case _:
            raise NotFound


def written_part(part: EntryPart, sent: Submission) -> Written:
    """What came back from the form of a part. Raises StaleControl for what none of ours sends."""
    match part:
        case EntryPart.MAIN:
            return written_paper(sent) if "title" in sent.fields else written_theory(sent)
        case EntryPart.NEEDS:
            level = sent.text("level")
            if level not in map(str, LEVELS):
                raise StaleControl
            baseline = sent.text("baseline") == "yes"
            reason, hours = sent.text("reason"), sent.text("hours")
            return WrittenNeeds(sent.choices("tags"), int(level), reason, baseline, hours)
        case EntryPart.QUESTIONS:
            return WrittenQuestions(*(sent.text(f) for f in ("prompts", "safety", "short")))
        case EntryPart.RELATIONS:
            return WrittenRelations({kind: sent.text(kind.value) for kind in RelationKind})
        case EntryPart.ROLE:
            try:
                role, kind = Role(sent.text("role")), PaperType(sent.text("kind"))
            except ValueError:
                raise StaleControl from None
            reviewed = REVIEWED.get(sent.text("reviewed"))
            return WrittenRole(role, kind, sent.text("venue"), reviewed)
