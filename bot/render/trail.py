"""The audit trail in words."""

from __future__ import annotations

from collections.abc import Callable

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.trail import StepContents, TrailLine, TrailPage
from bot.render.markdown import escape, fit, plain
from bot.render.papers import title_text
from bot.render.theory_card import COLOUR
from bot.render.times import timestamp
from bot.render.words import Words

_NAME, _FILE, _PAGE, _OPTION = 48, 60, 4096, 100


def trail_embed(page: TrailPage, catalogue: Catalogue, words: Words) -> discord.Embed:
    """One page: when, who, what, to what, about whom.

    What members wrote is never part of it, but for the names of files they imported.
    """
    embed = discord.Embed(title=words.text("What organisers did"), colour=COLOUR)
    lines = [_line(line, page, catalogue, words) for line in page.lines]
    embed.description = fit("\n".join(lines), _PAGE) or words.text(
        "Nothing yet: posting a board, setting limits or publishing a split is recorded here."
    )
    return embed


def undo_options(page: TrailPage, catalogue: Catalogue, words: Words) -> list[discord.SelectOption]:
    """The lines of the page that can be taken back, newest first; the value is the line's id."""
    options = []
    for line in page.lines:
        if line.id in page.undoable:
            did = _did(line.action, words)
            subject = _subject(line, page, catalogue, words, plain)
            label = words.text("{did}: {subject}", did=did, subject=subject)
            by = words.text("by {name}", name=_plain_name(line.actor, words))
            options.append(
                discord.SelectOption(
                    label=fit(plain(label), _OPTION),
                    value=str(line.id),
                    description=fit(by, _OPTION),
                )
            )
    return options


def later_text(later: TrailLine, words: Words) -> str:
    """Who did what: a line of the trail within a sentence."""
    return words.text(
        "**{who}** {did}", who=_name(later.actor, words), did=_did(later.action, words)
    )


def _line(line: TrailLine, page: TrailPage, catalogue: Catalogue, words: Words) -> str:
    who = _name(line.actor, words)
    told = f"{timestamp(line.happened_at, 'f')} **{who}** {_did(line.action, words)}"
    subject = _subject(line, page, catalogue, words, escape)
    if subject:
        told += f": {subject}"
    if line.member is not None and line.member != line.actor:
        told += f" ({_name(line.member, words)})"
    return fit(told, 250)


def _name(name: str | None, words: Words) -> str:
    return words.text("somebody") if name is None else fit(escape(name), _NAME)


def _plain_name(name: str | None, words: Words) -> str:
    return words.text("somebody") if name is None else plain(name)


def _subject(
    line: TrailLine,
    page: TrailPage,
    catalogue: Catalogue,
    words: Words,
    harmless: Callable[[str], str],
) -> str:
    """What it was done to, or its number; nothing where the server itself is meant.

    ``harmless`` makes what somebody wrote fit for where it will stand.
    """
    kind, _, key = line.subject.partition(":")
    contents = None if line.step is None else page.steps.get(line.step)
    if contents is not None:
        return _came_in(contents, words, harmless)
    if kind == "paper":
        theory = catalogue.theory_of(key)
        paper = None if theory is None else theory.paper(key)
        return key if paper is None else title_text(paper)
    if kind == "theory":
        found = catalogue.get(key)
        return key if found is None else found.name
    called = None if line.club_id is None else page.clubs.get(line.club_id)
    if kind == "session":
        day = key.rpartition(":")[2]
        if called is None:
            return words.text("session {key}", key=day)
        return words.text("{club}, session {key}", club=fit(harmless(called), _NAME), key=day)
    if called is not None:
        return fit(harmless(called), _NAME)
    return words.text("no. {number}", number=key) if key else ""


def _came_in(contents: StepContents, words: Words, harmless: Callable[[str], str]) -> str:
    """The file of an import, and how much of it went into the catalogue."""
    papers = words.plural("{n} paper", "{n} papers", contents.papers) if contents.papers else ""
    theories = (
        words.plural("{n} theory", "{n} theories", contents.theories) if contents.theories else ""
    )
    counted = ", ".join(part for part in (papers, theories) if part)
    if contents.file_name is None:
        return counted
    file = fit(harmless(contents.file_name), _FILE)
    return words.text("{file}: {counted}", file=file, counted=counted)


def _did(action: str, words: Words) -> str:
    """What was done, in the past tense; an action of a newer version by its own name."""
    known = (
        _did_about_reading(words)
        | _did_about_meeting(words)
        | _did_about_setup(words)
        | _did_about_entries(words)
    )
    return known.get(action, action)


def _did_about_setup(words: Words) -> dict[str, str]:
    return {
        "home-channel-set": words.text("set the home channel"),
        "newcomers-posted": words.text("posted the panel for newcomers"),
        "organiser-role-set": words.text("set the organiser role"),
        "preset-set": words.text("set the kind of clubs"),
        "zone-set": words.text("set the zone of clubs"),
        "health-seen": words.text("has seen which reminders failed"),
        "board-retried": words.text("tried a board again"),
        "club-retried": words.text("tried the channel of a club again"),
        "events-retried": words.text("tried the scheduled events again"),
        "split-retried": words.text("tried the panel of a split again"),
    }


def _did_about_entries(words: Words) -> dict[str, str]:
    return {
        "entry-added": words.text("added to the catalogue"),
        "entry-changed": words.text("changed in the catalogue"),
        "entry-retired": words.text("retired from the catalogue"),
        "entry-restored": words.text("offered again in the catalogue"),
        "entries-imported": words.text("imported into the catalogue"),
        "entries-undone": words.text("took back a step of the catalogue"),
        "proposal-rejected": words.text("did not take up a proposal"),
    }


def _did_about_reading(words: Words) -> dict[str, str]:
    return {
        "blind-on": words.text("switched blind mode on"),
        "blind-off": words.text("switched blind mode off"),
        "board-posted": words.text("posted a board"),
        "board-removed": words.text("removed a board"),
        "limits-set": words.text("set the limits of this server"),
        "note-hidden": words.text("hid a note"),
        "note-shown-again": words.text("showed a note again"),
        "note-reports-settled": words.text("let a reported note stay"),
        "offer-close": words.text("closed an offer to explain"),
        "seats-set": words.text("set the seats of a paper"),
        "signup-assigned": words.text("kept a seat for somebody"),
        "signup-extended": words.text("gave somebody more time"),
        "signup-removed": words.text("took a sign-up back into the pool"),
        "split-started": words.text("began a split"),
        "split-moved": words.text("gave a split another channel"),
        "split-seats-raised": words.text("raised seats for a split"),
        "split-published": words.text("published a split"),
        "split-cancelled": words.text("ended a split"),
    }


def _did_about_meeting(words: Words) -> dict[str, str]:
    return {
        "club-created": words.text("made a club"),
        "club-edited": words.text("changed a club"),
        "club-ended": words.text("ended a club"),
        "club-paused": words.text("paused a club"),
        "club-planned": words.text("laid a plan for a club"),
        "club-resumed": words.text("let a club meet again"),
        "session-skipped": words.text("skipped a session"),
        "session-unskipped": words.text("let a session take place after all"),
        "session-moved": words.text("moved a session"),
        "session-paper-set": words.text("set the paper of a session"),
        "session-agenda-set": words.text("set the agenda of a session"),
        "session-presenter-set": words.text("set who presents"),
        "session-recap-set": words.text("wrote the recap of a session"),
    }
