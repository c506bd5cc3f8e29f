"""The forms of an own entry in words: what each is called, what stands in it, what it lacks."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue, RelationKind
from bot.domain.entry_parts import EntryPart, Slip, UnknownTheory
from bot.domain.overlay import DEFAULT_ROLE
from bot.domain.own_entries import EntryKind, OwnEntry, OwnPaper, OwnTheory
from bot.domain.paper_forms import Unread
from bot.domain.papers import PaperType, Role
from bot.render.markdown import escape, fit
from bot.render.papers import hours_text, number_text, tag_text
from bot.render.words import Words

_LINE, _NAMES = 100, 600


def part_title(part: EntryPart, kind: EntryKind, words: Words) -> str:
    """What the button that opens a form says; short enough for the form's own title."""
    match part:
        case EntryPart.MAIN if kind is EntryKind.THEORY:
            return words.text("Card")
        case EntryPart.MAIN:
            return words.text("Title and links")
        case EntryPart.NEEDS:
            return words.text("Prerequisites")
        case EntryPart.QUESTIONS:
            return words.text("Questions")
        case EntryPart.RELATIONS:
            return words.text("Relations")
        case EntryPart.ROLE:
            return words.text("Role and kind")


def slip_text(slip: Slip, words: Words) -> str:
    """What of a form could not be read, and how it is written."""
    match slip:
        case UnknownTheory(line=line):
            return words.text(
                "Left out, since it names no other theory of this catalogue: “{line}”. Write it "
                "such as: Spline theory: both cut the input space.",
                line=escape(line, _LINE),
            )
        case Unread.LINK:
            return words.text(
                "Some of the link could not be read and was left out. An arXiv number, a DOI or "
                "an https address will do; *Title and links* corrects it."
            )
        case Unread.HOURS:
            return words.text(
                "The hours could not be read and were left out. Write them such as: 2022, 5 h."
            )
        case Unread.READING_HOURS:
            return words.text(
                "The hours of reading could not be read and stay as they were. Write them such "
                "as: 9, or 5 to 14."
            )
        case Unread.YEAR:
            return words.text(
                "The year could not be read and was left out. Write it such as: 2022, 5 h."
            )


def role_text(role: Role, words: Words) -> str:
    """What a paper is to its theory."""
    return {
        Role.PRIMARY: words.text("main work"),
        Role.FOLLOWUP: words.text("later work"),
        Role.BACKGROUND: words.text("background"),
        Role.SECONDARY: words.text("talk, tutorial, code"),
    }[role]


def kind_text(kind: PaperType, words: Words) -> str:
    """The form of a work."""
    return {
        PaperType.ARTICLE: words.text("article"),
        PaperType.PREPRINT: words.text("preprint"),
        PaperType.REVIEW: words.text("review"),
        PaperType.BOOK: words.text("book"),
        PaperType.ESSAY: words.text("essay"),
        PaperType.WEB_ARTICLE: words.text("web article"),
        PaperType.THREAD: words.text("thread"),
        PaperType.TUTORIAL: words.text("tutorial"),
        PaperType.TALK: words.text("talk"),
        PaperType.CODE: words.text("code"),
        PaperType.NOTES: words.text("notes"),
        PaperType.CURRICULUM: words.text("curriculum"),
    }[kind]


def still_empty(entry: OwnEntry, words: Words) -> list[str]:
    """A line with what nobody has written yet; of a paper that does not count, that it does not."""
    lines = []
    if isinstance(entry, OwnPaper) and (entry.work.role or DEFAULT_ROLE) is not Role.PRIMARY:
        lines.append(
            words.text("Reading it counts for itself only: for the theory, a main work counts.")
        )
    names = [name for name, value in _fields(entry, words) if not value]
    if names:
        lines.append("-# " + words.text("Still empty: {names}", names=", ".join(names)))
    return lines


def changed_fields(before: OwnEntry, after: OwnEntry, words: Words) -> list[str]:
    """What is another than before, by name; the title is not among it."""
    now = dict(_fields(after, words))
    return [name for name, value in _fields(before, words) if now.get(name, value) != value]


