"""A plan in words: what is read for which session, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from bot.domain.catalogue import Catalogue
from bot.domain.plan import Part, Plan, Shift, Sitting
from bot.domain.sessions import SessionReading
from bot.render.markdown import bullets, size
from bot.render.papers import number_text
from bot.render.session_readings import reading_text
from bot.render.times import timestamp
from bot.render.words import Words

# Discord takes 4000 characters of text in a message of components; this leaves room for the rest.
_TEXT = 3000


def plan_text(
    plan: Plan, starts: Mapping[date, datetime], catalogue: Catalogue, words: Words
) -> str:
    """The table: a line a session, then what did not fit. ``starts`` are the sessions' instants.

    Lines that would make it too long are counted instead.
    """
    lines = [_sitting_text(one, starts, catalogue, words) for one in plan.sittings]
    said = [_cut(lines, words)]
    if plan.split:
        said.append(
            words.plural(
                "{n} section is longer than the time between two sessions and is spread over "
                "several.",
                "{n} sections are longer than the time between two sessions and are spread over "
                "several.",
                len(plan.split),
            )
        )
    if plan.left:
        count = len(dict.fromkeys(part.key for part in plan.left))
        said.append(
            words.plural(
                "{n} section has no session left. More hours a week, or more sessions, would fit "
                "it in.",
                "{n} sections have no session left. More hours a week, or more sessions, would "
                "fit them in.",
                count,
            )
        )
    if free := len(plan.free):
        said.append(
            words.plural("{n} later session is free.", "{n} later sessions are free.", free)
        )
    return "\n".join(said)


def proposal_text(
    plan: Plan,
    shifts: Sequence[Shift],
    starts: Mapping[date, datetime],
    catalogue: Catalogue,
    words: Words,
) -> str:
    """The table before it is saved, and how much would change."""
    said = [plan_text(plan, starts, catalogue, words)]
    changed = difference_text(shifts, words)
    said.append(
        words.text("Compared with what is planned now: {changes}.", changes=changed)
        if changed
        else words.text("Nothing changes.")
    )
    said.append(words.text("Nothing is stored before you press *Save*."))
    return "\n".join(said)


def saved_text(plan: Plan, words: Words) -> str:
    """The plan is stored."""
    return words.plural(
        "Saved: {n} session has its reading. `/club next` and the calendar show it.",
        "Saved: {n} sessions have their reading. `/club next` and the calendar show it.",
        len(plan.sittings),
    )


def difference_text(shifts: Sequence[Shift], words: Words) -> str:
    """How much a new plan changes, in a line; empty for nothing."""
    new = sum(1 for one in shifts if not one.before)
    gone = sum(1 for one in shifts if not one.after)
    moved = len(shifts) - new - gone
    parts = []
    if moved:
        parts.append(words.plural("{n} section moves", "{n} sections move", moved))
    if new:
        parts.append(words.plural("{n} is added", "{n} are added", new))
    if gone:
        parts.append(words.plural("{n} is taken out", "{n} are taken out", gone))
    return ", ".join(parts)


def readings_of(parts: Iterable[Part]) -> tuple[SessionReading, ...]:
    """The parts of a sitting as a session holds them: by paper, each section once."""
    return tuple(
        SessionReading(paper_id, tuple(dict.fromkeys(part.section_id for part in own)))
        for paper_id, own in groupby(parts, key=lambda part: part.paper_id)
    )


def _sitting_text(
    sitting: Sitting, starts: Mapping[date, datetime], catalogue: Catalogue, words: Words
) -> str:
    at = starts.get(sitting.session)
    day = sitting.session.isoformat() if at is None else timestamp(at, "D")
    hours = words.text("{hours} h", hours=number_text(round(sitting.minutes / 60, 1)))
    readings = (reading_text(one, catalogue, words) for one in readings_of(sitting.parts))
    shown = "; ".join(one for one in readings if one)
    split = [part for part in sitting.parts if part.of > 1]
    if split:
        pieces = ", ".join(f"{part.number}/{part.of}" for part in split)
        shown += " " + words.text("(part {number})", number=pieces)
    return f"{day} · {hours} · {shown}"


def _cut(lines: Sequence[str], words: Words) -> str:
    """The list of the first lines that fit, and how many sessions follow."""
    shown: list[str] = []
    for line in lines:
        if size(bullets([*shown, line])) > _TEXT:
            break
        shown.append(line)
    if more := len(lines) - len(shown):
        shown.append(words.plural("{n} more session", "{n} more sessions", more))
    return bullets(shown)
