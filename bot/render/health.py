"""The bot's health in words: how many things need an organiser, and how everything stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.domain.club_news import Announced
from bot.domain.clubs import Club
from bot.domain.findings import Finding
from bot.domain.health import DatabaseState, HealthReport
from bot.domain.reminders import Planned, Reason
from bot.render.club_words import announced_text, name_text
from bot.render.times import timestamp
from bot.render.words import Words

_KILO = 1000
_IN_STEP = timedelta(seconds=2)
_REFUSED = (Reason.FORBIDDEN, Reason.GONE)


def headline(found: Sequence[Finding], words: Words) -> str:
    """On one line: all is well, or how many things there are to mend."""
    if not found:
        return words.text("✅ All is well. There is nothing to do.")
    return words.plural(
        "⚠ {n} thing needs somebody. What to do stands with it.",
        "⚠ {n} things need somebody. What to do stands with each.",
        len(found),
    )


def state_text(report: HealthReport, version: str, words: Words) -> str:
    """How everything stands, a line or two for each part, an empty one between them."""
    parts = (
        (words.text("Reminders"), _reminders(report, words)),
        (words.text("Database"), _database(report.database, words)),
        (words.text("Program"), _program(report, version, words)),
    )
    return "\n\n".join(f"**{name}**\n" + "\n".join(lines) for name, lines in parts)


def moved_text(club: Club, announced: Announced, words: Words) -> str:
    """A club was given another channel."""
    told = announced_text(announced, club.channel_id, words)
    moved = words.text(
        "**{club}** is in {channel} now.", club=name_text(club), channel=f"<#{club.channel_id}>"
    )
    return f"{moved} {told}"


def amount_text(size: int, words: Words) -> str:
    """A number of bytes, in the unit that makes it short."""
    amount = size / _KILO
    for unit in (words.text("{number} kB"), words.text("{number} MB")):
        if amount < _KILO:
            return unit.format(number=_short(amount))
        amount /= _KILO
    return words.text("{number} GB", number=_short(amount))


def duration_text(length: timedelta, words: Words) -> str:
    """A length of time, roughly."""
    seconds = round(abs(length).total_seconds())
    if seconds < 120:
        return words.plural("{n} second", "{n} seconds", seconds)
    if seconds < 2 * 3600:
        return words.plural("{n} minute", "{n} minutes", round(seconds / 60))
    return words.plural("{n} hour", "{n} hours", round(seconds / 3600))


def _short(amount: float) -> str:
    return f"{amount:.1f}" if amount < 10 else f"{amount:.0f}"


def _reminders(report: HealthReport, words: Words) -> Iterator[str]:
    ledger = report.ledger
    if not report.clubs:
        yield words.text("No club meets here; `/schedule create` makes one")
        return
    if ledger.last is None or ledger.last_at is None:
        yield words.text("None was sent yet")
    else:
        yield words.text(
            "Last: {soon}, of {club}",
            soon=timestamp(ledger.last_at, "R"),
            club=_club(report, ledger.last, words),
        )
    if ledger.next is None and any(club.trouble for club in report.clubs):
        yield words.text("Next: none; a club whose channel fails gets none until that is mended")
    elif ledger.next is None:
        yield words.text("Next: none within a week; `/schedule show` tells when clubs meet")
    else:
        yield words.text(
            "Next: {soon}, of {club}",
            soon=timestamp(ledger.next.due, "R"),
            club=_club(report, ledger.next, words),
        )
    yield from _left_out(report, words)


def _left_out(report: HealthReport, words: Words) -> Iterator[str]:
    if late := report.missed_for(Reason.LATE, Reason.RESTORED):
        yield words.plural(
            "{n} was left out lately: I was out of reach until it was of no more use",
            "{n} were left out lately: I was out of reach until they were of no more use",
            late,
        )
    if refused := report.missed_for(*_REFUSED):
        yield words.plural(
            "{n} was refused by its channel lately",
            "{n} were refused by their channels lately",
            refused,
        )
    if report.ledger.unanswered:
        yield words.plural(
            "{n} may have arrived: Discord did not say, and I am looking",
            "{n} may have arrived: Discord did not say, and I am looking",
            report.ledger.unanswered,
        )


def _club(report: HealthReport, planned: Planned, words: Words) -> str:
    club = report.club(planned.club_id)
    return words.text("a club that has ended") if club is None else f"**{name_text(club)}**"


def _database(database: DatabaseState, words: Words) -> Iterator[str]:
    yield words.text(
        "Revision {revision}, SQLite {version}",
        revision=database.revision,
        version=database.sqlite,
    )
    yield words.text(
        "{size}, with {free} free on its disk",
        size=amount_text(database.size, words),
        free=amount_text(database.free, words),
    )
    if database.backup_at is not None:
        yield words.text("Last backup: {soon}", soon=timestamp(database.backup_at, "R"))
    elif database.is_backed_up:
        yield words.text("No backup yet; one is made every day")
    else:
        yield words.text("No backups: this copy of me makes none by itself")


def _program(report: HealthReport, version: str, words: Words) -> Iterator[str]:
    yield words.text("Version {version}", version=version)
    if abs(report.ahead) <= _IN_STEP:
        yield words.text("My clock agrees with Discord's")
    elif report.ahead > timedelta():
        ahead = duration_text(report.ahead, words)
        yield words.text("My clock is {duration} ahead of Discord's", duration=ahead)
    else:
        behind = duration_text(report.ahead, words)
        yield words.text("My clock is {duration} behind Discord's", duration=behind)