def entry_facts(entry: OwnEntry, catalogue: Catalogue, words: Words) -> list[str]:
    """What is written in the forms beyond the first, paragraph by paragraph."""
    if isinstance(entry, OwnPaper):
        return [_paper_facts(entry, words)]
    theory, facts = entry.theory, []
    if theory.prerequisites:
        tags = ", ".join(map(tag_text, theory.prerequisites))
        facts.append(words.text("**Helps to know:** {tags}", tags=tags))
    if theory.difficulty.level:
        said = words.text("difficulty {level} of 5", level=theory.difficulty.level)
        facts.append(": ".join(filter(None, (said, escape(theory.difficulty.reason, _LINE * 2)))))
    if theory.hours.typical:
        facts.append(hours_text(theory.hours, words))
    if theory.baseline:
        facts.append(words.text("Most newcomers know it already."))
    relations = relations_text(entry, catalogue, words)
    if relations:
        facts.append(fit(relations, _NAMES))
    if theory.prompts:
        some = [f"{n}. {escape(one, 200)}" for n, one in enumerate(theory.prompts[:4], 1)]
        facts.append("\n".join((words.text("**Questions to read with**"), *some)))
    if theory.safety_relevance:
        why = escape(theory.safety_relevance, _NAMES)
        facts.append(words.text("**Why it may matter for AI safety**") + f"\n{why}")
    return facts


def relation_text(kind: RelationKind, words: Words) -> str:
    """What stands in a relation, as the name of a list."""
    return {
        RelationKind.EXTENDS: words.text("Extends"),
        RelationKind.CONTRASTS: words.text("Contrasts with"),
        RelationKind.SHARES_TOOLS: words.text("Shares tools with"),
    }[kind]


def _paper_facts(entry: OwnPaper, words: Words) -> str:
    work = entry.work
    facts = [
        role_text(work.role or DEFAULT_ROLE, words),
        kind_text(work.kind, words),
        escape(work.venue or "", _LINE),
        words.text("{hours} h", hours=number_text(work.hours)) if work.hours else "",
        words.plural("{n} section", "{n} sections", len(work.sections)) if work.sections else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def relations_text(entry: OwnEntry, catalogue: Catalogue, words: Words) -> str:
    """The theories it stands in a relation to, a line a kind; those that are gone are left out."""
    if not isinstance(entry, OwnTheory):
        return ""
    lines = []
    for kind in RelationKind:
        targets = (catalogue.get(one.target) for one in entry.relations if one.kind is kind)
        names = [theory.name for theory in targets if theory is not None]
        if names:
            lines.append(f"**{relation_text(kind, words)}:** {', '.join(names)}")
    return "\n".join(lines)


def _fields(entry: OwnEntry, words: Words) -> list[tuple[str, object]]:
    """Everything the forms hold beside the title, by what it is called, in their order."""
    if isinstance(entry, OwnTheory):
        theory = entry.theory
        return [
            (words.text("claim"), theory.claim),
            (words.text("key ideas"), theory.key_ideas),
            (words.text("other names"), theory.aliases),
            (words.text("topic"), theory.topic),
            (words.text("prerequisites"), theory.prerequisites),
            (words.text("difficulty"), theory.difficulty if theory.difficulty.level else None),
            (words.text("familiarity"), "high" if theory.baseline else "usual"),
            (words.text("hours"), theory.hours if theory.hours.typical else "of its papers"),
            (words.text("questions"), theory.prompts),
            (words.text("why it matters"), theory.safety_relevance),
            (words.text("relations"), entry.relations),
        ]
    work = entry.work
    named = (work.arxiv, work.arxiv_version, work.doi, work.openreview, work.isbn, work.links)
    return [
        (words.text("authors"), work.authors),
        (words.text("links"), named if any(named) else None),
        (words.text("year"), work.year),
        (words.text("hours"), work.hours),
        (words.text("sections"), work.sections),
        (words.text("role"), work.role or DEFAULT_ROLE),
        (words.text("kind"), work.kind),
        (words.text("where published"), work.venue),
        (words.text("review"), {None: "unknown", True: "yes", False: "no"}[work.peer_reviewed]),
    ]
