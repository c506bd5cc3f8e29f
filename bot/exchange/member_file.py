"""What is kept about a member as files for them: JSON for programs, Markdown to read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.privacy import MemberFile, Value

# Discord takes attachments of 10 MiB; what is larger goes compressed.
_LARGEST = 9 * 1024 * 1024

# Columns that hold a document in JSON: a proposed entry.
_DOCUMENTS = ("document",)


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file by its name."""

    name: str
    content: bytes


def member_files(
    file: MemberFile, titles: Mapping[str, str], heading: str
) -> tuple[NamedFile, ...]:
    """Both files; in one archive where they are too large to be sent as they are.

    ``titles`` has a title for each section, ``heading`` stands at the top of the one to read.
    """
    files = (
        NamedFile("theory-club.json", as_json(file)),
        NamedFile("theory-club.md", as_markdown(file, titles, heading)),
    )
    if sum(len(made.content) for made in files) <= _LARGEST:
        return files
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for made in files:
            archive.writestr(made.name, made.content)
    return (NamedFile("theory-club.zip", packed.getvalue()),)


def as_json(file: MemberFile) -> bytes:
    """UTF-8; ids are texts, because many programs round large numbers."""
    content = {
        "server": str(file.guild_id),
        "member": str(file.user_id),
        "made_at": file.made_at.isoformat(),
        **{
            section.name: [{key: _json(key, v) for key, v in row.items()} for row in section.rows]
            for section in file.sections
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _json(key: str, value: Value) -> Value:
    is_id = isinstance(value, int) and not isinstance(value, bool) and key.endswith("_id")
    return str(value) if is_id else value


def as_markdown(file: MemberFile, titles: Mapping[str, str], heading: str) -> bytes:
    """A list of what is kept, section by section, in UTF-8."""
    lines = [f"# {heading}", "", file.made_at.isoformat(), ""]
    for section in file.sections:
        lines += [f"## {titles.get(section.name, section.name)} ({len(section.rows)})", ""]
        for row in section.rows:
            lines += [f"- {_row(row)}"]
        lines.append("")
    return "\n".join(lines).encode("utf-8", "replace")


def _row(row: Mapping[str, Value]) -> str:
    given = ((key, value) for key, value in row.items() if value is not None)
    return "; ".join(f"{key.replace('_', ' ')}: {_plain(key, value)}" for key, value in given)


def _plain(key: str, value: Value) -> str:
    if key in _DOCUMENTS and isinstance(value, str):
        return _spread(json.loads(value))
    return " ".join(str(value).split())


def _spread(part: Any) -> str:
    """What a document has in it, without what is empty."""
    if isinstance(part, dict):
        held = {name: inner for name, inner in part.items() if inner not in (None, "", [], {})}
        return "; ".join(f"{name.replace('_', ' ')}: {_spread(held[name])}" for name in held)
    if isinstance(part, list):
        return ", ".join(
            f"({_spread(one)})" if isinstance(one, dict) else _spread(one) for one in part
        )
    return " ".join(str(part).split())
