"""``python -m bot export``: the catalogue as a file, without Discord and without a database."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.catalogue import read_catalogue
from bot.domain.errors import CatalogueError
from bot.domain.exports import ExportFormat, Selection, chapters
from bot.exchange.works_file import works_file
from bot.messages import read_words
from bot.render.exporting import export_title
from bot.settings import Settings
from bot.startup import ExitCode, StartRefused

FORMATS = {
    "bibtex": ExportFormat.BIBTEX,
    "csl-json": ExportFormat.CSL_JSON,
    "csv": ExportFormat.CSV,
    "markdown": ExportFormat.MARKDOWN,
}
"""The formats by what they are called on the command line."""


def export_file(settings: Settings, called: str | None, output: Path | None) -> int:
    """Write the catalogue into ``output``, or print it where that is None.

    Without a format the ending of the file's name says which; BibTeX where that says nothing.
    """
    content = _content(settings, _format(called, output))
    try:
        if output is not None:
            output.write_bytes(content)
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        where = output or "standard output"
        raise StartRefused(
            ExitCode.CANNOT_WRITE, f"cannot write {where}: {error.strerror or 'not writable'}"
        ) from None
    return ExitCode.OK


def _format(called: str | None, output: Path | None) -> ExportFormat:
    if called is not None:
        return FORMATS[called]
    ending = output.suffix.removeprefix(".").lower() if output is not None else ""
    return ExportFormat(ending) if ending in set(ExportFormat) else ExportFormat.BIBTEX


def _content(settings: Settings, format_: ExportFormat) -> bytes:
    try:
        catalogue = read_catalogue(settings.data_dir)
        words = read_words(settings.data_dir, settings.bot_language)
    except CatalogueError as error:
        raise StartRefused(ExitCode.DATA, str(error)) from None
    selection = Selection()
    title = export_title(selection, catalogue, {}, words)
    return works_file(format_, title, chapters(catalogue, selection, {}))
