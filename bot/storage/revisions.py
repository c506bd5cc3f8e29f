"""The revisions this version of the program knows, read off the names of their files.

Alembic knows the same, but importing it costs a start more than the rest of the storage
together; it is imported only when there is something to migrate.
"""

from __future__ import annotations

import re
from pathlib import Path

VERSIONS = Path(__file__).with_name("migrations") / "versions"

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.py")


def known_revisions(versions: Path = VERSIONS) -> tuple[str, ...]:
    """The revisions of a versions folder, oldest first: "0001", "0002" and so on."""
    matches = (_NAME.fullmatch(file.name) for file in versions.iterdir())
    return tuple(sorted(match[1] for match in matches if match))
