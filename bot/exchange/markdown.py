"""Writes lists of works in Markdown (CommonMark), to be read and not read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.entries import Entry

# Every sign of punctuation that means something to CommonMark or its common extensions.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~^$&:@=\"'])")
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&*+,;=%]")
_MOST_AUTHORS = 8


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the works under it."""

    title: str
    entries: tuple[Entry, ...]


def write_markdown(title: str, sections: Iterable[Section]) -> bytes:
    """The list in UTF-8: a heading, then each section with a line a work."""
    lines = [f"# {escaped(title)}", ""]
    for section in sections:
        lines += [f"## {escaped(section.title)} ({len(section.entries)})", ""]
        lines += [f"- {_work(entry)}" for entry in section.entries]
        lines.append("")
    return "\n".join(lines).encode("utf-8", "replace")


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would act on."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _work(entry: Entry) -> str:
    return ". ".join(part for part in _parts(entry) if part)


def _parts(entry: Entry) -> Iterator[str]:
    yield _authors(entry)
    title = escaped(entry.title)
    yield f"[{title}]({_address(entry.url)})" if entry.url else f"*{title}*"
    where = [part for part in (entry.venue, entry.pages) if part]
    years = [str(entry.year)] if entry.year else []
    yield escaped(", ".join([*where, *years]))
    if entry.doi:
        yield f"doi:{escaped(entry.doi)}"
    if entry.arxiv:
        version = f"v{entry.arxiv_version}" if entry.arxiv_version else ""
        yield f"arXiv:{escaped(entry.arxiv + version)}"
    if entry.hours:
        yield f"{entry.hours:g} h"
    if entry.depth:
        yield f"**{escaped(entry.depth.value)}**"
    if entry.note:
        yield escaped(entry.note)


def _authors(entry: Entry) -> str:
    shown = [name.shown for name in entry.authors]
    if len(shown) > _MOST_AUTHORS:
        shown = [*shown[: _MOST_AUTHORS - 1], "et al."]
    return escaped(", ".join(shown))


def _address(url: str) -> str:
    """The address with every sign quoted that could end it."""
    return _UNSAFE.sub(lambda sign: "".join(f"%{b:02X}" for b in sign[0].encode("utf-8")), url)
