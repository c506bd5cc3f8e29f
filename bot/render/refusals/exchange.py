"""Why a file cannot be imported as a whole, or not be made."""

from __future__ import annotations

from bot.domain.errors import ClubError
from bot.domain.exports import NothingRead
from bot.domain.imports.drafts import ImportGone, NothingToImport
from bot.domain.imports.errors import (
    FileBroken,
    FileColumnsMissing,
    FileEmpty,
    FileKindUnknown,
    FileNotFetched,
    FileNotText,
    FileTooCostly,
    FileTooDeep,
    FileTooLarge,
    TooManyColumns,
    TooManyEntries,
)
from bot.render.words import Words

_KIB = 1024


def refusal(error: ClubError, words: Words) -> str | None:
    """The sentence, or None for an error of another capability."""
    match error:
        case NothingRead():
            return words.text(
                "You have taken up nothing here yet, so there are no readings to export. "
                "`/suggest` finds a paper, `/progress log` says how far you are."
            )
        case ImportGone():
            return words.text(
                "That file waits no more: it was imported, thrown away or replaced by another, or "
                "it waited for more than an hour. `/catalogue import` reads it anew."
            )
        case NothingToImport():
            return words.text(
                "Importing that file would change nothing, so there is nothing to confirm."
            )
        case FileKindUnknown():
            return words.text(
                "I read BibTeX (`.bib`), CSL-JSON (`.json`) and tables (`.csv`). Save the list as "
                "one of these and attach it again."
            )
        case FileTooLarge(size=size, limit=limit):
            return words.text(
                "That file has {size} KiB and I read at most {limit} KiB. Split it in two.",
                size=-(-size // _KIB),
                limit=limit // _KIB,
            )
        case TooManyEntries(limit=limit):
            return words.text(
                "That file has more than {limit} entries, which is all I read at once. Split it "
                "in two.",
                limit=limit,
            )
        case TooManyColumns(count=count, limit=limit):
            return words.text(
                "That table has {count} columns and I read at most {limit}. Remove those you do "
                "not need.",
                count=count,
                limit=limit,
            )
        case _:
            return _unreadable(error, words)


def _unreadable(error: ClubError, words: Words) -> str | None:
    match error:
        case FileNotText(line=line):
            return words.text(
                "That file is not text in UTF-8 (see line {line}). Save it as UTF-8, or as UTF-16 "
                "with a byte order mark.",
                line=line,
            )
        case FileBroken(line=line):
            return words.text(
                "That file breaks off in the middle of something that begins or stands on line "
                "{line}. Mend it there and attach it again.",
                line=line,
            )
        case FileNotFetched():
            return words.text("Discord did not hand me that file. Attach it once more.")
        case FileEmpty():
            return words.text("There is no entry in that file. Is it the right one?")
        case FileColumnsMissing():
            return words.text(
                "The first row of that table names no column `title`. Add the row of names: "
                "`title, authors, year, doi, …`."
            )
        case FileTooDeep():
            return words.text(
                "Things are nested too deeply in that file. Export the list anew and try again."
            )
        case FileTooCostly():
            return words.text(
                "That file takes too long to read. Export the list anew, without abbreviations, "
                "and try again."
            )
        case _:
            return None
