"""Works as a file, in any of the formats that are written."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.exports import Chapter, ExportFormat


def works_file(format_: ExportFormat, title: str, chapters: Sequence[Chapter]) -> bytes:
    """The content of the file in UTF-8. ``title`` heads the one that is made to be read.

    Thousands of works take seconds: call it in a thread.
    """
    entries = [entry for chapter in chapters for entry in chapter.entries]
    # Each is loaded only when it is needed, which for BibTeX takes a quarter of a second.
    match format_:
        case ExportFormat.BIBTEX:
            from bot.exchange.bibtex_file import write_bibtex  # noqa: PLC0415

            return write_bibtex(entries)
        case ExportFormat.CSL_JSON:
            from bot.exchange.csl_json import write_csl_json  # noqa: PLC0415

            return write_csl_json(entries)
        case ExportFormat.CSV:
            from bot.exchange.csv import write_csv  # noqa: PLC0415

            return write_csv(entries)
        case ExportFormat.MARKDOWN:
            from bot.exchange.markdown import Section, write_markdown  # noqa: PLC0415

            return write_markdown(title, (Section(c.theory.name, c.entries) for c in chapters))
