"""Full-text search over notes. All that is particular to the search engine stands here.

SQLite's FTS5 keeps an index over the table of notes in step by triggers (see
``bot.storage.tables.notes``). What a member may find is part of what is looked for, so the notes
of other servers and of other members are never even read; the rows themselves are held against
the same rule once more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import note

_HIT, _END = "\x02", "\x03"
# How many words stand around a hit.
_WORDS_AROUND = 24

_index = sa.table("note_text", sa.column("rowid", sa.Integer), sa.column("scope"))
_INDEX: sa.ColumnElement[str] = sa.literal_column("note_text")

Parts = tuple[tuple[str, bool], ...]


async def search(
    conn: AsyncConnection,
    guild_id: int,
    user_id: int,
    words: Sequence[str],
    *,
    papers: Collection[str] | None = None,
    closed: Collection[str] = (),
    offset: int = 0,
    limit: int,
) -> tuple[tuple[int, Parts], ...]:
    """The ids of the notes with all ``words``, newest first, each with its text around the hit.

    Only the member's own notes and those shared and not hidden; of these only notes on
    ``papers`` (None for any) and none on ``closed``. The last word may be the beginning of one.
    The parts of a text say whether they were hit.
    """
    wanted = _expression(guild_id, user_id, words, papers, closed)
    snippet = sa.func.snippet(_INDEX, 2, _HIT, _END, "…", _WORDS_AROUND)
    rows = await conn.execute(
        sa.select(note.c.id, snippet)
        .select_from(_index.join(note, note.c.id == _index.c.rowid))
        .where(
            _INDEX.op("MATCH")(wanted),
            note.c.guild_id == guild_id,
            sa.or_(
                note.c.user_id == user_id,
                sa.and_(
                    note.c.shared.is_(sa.true()),
                    note.c.hidden_at.is_(None),
                    note.c.paper_id.not_in(list(closed)),
                ),
            ),
        )
        .order_by(_index.c.rowid.desc())
        .offset(offset)
        .limit(limit)
    )
    return tuple((note_id, _parts(text)) for note_id, text in rows)


async def purge(conn: AsyncConnection) -> None:
    """Leaves nothing in the index of notes that are gone or were changed.

    SQLite marks words as gone and drops them when it next merges the index; here it does so
    at once. Takes about as long as reading the whole index.
    """
    await conn.execute(sa.text("INSERT INTO note_text (note_text) VALUES ('optimize')"))


def _expression(
    guild_id: int,
    user_id: int,
    words: Sequence[str],
    papers: Collection[str] | None,
    closed: Collection[str],
) -> str:
    # One letter begins too many words to say anything; a sign of another script may be a word.
    cut_short = "" if len(words[-1]) == 1 and words[-1].isascii() else "*"
    text = " AND ".join(_quoted(word) for word in words) + cut_short
    others = f"scope : s{guild_id}"
    if closed:
        others = f"({others}) NOT (paper : ({_any_of(closed)}))"
    parts = [f"text : ({text})", f"(scope : u{guild_id}x{user_id}) OR ({others})"]
    if papers is not None:
        parts.append(f"paper : ({_any_of(papers)})")
    return " AND ".join(f"({part})" for part in parts)


def _quoted(word: str) -> str:
    """A word as FTS5 takes it literally, whatever signs it holds."""
    return '"' + word.replace("\0", " ").replace('"', '""') + '"'


def _any_of(papers: Collection[str]) -> str:
    # The id in hexadecimal is one word to the index, whatever signs it holds.
    return " OR ".join(f'"p{paper.encode().hex()}"' for paper in papers) or '"none"'


def _parts(snippet: str) -> Parts:
    parts: list[tuple[str, bool]] = []
    for number, piece in enumerate(snippet.split(_HIT)):
        hit, end, rest = piece.partition(_END)
        parts.append((hit, bool(number and end)))
        parts.append((rest, False))
    return tuple((text, is_hit) for text, is_hit in parts if text)
