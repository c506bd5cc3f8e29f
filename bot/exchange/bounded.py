"""Reads a file that a member sent, within bounds of size, memory and time."""

from __future__ import annotations

import codecs
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from bot.domain.entries import Entry, Name
from bot.domain.imports import errors
from bot.domain.imports.completion import completed
from bot.domain.imports.contents import Contents, Fault, Format, Located, Refused
from bot.domain.imports.errors import FileKindUnknown, FileRefused, FileTooCostly, FileTooLarge
from bot.exchange.drafts import Draft, checked
from bot.exchange.keys import with_keys
from bot.exchange.limits import MOST_BYTES, MOST_SECONDS
from bot.exchange.values import EntryWrong

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_BEGINNING, _BLANK = 200, codecs.BOM_UTF8 + b" \t\r\n"
# Not ``-m``: an isolated interpreter knows neither the folder it starts in nor PYTHONPATH.
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from bot.exchange.child import main; main()"
)


class ReaderFailed(RuntimeError):
    """The reading process ended in a way that no file should bring about: a mistake of ours."""


def check_file(name: str, size: int) -> Format:
    """The format of a file by its name, before anything of it is fetched; ``size`` in bytes.

    Raises FileKindUnknown or FileTooLarge.
    """
    ending = PurePosixPath(name.lower()).suffix.removeprefix(".")
    if ending not in set(Format):
        raise FileKindUnknown
    if size > MOST_BYTES:
        raise FileTooLarge(size, MOST_BYTES)
    return Format(ending)


def read_file(content: bytes, name: str, seconds: float = MOST_SECONDS) -> Contents:
    """What stands in the file. Takes up to ``seconds``, so call it in a thread.

    Raises one of ``bot.domain.imports.errors`` for a file of which nothing can be used.
    """
    format_ = content_format(content, check_file(name, len(content)))
    try:
        return contents_of(format_, read_lines(content, format_, seconds))
    except FileRefused as error:
        log.info(
            "a %s file of %d bytes was refused: %s", format_, len(content), type(error).__name__
        )
        raise


def content_format(content: bytes, named: Format) -> Format:
    """The format that the file is in, where its beginning shows another than its name."""
    begin = content[:_BEGINNING].lstrip(_BLANK)
    if re.match(rb"@[A-Za-z]+\s*[{(]", begin):
        return Format.BIBTEX
    if begin[:1] in (b"[", b"{"):
        return Format.CSL_JSON
    return named


def contents_of(format_: Format, lines: Iterable[str]) -> Contents:
    """The contents that lines of the reading process tell of, each entry checked.

    Raises the error that they tell of.
    """
    located: list[tuple[Entry, int]] = []
    refused: list[Refused] = []
    unused: tuple[str, ...] = ()
    keys: set[str] = set()
    for line in lines:
        piece = json.loads(line)
        if "error" in piece:
            raise _error(piece)
        if "unused" in piece:
            unused = tuple(piece["unused"])
        elif "fault" in piece:
            refused.append(
                Refused(piece["key"], piece["line"], Fault(piece["fault"]), piece["field"])
            )
        else:
            found = _entry(piece, keys)
            if isinstance(found, Refused):
                refused.append(found)
            else:
                keys.add(found.key)
                located.append((found, piece["line"]))
    keyed = with_keys(entry for entry, _ in located)
    entries = (Located(e, line) for e, (_, line) in zip(keyed, located, strict=True))
    return Contents(
        format_, tuple(entries), tuple(sorted(refused, key=lambda each: each.line)), unused
    )


def _entry(piece: dict[str, Any], keys: set[str]) -> Entry | Refused:
    names = tuple(Name(*parts) for parts in piece["authors"])
    draft = Draft(piece["key"], piece["line"], piece["texts"], names)
    try:
        entry = completed(checked(draft))
    except EntryWrong as error:
        return Refused(draft.key[:200], draft.line, error.fault, error.field)
    if entry.key and entry.key in keys:
        return Refused(entry.key, draft.line, Fault.KEY_TWICE)
    return entry


def _error(piece: dict[str, Any]) -> Exception:
    kind = getattr(errors, piece["error"])
    error: Exception = kind(*piece["fields"])
    return error


def read_lines(content: bytes, format_: Format, seconds: float = MOST_SECONDS) -> list[str]:
    """What the reading process says of the file, for ``contents_of``: a text that can be kept.

    Takes up to ``seconds``, so call it in a thread. Raises FileTooCostly.
    """
    command = [sys.executable, "-I", "-X", "utf8", "-c", _START, str(_ROOT), format_.value]
    # Nothing of the environment: what is secret there is none of the reader's business.
    environment: dict[str, str] | None = None if sys.platform == "win32" else {}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and words of our own
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileTooCostly from None
    if done.returncode < 0:  # ended by a limit
        raise FileTooCostly
    if done.returncode:
        raise ReaderFailed(f"the reader of {format_} files ended with {done.returncode}")
    # Unicode knows more ends of lines than JSON, which leaves them as they are.
    return done.stdout.decode("utf-8").removesuffix("\n").split("\n")
