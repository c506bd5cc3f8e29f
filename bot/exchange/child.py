"""Reads a file that a member sent, in a process of its own: ``python -m bot.exchange.child bib``.

The file comes on standard input. What is found goes to standard output, a line of JSON for each
piece of it, so that the bot's own process never runs a parser over what strangers wrote.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from bot.domain.imports.contents import Format, Refused
from bot.domain.imports.errors import (
    FileEmpty,
    FileRefused,
    FileTooCostly,
    FileTooDeep,
)
from bot.exchange.decoding import decoded
from bot.exchange.drafts import Draft
from bot.exchange.limits import (
    MOST_MEMORY,
    MOST_PROCESSOR_SECONDS,
    MOST_TEXT,
)


def answer(format_: Format, content: bytes) -> Iterator[str]:
    """Lines of JSON: each entry or refusal, then the unused fields; or one line with an error."""
    try:
        found, unused = _read(format_, decoded(content))
        if not found:
            raise FileEmpty
        if sum(map(_length, found)) > MOST_TEXT:
            raise FileTooCostly
    except FileRefused as error:
        yield _line({"error": type(error).__name__, "fields": error.args})
    except RecursionError:
        yield _line({"error": FileTooDeep.__name__, "fields": []})
    except MemoryError:
        yield _line({"error": FileTooCostly.__name__, "fields": []})
    else:
        yield from (_line(_piece(each)) for each in found)
        names = sorted(name[:60] for name in unused)
        yield _line({"unused": names[:20]})


def main() -> None:
    """Answer for the file on standard input; the format is the one argument."""
    _limit()
    format_ = Format(sys.argv[1])
    for line in answer(format_, sys.stdin.buffer.read()):
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def _read(format_: Format, text: str) -> tuple[list[Draft | Refused], set[str]]:
    # Each is loaded only when it is needed, which for BibTeX takes a quarter of a second.
    match format_:
        case Format.BIBTEX:
            from bot.exchange.bibtex import read_bibtex  # noqa: PLC0415

            return read_bibtex(text)
        case Format.CSL_JSON:
            from bot.exchange.csl_json import read_csl_json  # noqa: PLC0415

            return read_csl_json(text)
        case Format.CSV:
            from bot.exchange.csv import read_csv  # noqa: PLC0415

            return read_csv(text)


def _piece(found: Draft | Refused) -> dict[str, Any]:
    if isinstance(found, Refused):
        key = found.key[:200]
        return {"key": key, "line": found.line, "fault": found.fault, "field": found.field[:60]}
    names = [[name.family, name.given, name.suffix, name.literal] for name in found.authors]
    return {"key": found.key, "line": found.line, "texts": dict(found.texts), "authors": names}


def _length(found: Draft | Refused) -> int:
    if isinstance(found, Refused):
        return 0
    names = sum(len(name.shown) for name in found.authors)
    return len(found.key) + names + sum(map(len, found.texts.values()))


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _limit() -> None:
    """Hold memory, processor time and written files down, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows, where only the clock holds it
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: MOST_PROCESSOR_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError):
            continue  # macOS knows the limit of memory and refuses it


if __name__ == "__main__":
    main()
