"""The files a member gets: complete, readable by programs, and small enough to be sent."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

from bot.domain.privacy import MemberFile, Section, Value
from bot.exchange.member_file import as_json, as_markdown, member_files

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BIG_ID = 2**62 + 1


def file(*rows: dict[str, Value]) -> MemberFile:
    return MemberFile(BIG_ID, BIG_ID + 1, NOW, (Section("notes", rows),))


def test_json_keeps_every_value_and_the_whole_of_large_ids() -> None:
    row: dict[str, Value] = {
        "text": 'a "quote"\nÜ\u202e',
        "shared": True,
        "source_message_id": BIG_ID,
        "id": 3,
        "hidden_at": None,
    }
    content = json.loads(as_json(file(row)))
    assert content["server"] == str(BIG_ID)
    assert content["notes"] == [row | {"source_message_id": str(BIG_ID)}]


def test_the_one_to_read_has_a_line_for_each_thing_under_its_title() -> None:
    made = as_markdown(
        file({"text": "one\n# not a title", "hidden_at": None}, {"text": "two"}),
        {"notes": "My notes"},
        "Mine",
    )
    assert made.decode().splitlines() == [
        "# Mine", "", NOW.isoformat(), "", "## My notes (2)", "", "- text: one # not a title", "- text: two",
    ]  # fmt: skip


def test_a_document_is_read_without_its_brackets() -> None:
    document = {
        "name": "Early\ninsight",
        "topics": ["one", "two"],
        "outline": [{"title": "Proof", "minutes": 20}],
        "aliases": [],
        "needs": {"hours": None, "level": "advanced"},
    }
    made = as_markdown(file({"id": 3, "document": json.dumps(document)}), {}, "Mine")
    assert made.decode().splitlines()[-1] == (
        "- id: 3; document: name: Early insight; topics: one, two; "
        "outline: (title: Proof; minutes: 20); needs: level: advanced"
    )


def test_files_too_large_for_discord_are_packed() -> None:
    row: dict[str, Value] = {"text": "ä" * 4000}
    large = file(*[row] * 700)
    (packed,) = member_files(large, {}, "Mine")
    assert packed.name == "theory-club.zip"
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert archive.read("theory-club.json") == as_json(large)
    assert [made.name for made in member_files(file(), {}, "Mine")] == [
        "theory-club.json",
        "theory-club.md",
    ]


def test_a_lone_surrogate_does_not_break_the_files() -> None:
    assert member_files(file({"text": "\ud800"}), {}, "Mine")
